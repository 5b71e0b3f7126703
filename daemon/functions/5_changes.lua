
-- A record is named by its number or its reference.
local function target_check(c)
    local args, at = c.args, c.at
    if args[at + 6] ~= '' then
        record_number(args[at + 6], 'number')
        check(args[at + 7] == '' or is_reference(args[at + 7], c.letter), 'reference')
    else
        check(is_reference(args[at + 7], c.letter), 'reference')
    end
end

local function unknown_record(c)
    return rejected('unknown_record', c.args[c.at + 6] ~= '' and c.letter .. c.args[c.at + 6])
end

OPERATIONS.state = { name = 'state', letters = RECORDS, least = 10, most = 25 }

function OPERATIONS.state.check(c)
    local args, at, states = c.args, c.at, c.states
    target_check(c)
    check(states[args[at + 8]], 'new state')
    local count = number(args[at + 9], 'states', 1, 16)
    check(c.count == 9 + count, 'states')
    for i = 10, c.count do
        check(states[args[at + i]], 'state')
    end
end

-- The record in its expected revision, or nil and the answer why not.
local function target_find(c)
    local r = record_find(c, c.letter)
    local refusal = not r and unknown_record(c) or revision_conflict(c, r)
    return not refusal and r or nil, refusal
end

function OPERATIONS.state.run(c)
    local args, at, r, refusal = c.args, c.at, target_find(c)
    if refusal then
        return refusal
    end
    local new, again = args[at + 8], false
    if new == 'open' and c.letter == 'O' and hget(c.v.draft, r.n) and draft_look(c, r.n) then
        new, again = 'draft', not hget(c.v.recognised, r.n) -- it was never confirmed
    end
    if r.state == new then
        return ok(r.name, r.revision, 'unchanged')
    end
    local allowed = false
    for i = 10, c.count do
        allowed = allowed or args[at + i] == r.state
    end
    if not allowed then
        return rejected('wrong_state', r.name, r.state)
    end
    r.revision = change(c, r.name)
    r.state = new
    if again then
        draft_unread(c, r.n)
    end
    record_write(c, c.letter, r)
    quarantine_lift(c, r.name)
    return ok(r.name, r.revision, 'updated')
end

-- Removes what every kind has. From here on only a rewrite of the append-only file is missing.
local function record_remove(c, letter, r)
    local v = c.v
    hset(v.record[letter], r.n, false)
    hset(v.sealed[letter], r.n, false)
    hset(v.statistics[letter], r.n, false)
    setbit(v.ids[letter], r.n, '0')
    if letter == 'O' then
        draft_forget(c, r.n)
    end
    hset(v.find, r.reference, false)
    references_count(c, r.references, -1)
    if PARTS[letter] then
        membership_write(c, letter, r.n, r.references, false)
    end
end

-- Adds what is erased with a record to the list, the parts of parts first; returns how many records
-- that stay name it. Reads all that removing them will need.
local function parts_collect(c, name, list)
    local letter, numbers = parts_of(c, name)
    for i = 1, #numbers do
        local part = record_read(c, letter, numbers[i])
        parts_collect(c, part.name, list)
        list[#list + 1] = part
        for reference in gmatch(part.references, '[^,]+') do
            hget(c.v.uses, reference)
        end
    end
    return (tonumber(hget(c.v.uses, name) or '') or 0) - #numbers
end

OPERATIONS.erase = { name = 'erase', check = target_check, letters = ERASABLE, least = 7 }

function OPERATIONS.erase.run(c)
    local v, letter, parts = c.v, c.letter, {}
    local r, refusal = target_find(c)
    if refusal then
        return refusal
    end
    local uses = parts_collect(c, r.name, parts)
    if letter == 'O' then
        draft_look(c, r.n)
    end
    if uses > 0 then
        return rejected('wrong_state', r.name, uses .. ' records name it')
    elseif #parts > PARTS_MAX then
        return rejected('wrong_state', r.name, #parts .. ' parts')
    end
    for i = 1, #parts do
        change(c, parts[i].name)
        record_remove(c, sub(parts[i].name, 1, 1), parts[i])
    end
    local words = letter == 'L' and hget(v.words_of, r.n) or ''
    local seq = change(c, r.name)
    record_remove(c, letter, r)
    words_write(c, r.n, words, '')
    quarantine_lift(c, r.name)
    if r.person ~= NOBODY then
        person_remove(c, r.person, r.n)
    end
    if not hget(v.meta, 'rewrite') then
        hset(v.meta, 'rewrite', c.now)
    end
    hset(v.meta, 'erased', c.now)
    return ok(r.name, seq, 'updated')
end

OPERATIONS.confirm = { name = 'confirm', check = target_check, letters = OFFERS, least = 7 }

-- A draft becomes an offer, as its text was understood. One that is no draft any more is one already.
function OPERATIONS.confirm.run(c)
    local v, r, refusal = c.v, target_find(c)
    if refusal then
        return refusal
    elseif not draft_look(c, r.n) then
        return ok(r.name, r.revision, 'unchanged')
    elseif r.state ~= 'draft' then
        return rejected('wrong_state', r.name, r.state)
    elseif not hget(v.recognised, r.n) then
        return rejected('wrong_state', r.name, 'unread')
    end
    local proposed = hget(v.proposed, r.n)
    r.revision = change(c, r.name)
    draft_end(c, r)
    r.blob = proposed or r.blob
    record_write(c, 'O', r)
    quarantine_lift(c, r.name)
    return ok(r.name, r.revision, 'updated')
end

local function attachment_words_check(words)
    check(#words >= 1 and #words <= WORD_BYTES_MAX and not find(words, '\n', 1, true), 'words')
end

-- The attachment of words: record and skill, or nil.
local function attachment_find(c, words)
    local stored = hget(c.v.attachment, words)
    if not stored then
        return nil
    end
    local _, _, n, skill = find(stored, '^A(%d+) (.+)$')
    return record_read(c, 'A', n), skill
end

OPERATIONS.attach = { name = 'attach', letters = ATTACHMENTS, least = 10 }

function OPERATIONS.attach.check(c)
    local args, at = c.args, c.at
    check(is_reference(args[at + 6], 'A'), 'reference')
    attachment_words_check(args[at + 8])
    check(#args[at + 9] <= 256 and find(args[at + 9], '^%S+$'), 'skill')
    check(#args[at + 7] <= 16 and find(args[at + 7], '^%-?%d+$'), 'observed_ms')
    blob_check(args[at + 10])
end

function OPERATIONS.attach.run(c)
    local v, args, at = c.v, c.args, c.at
    local r, skill = attachment_find(c, args[at + 8])
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if r and tonumber(args[at + 7]) < r.observed then
        return ok(r.name, r.revision, 'stale')
    end
    local result = r and 'updated' or 'created'
    if r and skill == args[at + 9] and r.blob == args[at + 10] then
        result = 'unchanged'
    elseif not r then
        check(not hget(v.find, args[at + 6]), 'reference of other words')
        local n = change(c)
        r = { n = n, name = 'A' .. n, state = 'active', revision = n, created = n,
              reference = args[at + 6], person = NOBODY, references = '' }
    else
        r.revision = change(c, r.name)
    end
    r.observed, r.blob = tonumber(args[at + 7]), args[at + 10]
    record_write(c, 'A', r)
    if result == 'created' then
        setbit(v.ids.A, r.n, '1')
        hset(v.find, args[at + 6], r.n)
    end
    hset(v.attachment, args[at + 8], r.name .. ' ' .. args[at + 9])
    return ok(r.name, r.revision, result)
end

OPERATIONS.detach = { name = 'detach', letters = ATTACHMENTS, least = 6 }

function OPERATIONS.detach.check(c)
    attachment_words_check(c.args[c.at + 6])
end

function OPERATIONS.detach.run(c)
    local r = attachment_find(c, c.args[c.at + 6])
    if not r then
        return rejected('unknown_record')
    end
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    local seq = change(c, r.name)
    hset(c.v.attachment, c.args[c.at + 6], false)
    record_remove(c, 'A', r)
    return ok(r.name, seq, 'updated')
end

-- The territory itself: entries of T, whose revision is the territory's seq.
local function territory_conflict(c)
    local seq = c.expected and (c.exists and seq_now(c) or 0)
    if c.expected ~= seq then
        return rejected('revision_conflict', '', seq .. '')
    end
end

local function day_run(c)
    local present = hget(c.v.meta, 'day')
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if present and c.args[c.at + 6] < present then
        return rejected('day_backwards', '', present)
    end
    if present == c.args[c.at + 6] then
        return ok('', seq_now(c), 'unchanged')
    end
    local seq = change(c)
    hset(c.v.meta, 'day', c.args[c.at + 6])
    return ok('', seq, 'updated')
end

OPERATIONS.day = {
    name = 'day',
    check = function(c)
        day(c.args[c.at + 6], 'day')
    end,
    run = day_run,
    letters = TERRITORIES,
    least = 6,
}

local function adopt_check(c)
    local args, at = c.args, c.at
    check(#args[at + 6] <= 64 and find(args[at + 6], '^[%w.:_-]+$'), 'model')
    check(#args[at + 7] == 16 and find(args[at + 7], '^%x+$'), 'referential')
    check(#args[at + 8] == 16 and find(args[at + 8], '^%x+$'), 'communes')
end

local function adopt_run(c)
    local meta, args, at = c.v.meta, c.args, c.at
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if hget(meta, 'model') == args[at + 6] and hget(meta, 'referential') == args[at + 7]
        and hget(meta, 'communes') == args[at + 8] then
        return ok('', seq_now(c), 'unchanged')
    end
    local seq = change(c)
    hset(meta, 'model', args[at + 6])
    hset(meta, 'referential', args[at + 7])
    hset(meta, 'communes', args[at + 8])
    return ok('', seq, 'updated')
end

OPERATIONS.adopt = { name = 'adopt', check = adopt_check, run = adopt_run,
    letters = TERRITORIES, least = 8 }

local function territory_run(c)
    local meta, args, at = c.v.meta, c.args, c.at
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if not c.exists then
        local seq = change(c)
        -- What every event reads comes first: a small hash is searched from its beginning.
        hset(meta, 'bucket', '0')
        hset(meta, 'bucket_since', c.now)
        hset(meta, 'label', args[at + 6])
        hset(meta, 'slots', args[at + 7] ~= '' and args[at + 7] or SLOTS_DEFAULT)
        return ok('', seq, 'created')
    end
    local slots = hget(meta, 'slots')
    if args[at + 7] ~= '' and tonumber(args[at + 7]) ~= tonumber(slots) then
        return rejected('territory_exists', '', slots .. ' slots')
    end
    if hget(meta, 'label') == args[at + 6] then
        return ok('', seq_now(c), 'unchanged')
    end
    local seq = change(c)
    hset(meta, 'label', args[at + 6])
    return ok('', seq, 'updated')
end

OPERATIONS.territory = {
    name = 'territory',
    check = function(c)
        local label, slots = c.args[c.at + 6], c.args[c.at + 7]
        check(#label >= 1 and #label <= 480, 'label')
        check(slots == '' or number(slots, 'slots', 1, SLOTS_MAX), 'slots')
    end,
    run = territory_run,
    letters = TERRITORIES,
    least = 7,
}

-- Gives a request that was accepted its answer again, whatever its event would be answered now.
OPERATIONS.recall = {
    name = 'recall',
    check = function() end,
    run = function()
        return rejected('unknown_request')
    end,
    letters = TERRITORIES,
    least = 5,
}

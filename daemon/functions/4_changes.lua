
-- A record is named by its number or its reference.
local function target_check(c)
    local args = c.args
    if args[6] ~= '' then
        record_number(args[6], 'number')
        check(args[7] == '' or is_hash(args[7]), 'reference')
    else
        hash(args[7], 'reference')
    end
end

local function unknown_record(c)
    return rejected('unknown_record', c.args[6] ~= '' and c.letter .. c.args[6])
end

local function state_check(c)
    local args, states = c.args, c.states
    target_check(c)
    check(states[args[8]], 'new state')
    local count = number(args[9], 'states', 1, 16)
    check(#args == 9 + count, 'states')
    for i = 10, #args do
        check(states[args[i]], 'state')
    end
end

-- The record in its expected revision, or nil and the answer why not.
local function target_find(c)
    local r = record_find(c, c.letter)
    local refusal = not r and unknown_record(c) or revision_conflict(c, r)
    return not refusal and r or nil, refusal
end

local function state_run(c)
    local args, r, refusal = c.args, target_find(c)
    if refusal then
        return refusal
    end
    if r.state == args[8] then
        return ok(r.name, r.revision, 'unchanged')
    end
    local allowed = false
    for i = 10, #args do
        allowed = allowed or args[i] == r.state
    end
    if not allowed then
        return rejected('wrong_state', r.name, r.state)
    end
    r.revision = change(c, r.name)
    r.state = args[8]
    record_write(c, c.letter, r)
    quarantine_lift(c, r.name)
    return ok(r.name, r.revision, 'updated')
end

OPERATIONS.state = { name = 'state', check = state_check, run = state_run,
    letters = RECORDS, least = 10, most = 25 }

-- Removes what every kind has. From here on only a rewrite of the append-only file is missing.
local function record_remove(c, letter, r)
    local k = c.k
    call('HDEL', k.record[letter], r.n)
    call('HDEL', k.sealed[letter], r.n)
    call('HDEL', k.statistics[letter], r.n)
    call('SETBIT', k.ids[letter], r.n, '0')
    call('HDEL', k.find, letter .. r.reference)
    references_count(c, r.references, '-1')
end

local function erase_run(c)
    local k, letter = c.k, c.letter
    local r, refusal = target_find(c)
    if refusal then
        return refusal
    end
    local uses = call('HGET', k.uses, r.name)
    if uses then
        return rejected('wrong_state', r.name, uses .. ' records name it')
    end
    local words = letter == 'L' and call('HGET', k.words_of, r.n) or ''
    local seq = change(c, r.name)
    record_remove(c, letter, r)
    words_write(c, r.n, words, '')
    quarantine_lift(c, r.name)
    if r.person ~= '-' then
        person_remove(c, r.person, r.n)
    end
    call('HSETNX', k.meta, 'rewrite', c.args[1])
    call('HSET', k.meta, 'erased', c.args[1])
    return ok(r.name, seq, 'updated')
end

OPERATIONS.erase = { name = 'erase', check = target_check, run = erase_run,
    letters = ERASABLE, least = 7 }

local function attachment_words_check(words)
    check(#words >= 1 and #words <= WORD_BYTES_MAX and not find(words, '\n', 1, true), 'words')
end

-- The attachment of words: record and skill, or nil.
local function attachment_find(c, words)
    local stored = call('HGET', c.k.attachment, words)
    if not stored then
        return nil
    end
    local _, _, n, skill = find(stored, '^A(%d+) (.+)$')
    return record_read(c, 'A', n), skill
end

local function attach_check(c)
    local args = c.args
    hash(args[6], 'reference')
    attachment_words_check(args[8])
    check(#args[9] <= 256 and find(args[9], '^%S+$'), 'skill')
    check(#args[7] <= 16 and find(args[7], '^%-?%d+$'), 'observed_ms')
    blob_check(args[10])
end

local function attach_run(c)
    local k, args = c.k, c.args
    local r, skill = attachment_find(c, args[8])
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if r and tonumber(args[7]) < tonumber(r.observed) then
        return ok(r.name, r.revision, 'stale')
    end
    local result = r and 'updated' or 'created'
    if r and skill == args[9] and r.blob == args[10] then
        result = 'unchanged'
    elseif not r then
        check(call('HEXISTS', k.find, 'A' .. args[6]) == 0, 'reference of other words')
        local n = change(c)
        r = { n = n, name = 'A' .. n, state = 'active', revision = n, created = n,
              reference = args[6], person = '-', references = '-' }
    else
        r.revision = change(c, r.name)
    end
    r.observed, r.blob = args[7], args[10]
    record_write(c, 'A', r)
    if result == 'created' then
        call('SETBIT', k.ids.A, r.n, '1')
        call('HSET', k.find, 'A' .. args[6], r.n)
    end
    call('HSET', k.attachment, args[8], r.name .. ' ' .. args[9])
    return ok(r.name, r.revision, result)
end

OPERATIONS.attach = { name = 'attach', check = attach_check, run = attach_run,
    letters = ATTACHMENTS, least = 10 }

local function detach_check(c)
    attachment_words_check(c.args[6])
end

local function detach_run(c)
    local r = attachment_find(c, c.args[6])
    if not r then
        return rejected('unknown_record')
    end
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    local seq = change(c, r.name)
    call('HDEL', c.k.attachment, c.args[6])
    record_remove(c, 'A', r)
    return ok(r.name, seq, 'updated')
end

OPERATIONS.detach = { name = 'detach', check = detach_check, run = detach_run,
    letters = ATTACHMENTS, least = 6 }

-- The territory itself: entries of T, whose revision is the territory's seq.
local function territory_conflict(c)
    local seq = c.expected and (c.exists and log_seq(c.k) or 0)
    if c.expected ~= seq then
        return rejected('revision_conflict', '', seq .. '')
    end
end

local function day_run(c)
    local present = call('HGET', c.k.meta, 'day')
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if present and c.args[6] < present then
        return rejected('day_backwards', '', present)
    end
    if present == c.args[6] then
        return ok('', log_seq(c.k), 'unchanged')
    end
    local seq = change(c)
    call('HSET', c.k.meta, 'day', c.args[6])
    return ok('', seq, 'updated')
end

OPERATIONS.day = {
    name = 'day',
    check = function(c)
            day(c.args[6], 'day')
    end,
    run = day_run,
    letters = TERRITORIES,
    least = 6,
}

local function adopt_check(c)
    local args = c.args
    check(#args[6] <= 64 and find(args[6], '^[%w.:_-]+$'), 'model')
    check(#args[7] == 16 and find(args[7], '^%x+$'), 'referential')
    check(#args[8] == 16 and find(args[8], '^%x+$'), 'communes')
end

local function adopt_run(c)
    local args = c.args
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    local present = call('HMGET', c.k.meta, 'model', 'referential', 'communes')
    if present[1] == args[6] and present[2] == args[7] and present[3] == args[8] then
        return ok('', log_seq(c.k), 'unchanged')
    end
    local seq = change(c)
    call('HSET', c.k.meta, 'model', args[6], 'referential', args[7], 'communes', args[8])
    return ok('', seq, 'updated')
end

OPERATIONS.adopt = { name = 'adopt', check = adopt_check, run = adopt_run,
    letters = TERRITORIES, least = 8 }

local function territory_run(c)
    local args = c.args
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if not c.exists then
        local seq = change(c)
        -- What every event reads comes first: a small hash is searched from its beginning.
        call('HSET', c.k.meta, 'bucket', '0', 'bucket_since', args[1], 'label', args[6],
            'slots', args[7] ~= '' and args[7] or SLOTS_DEFAULT)
        return ok('', seq, 'created')
    end
    local present = call('HMGET', c.k.meta, 'slots', 'label')
    if args[7] ~= '' and tonumber(args[7]) ~= tonumber(present[1]) then
        return rejected('territory_exists', '', present[1] .. ' slots')
    end
    if present[2] == args[6] then
        return ok('', log_seq(c.k), 'unchanged')
    end
    local seq = change(c)
    call('HSET', c.k.meta, 'label', args[6])
    return ok('', seq, 'updated')
end

OPERATIONS.territory = {
    name = 'territory',
    check = function(c)
            check(#c.args[6] >= 1 and #c.args[6] <= 480, 'label')
        check(c.args[7] == '' or number(c.args[7], 'slots', 1, SLOTS_MAX), 'slots')
    end,
    run = territory_run,
    letters = TERRITORIES,
    least = 7,
}

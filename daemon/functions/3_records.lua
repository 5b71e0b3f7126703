
-- Records -----------------------------------------------------------------------------------------

-- One as versions up to 8 wrote it: the header was a line of text.
local function record_read_line(c, letter, n, stored)
    local _, last, revision, observed, state, created, reference, person, references =
        find(stored, '^(%d+) (%-?%d+) (%a+) (%d+) (%S+) (%S+) (%S+)\n')
    if not last then
        error({ err = 'CORRUPT ' .. c.v.record[letter].key .. ' ' .. n })
    end
    return {
        n = n, name = letter .. n, revision = revision, observed = tonumber(observed),
        state = state, reference = letter .. reference, person = person ~= '-' and person or NOBODY,
        references = references ~= '-' and references or '', blob = sub(stored, last + 1),
    }
end

-- Takes a record apart; nil when there is none.
local function record_read(c, letter, n)
    local stored = hget(c.v.record[letter], n)
    if not stored then
        return nil
    elseif #stored <= HEADER_SIZE or not STATE_NAMES[letter][byte(stored)] then
        return record_read_line(c, letter, n, stored)
    end
    local state, size, revision, reference, person, observed = unpack_struct(HEADER, stored)
    if #stored <= HEADER_SIZE + size then
        error({ err = 'CORRUPT ' .. c.v.record[letter].key .. ' ' .. n })
    end
    return {
        n = n, name = letter .. n, revision = revision > 0 and revision .. '' or n,
        observed = observed, state = STATE_NAMES[letter][state], reference = reference, person = person,
        references = sub(stored, HEADER_SIZE + 1, HEADER_SIZE + size),
        blob = sub(stored, HEADER_SIZE + size + 1),
    }
end

local function record_write(c, letter, r)
    hset(c.v.record[letter], r.n,
        pack(HEADER, STATES[letter][r.state], #r.references, r.revision == r.n and 0 or r.revision,
            r.reference, r.person, r.observed) .. r.references .. r.blob)
end

-- Finds the record of `state` and `erase`, by number or else by reference; nil when there is none.
local function record_find(c, letter)
    local n = c.args[c.at + 6]
    if n == '' then
        n = hget(c.v.find, c.args[c.at + 7])
    end
    return n and record_read(c, letter, n)
end

-- An answer when the caller expected another revision than the present one (nil: no record).
local function revision_conflict(c, r)
    local expected = c.expected
    if not expected or expected == (r and tonumber(r.revision) or 0) then
        return nil
    end
    return rejected('revision_conflict', r and r.name, r and r.revision or '0')
end

-- The number of the last change of a territory that exists. The log holds the changes of a call in
-- one entry, one a line, under the number of the last.
local function log_seq(k)
    local about = call('XINFO', 'STREAM', k.log)
    for i = 1, #about, 2 do
        if about[i] == 'last-generated-id' then
            return tonumber(sub(about[i + 1], 3))
        end
    end
end

-- The number of the last change, those of this call included.
local function seq_now(c)
    c.seq = c.seq or c.exists and log_seq(c.k) or 0
    return c.seq
end

-- What every change does first: it takes its number and its line in the log. The record is nil when
-- the change creates it: it takes this number.
local function change(c, record)
    local what = c.what
    c.seq = seq_now(c) + 1
    c.lines[#c.lines + 1] = not record and what.entry
        or what.operation.name .. ' ' .. record .. ' ' .. what.date
    return c.seq .. ''
end

-- A quarantine ends with the revision it was for.
local function quarantine_lift(c, name)
    if quarantine_there == nil then
        quarantine_there = call('EXISTS', c.k.quarantine) == 1
    end
    if quarantine_there then
        for slot = 0, hget(c.v.meta, 'slots') - 1 do
            hset(c.v.quarantine, slot .. ':' .. name, false)
        end
    end
end

-- Sealed and statistics parts: a fingerprint of the plain text and the box; empty: there is none.
local function part_write(view, n, part)
    hset(view, n, part ~= '' and part)
end

-- Sealing the same text twice gives other boxes; the fingerprint tells whether it is the same.
local function part_same(view, n, part)
    return sub(hget(view, n) or '', 1, 16) == sub(part, 1, 16)
end

-- References --------------------------------------------------------------------------------------

-- All of these are comma-separated names.

local function references_check(references)
    local count = 0
    for name in gmatch(references .. ',', '([^,]*),') do
        check(KINDS[sub(name, 1, 1)] and #name <= 16 and find(name, '^%u[1-9]%d*$'), 'references')
        count = count + 1
    end
    check(count <= REFERENCES_MAX, 'references: too many')
end

-- The first of the named records that does not exist, or is a part of another job dating.
local function reference_missing(c, references)
    local whole = PARTS[c.letter] and gmatch(references, '[^,]+')()
    for name in gmatch(references, '[^,]+') do
        local letter, n = sub(name, 1, 1), sub(name, 2)
        if not hget(c.v.record[letter], n) then
            return name
        elseif whole and PARTS[letter]
            and find(record_read(c, letter, n).references .. ',', whole .. ',', 1, true) ~= 1 then
            return name
        end
    end
end

-- Only of records that can be erased does it matter how many name them; step is 1 or -1.
local function references_count(c, references, step)
    for name in gmatch(references, '[^,]+') do
        if ERASABLE[sub(name, 1, 1)] then
            local uses = (tonumber(hget(c.v.uses, name) or '') or 0) + step
            hset(c.v.uses, name, uses > 0 and uses .. '')
        end
    end
end

-- Parts -------------------------------------------------------------------------------------------

-- Members are `<owner> <part>`, the part's number with ten digits: so they are in its order.
local function membership_write(c, letter, n, references, there)
    for owner in gmatch(references, '[^,]+') do
        if OWNERS[sub(owner, 1, 1)] then
            hset(c.v.parts, owner .. ' ' .. letter .. sub('000000000' .. n, -10), there and '0')
        end
    end
end

-- The numbers of the parts that are erased with an owner, those of this call included.
local function parts_of(c, owner)
    local letter, now, numbers = OWNERS[sub(owner, 1, 1)], view_now(c.v.parts), {}
    if not letter or letter == '' then
        return letter, numbers
    end
    local first = owner .. ' ' .. letter
    for _, member in ipairs(call('ZRANGEBYLEX', c.v.parts.key, '[' .. first, '(' .. first .. ':')) do
        if now[member] == nil then
            numbers[#numbers + 1] = tonumber(sub(member, -10)) .. ''
        end
    end
    for member, score in pairs(now) do
        if score and sub(member, 1, #first) == first then
            numbers[#numbers + 1] = tonumber(sub(member, -10)) .. ''
        end
    end
    return letter, numbers
end

-- People ------------------------------------------------------------------------------------------

-- One more learner of a person, whose others may be known already; warnings name these.
local function person_add(c, person, n, known)
    local others = hget(c.v.find, person, known)
    if not others then
        hset(c.v.find, person, n)
        return ''
    end
    local warnings, count = '', 0
    for other in gmatch(others, '%d+') do
        count = count + 1
        if count <= WARNINGS_MAX then
            warnings = warnings .. '\nprobable_duplicate L' .. other
        end
    end
    if count < PERSON_MAX then
        hset(c.v.find, person, others .. ',' .. n)
    end
    return warnings
end

local function person_remove(c, person, n)
    local all, left = hget(c.v.find, person) or '', {}
    for other in gmatch(all, '%d+') do
        if other ~= n then
            left[#left + 1] = other
        end
    end
    hset(c.v.find, person, #left > 0 and concat(left, ','))
end

-- Unrecognised words ------------------------------------------------------------------------------

-- Newline-separated words as a set.
local function words_set(text)
    local set, count = {}, 0
    for word in gmatch(text, '[^\n]+') do
        set[word], count = true, count + 1
    end
    return set, count
end

local function words_check(text)
    check(not find(text, '^\n') and not find(text, '\n\n', 1, true) and not find(text, '\n$'),
        'words: empty line')
    check(#text <= WORDS_MAX * (WORD_BYTES_MAX + 1), 'words: too long')
    local set, count = words_set(text)
    check(count <= WORDS_MAX, 'words: too many')
    for word in pairs(set) do
        check(#word <= WORD_BYTES_MAX, 'words: too long')
    end
end

-- Moves one learner from the words it held to those it holds now, '' being none.
local function words_write(c, n, before, after)
    if before == after then
        return
    end
    local old, new = words_set(before), words_set(after)
    local words, steps = {}, {}
    for word in pairs(new) do
        if not old[word] then
            words[#words + 1], steps[#steps + 1] = word, 1
        end
    end
    for word in pairs(old) do
        if not new[word] then
            words[#words + 1], steps[#steps + 1] = word, -1
        end
    end
    for i = 1, #words do
        local count = (tonumber(hget(c.v.words, words[i]) or '') or 0) + steps[i]
        hset(c.v.words, words[i], count > 0 and count)
    end
    hset(c.v.words_of, n, after ~= '' and after)
end

-- Drafts ------------------------------------------------------------------------------------------

-- An offer that came as text waits in `draft` until it is confirmed, whatever its state: 'asks' its
-- employer, or is 'trusted', its source being one whose offers need not be confirmed. What was
-- recognised in its text, and the record that would come of it, stay as long as that text does.

-- Reads all that the functions below write to, for an offer that is there: after that they cannot
-- fail. Returns whether it is a draft.
local function draft_look(c, n)
    local v = c.v
    local rule = hget(v.draft, n)
    hget(v.proposed, n)
    hget(v.recognised, n)
    hget(v.confirmed, n)
    call('XLEN', c.k.reading)
    return rule
end

-- Its text is to be read.
local function draft_unread(c, n)
    c.unread = c.unread or {}
    c.unread[#c.unread + 1] = n
end

local function draft_unread_again(c, n)
    hset(c.v.proposed, n, false)
    hset(c.v.recognised, n, false)
    draft_unread(c, n)
end

-- From here on it is an offer. What its source sent is remembered, so that the same text again
-- changes nothing of what was made of it.
local function draft_end(c, r)
    hset(c.v.confirmed, r.n, redis.sha1hex(r.blob))
    hset(c.v.draft, r.n, false)
    hset(c.v.proposed, r.n, false)
    hset(c.v.recognised, r.n, false)
    if r.state == 'draft' then
        r.state = 'open'
    end
end

-- What a put of new content does to an offer, before r takes that content: as text it has to be
-- confirmed, and be it again.
local function draft_put(c, r)
    local operation = c.what.operation
    if operation.rule then
        r.state = r.state == 'open' and 'draft' or r.state
        hset(c.v.confirmed, r.n, false)
        hset(c.v.draft, r.n, operation.rule)
        draft_unread_again(c, r.n)
    elseif hget(c.v.draft, r.n) then
        if operation.confirms then
            draft_end(c, r)
        else
            draft_unread_again(c, r.n)
        end
    end
end

-- Whether a put as text brings what its source had sent before it was confirmed.
local function draft_same(c, r, blob)
    local sent = hget(c.v.confirmed, r.n)
    return sent and sent == redis.sha1hex(blob)
end

local function draft_forget(c, n)
    hset(c.v.draft, n, false)
    hset(c.v.proposed, n, false)
    hset(c.v.recognised, n, false)
    hset(c.v.confirmed, n, false)
end

-- Asks for the reading of the texts that this call brought.
local function drafts_announce(c)
    for i = 1, #(c.unread or {}) do
        call('XADD', c.k.reading, '*', 'o', c.unread[i])
    end
    c.unread = nil
end

#!lua name=passerelle

-- Everything that changes a territory, each change in one step. Keys, arguments and answers are
-- described in docs/architecture.md, "Redis keys" and "Redis functions".
--
-- Redis undoes nothing when a function fails half-way. Hence every function reads and checks
-- first, and from its first write on does nothing that can fail.

-- The daemon loads the library when this number is greater than that of the one in Redis.
local VERSION = 1

local NUMBER_MAX = 281474976710655 -- 48 bits
local SEQ_MAX = 99999999999999 -- what Lua still prints digit by digit
local BLOB_MAX = 1048576
local WORDS_MAX, WORD_BYTES_MAX = 240, 640
local REFERENCES_MAX = 64
local PERSON_MAX, WARNINGS_MAX = 256, 4
local SLOTS_DEFAULT, SLOTS_MAX = 2, 64
local BUCKETS, BUCKET_MS, BUCKET_IDS = 4, 8 * 3600 * 1000, 1700000
local TTL_MAX = 3600 * 1000
local LIST_BYTES_MAX, LISTS_MAX = 256, 10000
local MARK_MAX = 1024
local FEED_NAMES, FEED_ENTRIES = 256, 10000
local LOG_MAX = 5000000
local TRIM_AT_ONCE = 1000000
local CHUNK = 4000 -- unpack() fails near 8,000
local WORKER_FORGOTTEN_MS = 24 * 3600 * 1000

local KINDS = {
    L = { name = 'learner', states = { active = true, withdrawn = true }, erasable = true },
    O = { name = 'offer', states = { open = true, closed = true, withdrawn = true, draft = true },
          erasable = true },
    E = { name = 'employer', states = { active = true }, erasable = true },
    P = { name = 'programme', states = { active = true } },
    C = { name = 'cohort', states = { active = true } },
    A = { name = 'attachment', states = { active = true } },
}

local RESULT_OF_LETTER = { c = 'created', u = 'updated', n = 'unchanged', s = 'stale' }
local LETTER_OF_RESULT = { created = 'c', updated = 'u', unchanged = 'n', stale = 's' }

-- While it loads a library, Redis hides Lua's own functions; the first call fetches them.
local function standard()
    return string.byte, string.find, string.gmatch, string.gsub, string.sub, table.concat, math.ceil,
        math.max, math.min, ipairs, tonumber, unpack
end
local byte, find, gmatch, gsub, sub, concat, ceil, max, min, ipairs, tonumber, unpack
local HEX, BYTE_OF_HEX = {}, {}

local function prepare()
    byte, find, gmatch, gsub, sub, concat, ceil, max, min, ipairs, tonumber, unpack = standard()
    for i = 0, 255 do
        HEX[i] = string.format('%02x', i)
        BYTE_OF_HEX[HEX[i]] = string.char(i)
    end
end

-- Arguments ---------------------------------------------------------------------------------------

-- Ends the call with an error reply: the caller broke the contract.
local function malformed(what)
    error({ err = 'MALFORMED ' .. what })
end

local function check(right, what)
    if not right then
        malformed(what)
    end
end

-- A whole number from least (default 0) to most.
local function number(text, what, least, most)
    local value = #text <= 15 and find(text, '^%d+$') and tonumber(text)
    check(value and value >= (least or 0) and value <= (most or NUMBER_MAX), what)
    return value
end

local function day(text, what)
    local _, _, month, date = find(text, '^%d%d%d%d%-(%d%d)%-(%d%d)$')
    check(month and month >= '01' and month <= '12' and date >= '01' and date <= '31', what)
    return text
end

local function hash(text, what)
    check(#text == 16, what)
    return text
end

-- Record numbers are compared as text, so they come without leading zeros.
local function record_number(text, what)
    check(#text <= 15 and find(text, '^[1-9]%d*$'), what)
    return text
end

-- Keys --------------------------------------------------------------------------------------------

local function keys_build(base)
    local k = {
        meta = base .. ':meta', log = base .. ':log', person = base .. ':person',
        words = base .. ':words', words_of = base .. ':words:learner',
        attachment = base .. ':attachment', uses = base .. ':uses',
        quarantine = base .. ':quarantine', workers = base .. ':workers', feed = base .. ':feed',
        request = {}, slot = {}, lists = {},
        record = {}, sealed = {}, statistics = {}, ids = {}, reference = {},
    }
    for bucket = 0, BUCKETS - 1 do
        k.request[bucket] = base .. ':request:' .. bucket
    end
    for slot = 0, SLOTS_MAX - 1 do
        k.slot[slot] = base .. ':slot:' .. slot
        k.lists[slot] = base .. ':lists:' .. slot
    end
    for letter, kind in pairs(KINDS) do
        k.record[letter] = base .. ':record:' .. kind.name
        k.sealed[letter] = base .. ':sealed:' .. kind.name
        k.statistics[letter] = base .. ':statistics:' .. kind.name
        k.ids[letter] = base .. ':ids:' .. kind.name
        k.reference[letter] = base .. ':reference:' .. kind.name
    end
    return k
end

-- Names of the keys by territory. They follow from the base alone, so keeping them between calls
-- changes no answer; it saves building some twenty strings a call.
local key_names, key_names_count = {}, 0

local function keys_of(keys, args, least, most)
    if not byte then
        prepare()
    end
    local base = keys[1]
    check(#keys == 1, 'one key is needed')
    check(#args >= least and #args <= (most or least), 'wrong number of arguments')
    local k = key_names[base]
    if not k then
        check(#base <= 36 and find(base, '^p:{[a-z][a-z0-9-]*}$'), 'key')
        if key_names_count >= 256 then
            key_names, key_names_count = {}, 0
        end
        k = keys_build(base)
        key_names[base], key_names_count = k, key_names_count + 1
    end
    return k
end

-- Answers -----------------------------------------------------------------------------------------

local function ok(record, seq, result)
    return { 'ok', record, seq, result }
end

local function rejected(code, culprit, detail)
    return { 'rejected', code, culprit or '', detail or '' }
end

-- Records -----------------------------------------------------------------------------------------

local function hex(text)
    if text == '' then
        return '-'
    end
    local a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p = byte(text, 1, 16)
    return HEX[a] .. HEX[b] .. HEX[c] .. HEX[d] .. HEX[e] .. HEX[f] .. HEX[g] .. HEX[h] .. HEX[i]
        .. HEX[j] .. HEX[k] .. HEX[l] .. HEX[m] .. HEX[n] .. HEX[o] .. HEX[p]
end

local function unhex(text)
    return (gsub(text, '%x%x', BYTE_OF_HEX))
end

-- Takes the header line apart; nil when there is no such record.
local function record_read(c, letter, n)
    local stored = redis.call('HGET', c.k.record[letter], n)
    if not stored then
        return nil
    end
    local _, last, revision, observed, state, created, reference, person, references =
        find(stored, '^(%d+) (%-?%d+) (%a+) (%d+) (%S+) (%S+) (%S+)\n')
    if not last then
        error({ err = 'CORRUPT ' .. c.k.record[letter] .. ' ' .. n })
    end
    return {
        n = n, name = letter .. n, revision = revision, observed = observed, state = state,
        created = created, reference = reference, person = person, references = references,
        blob = sub(stored, last + 1),
    }
end

local function record_write(c, letter, r)
    redis.call('HSET', c.k.record[letter], r.n,
        r.revision .. ' ' .. r.observed .. ' ' .. r.state .. ' ' .. r.created .. ' '
        .. r.reference .. ' ' .. r.person .. ' ' .. r.references .. '\n' .. r.blob)
end

-- Finds the record of `state` and `erase`, by number or else by reference; nil when there is none.
local function record_find(c, letter)
    local n = c.args[6]
    if n == '' then
        n = redis.call('HGET', c.k.reference[letter], c.args[9])
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

-- The first write of every change: gives it its number and its entry in the log.
local function change(c, letter, n, operation)
    local call, seq = redis.call, c.next
    call('XADD', c.k.log, seq .. '-0', 'k', letter, 'n', n, 'o', operation, 'd', c.args[8])
    call('HSET', c.k.meta, 'seq', seq)
    return seq
end

-- What a change of a record does besides: a quarantine ends with the revision it was for.
local function quarantine_lift(c, name)
    if redis.call('EXISTS', c.k.quarantine) == 0 then
        return
    end
    local fields = {}
    for slot = 0, c.slots - 1 do
        fields[slot + 1] = slot .. ':' .. name
    end
    redis.call('HDEL', c.k.quarantine, unpack(fields))
end

-- Sealed and statistics parts: fingerprint and blob; an empty fingerprint means there is none.
local function part_write(key, n, print, blob)
    if print == '' then
        redis.call('HDEL', key, n)
    else
        redis.call('HSET', key, n, print .. blob)
    end
end

local function part_print(key, n)
    local stored = redis.call('HGET', key, n)
    return stored and sub(stored, 1, 16) or ''
end

-- References --------------------------------------------------------------------------------------

-- The first of the comma-separated records that does not exist.
local function reference_missing(c, references)
    if references == '-' then
        return nil
    end
    for name in gmatch(references, '[^,]+') do
        if redis.call('HEXISTS', c.k.record[sub(name, 1, 1)], sub(name, 2)) == 0 then
            return name
        end
    end
end

local function references_count(c, references, step)
    if references == '-' then
        return
    end
    for name in gmatch(references, '[^,]+') do
        if redis.call('HINCRBY', c.k.uses, name, step) <= 0 then
            redis.call('HDEL', c.k.uses, name)
        end
    end
end

-- People ------------------------------------------------------------------------------------------

-- Adds a learner to a person; returns warnings that name others who are the same person.
local function person_add(c, person, n)
    local others = redis.call('HGET', c.k.person, person)
    if not others then
        redis.call('HSET', c.k.person, person, n)
        return nil
    end
    local warnings, count = {}, 0
    for other in gmatch(others, '%d+') do
        count = count + 1
        if count <= WARNINGS_MAX then
            warnings[count] = 'probable_duplicate L' .. other
        end
    end
    if count < PERSON_MAX then
        redis.call('HSET', c.k.person, person, others .. ',' .. n)
    end
    return warnings
end

local function person_remove(c, person, n)
    local all, left = redis.call('HGET', c.k.person, person) or '', {}
    for other in gmatch(all, '%d+') do
        if other ~= n then
            left[#left + 1] = other
        end
    end
    if #left == 0 then
        redis.call('HDEL', c.k.person, person)
    else
        redis.call('HSET', c.k.person, person, concat(left, ','))
    end
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
    local call, k = redis.call, c.k
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
    if #words > 0 then
        local counts, set, gone = call('ZMSCORE', k.words, unpack(words)), {}, {}
        for i = 1, #words do
            local count = (tonumber(counts[i] or 0)) + steps[i]
            if count > 0 then
                set[#set + 1], set[#set + 2] = count, words[i]
            else
                gone[#gone + 1] = words[i]
            end
        end
        if #set > 0 then
            call('ZADD', k.words, unpack(set))
        end
        if #gone > 0 then
            call('ZREM', k.words, unpack(gone))
        end
    end
    if after == '' then
        call('HDEL', k.words_of, n)
    else
        call('HSET', k.words_of, n, after)
    end
end

-- Operations of event_commit ----------------------------------------------------------------------

-- Each has `check`, which raises on malformed arguments, and `run`, which returns the answer. The
-- context c: k keys, args, kind, letter, now, expected (revision or nil), seq (present, a number),
-- next (the following one, as text), slots.
local OPERATIONS = {}

local function part_check(print, blob, what)
    check((#print == 16 and #blob <= BLOB_MAX) or (print == '' and blob == ''), what)
end

local function blob_check(blob)
    check(#blob >= 1 and #blob <= BLOB_MAX, 'record blob')
end

local function observed_check(text)
    check(#text <= 16 and find(text, '^%-?%d+$'), 'observed_ms')
end

local function put_check(c)
    local args, learner = c.args, c.letter == 'L'
    check(c.letter ~= 'A', 'kind')
    check(args[6] == '', 'put takes no number')
    hash(args[9], 'reference')
    observed_check(args[10])
    check(c.kind.states[args[11]], 'initial state')
    blob_check(args[12])
    part_check(args[13], args[14], 'sealed part')
    part_check(args[15], args[16], 'statistics part')
    check(args[17] == '' or (learner and #args[17] == 16), 'person')
    check(args[18] == '0' or args[18] == '1', 'same person')
    if args[19] ~= '' then
        check(learner, 'words')
        words_check(args[19])
    end
    local count = number(args[20], 'references', 0, REFERENCES_MAX)
    check(#args == 20 + count, 'references')
    for i = 21, 20 + count do
        check(KINDS[sub(args[i], 1, 1)], 'reference')
        record_number(sub(args[i], 2), 'reference')
    end
    c.references = count == 0 and '-' or count == 1 and args[21] or concat(args, ',', 21)
end

local function put_new(c)
    local call, k, args, letter = redis.call, c.k, c.args, c.letter
    local missing = reference_missing(c, c.references)
    if missing then
        return rejected('unknown_reference', missing)
    end
    local n = change(c, letter, c.next, 'put')
    call('HSET', k.record[letter], n, n .. ' ' .. args[10] .. ' ' .. args[11] .. ' ' .. n .. ' '
        .. hex(args[9]) .. ' ' .. hex(args[17]) .. ' ' .. c.references .. '\n' .. args[12])
    call('ZADD', k.ids[letter], n, n)
    call('HSET', k.reference[letter], args[9], n)
    if args[13] ~= '' then
        call('HSET', k.sealed[letter], n, args[13] .. args[14])
    end
    if args[15] ~= '' then
        call('HSET', k.statistics[letter], n, args[15] .. args[16])
    end
    references_count(c, c.references, 1)
    words_write(c, n, '', args[19])
    local warnings = args[17] ~= '' and person_add(c, args[17], n) or nil
    return ok(letter .. n, n, 'created'), warnings
end

-- Whether a put brings what is stored already; also reads what a change has to compare with.
local function put_compare(c, r)
    local k, args, letter = c.k, c.args, c.letter
    local old = {
        sealed = part_print(k.sealed[letter], r.n),
        statistics = part_print(k.statistics[letter], r.n),
        words = letter == 'L' and redis.call('HGET', k.words_of, r.n) or '',
    }
    old.same = r.blob == args[12] and old.sealed == args[13] and old.statistics == args[15]
        and old.words == args[19] and r.person == c.person and r.references == c.references
    return old
end

local function put_changed(c, r, old)
    local k, args, letter, n = c.k, c.args, c.letter, r.n
    local before, person = r.references, r.person
    r.revision = change(c, letter, n, 'put')
    r.observed, r.references, r.person, r.blob = args[10], c.references, c.person, args[12]
    record_write(c, letter, r)
    if old.sealed ~= args[13] then
        part_write(k.sealed[letter], n, args[13], args[14])
    end
    if old.statistics ~= args[15] then
        part_write(k.statistics[letter], n, args[15], args[16])
    end
    if before ~= c.references then
        references_count(c, c.references, 1)
        references_count(c, before, -1)
    end
    words_write(c, n, old.words, args[19])
    quarantine_lift(c, r.name)
    local warnings
    if person ~= c.person then
        if person ~= '-' then
            person_remove(c, unhex(person), n)
        end
        warnings = c.person ~= '-' and person_add(c, args[17], n) or nil
    end
    return ok(r.name, r.revision, 'updated'), warnings
end

local function put_run(c)
    local args, letter = c.args, c.letter
    local n = redis.call('HGET', c.k.reference[letter], args[9])
    local r = n and record_read(c, letter, n)
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if not r then
        return put_new(c)
    end
    if tonumber(args[10]) < tonumber(r.observed) then
        return ok(r.name, r.revision, 'stale')
    end
    c.person = hex(args[17])
    if r.person ~= '-' and c.person ~= '-' and r.person ~= c.person and args[18] == '0' then
        return rejected('probable_duplicate', r.name)
    end
    local old = put_compare(c, r)
    if old.same then
        if r.observed ~= args[10] then
            r.observed = args[10]
            record_write(c, letter, r)
        end
        return ok(r.name, r.revision, 'unchanged')
    end
    local missing = r.references ~= c.references and reference_missing(c, c.references)
    if missing then
        return rejected('unknown_reference', missing)
    end
    return put_changed(c, r, old)
end

OPERATIONS.put = { check = put_check, run = put_run, least = 20, most = 20 + REFERENCES_MAX }

-- A record is named by its number or its reference.
local function target_check(c)
    local args = c.args
    check(c.letter ~= 'A', 'kind')
    if args[6] ~= '' then
        record_number(args[6], 'number')
        check(args[9] == '' or #args[9] == 16, 'reference')
    else
        hash(args[9], 'reference')
    end
end

local function unknown_record(c)
    return rejected('unknown_record', c.args[6] ~= '' and c.letter .. c.args[6])
end

local function state_check(c)
    local args, states = c.args, c.kind.states
    target_check(c)
    check(states[args[10]], 'new state')
    local count = number(args[11], 'states', 1, 16)
    check(#args == 11 + count, 'states')
    for i = 12, #args do
        check(states[args[i]], 'state')
    end
end

local function state_run(c)
    local args, r = c.args, record_find(c, c.letter)
    if not r then
        return unknown_record(c)
    end
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if r.state == args[10] then
        return ok(r.name, r.revision, 'unchanged')
    end
    local allowed = false
    for i = 12, #args do
        allowed = allowed or args[i] == r.state
    end
    if not allowed then
        return rejected('wrong_state', r.name, r.state)
    end
    r.revision = change(c, c.letter, r.n, 'state')
    r.state = args[10]
    record_write(c, c.letter, r)
    quarantine_lift(c, r.name)
    return ok(r.name, r.revision, 'updated')
end

OPERATIONS.state = { check = state_check, run = state_run, least = 12, most = 27 }

local function erase_check(c)
    check(c.kind.erasable, 'kind')
    target_check(c)
end

-- Removes what every kind has. From here on only a rewrite of the append-only file is missing.
local function record_remove(c, letter, r)
    local call, k = redis.call, c.k
    call('HDEL', k.record[letter], r.n)
    call('HDEL', k.sealed[letter], r.n)
    call('HDEL', k.statistics[letter], r.n)
    call('ZREM', k.ids[letter], r.n)
    call('HDEL', k.reference[letter], unhex(r.reference))
    references_count(c, r.references, -1)
end

local function erase_run(c)
    local call, k, letter = redis.call, c.k, c.letter
    local r = record_find(c, letter)
    if not r then
        return unknown_record(c)
    end
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    local uses = call('HGET', k.uses, r.name)
    if uses then
        return rejected('wrong_state', r.name, uses .. ' records name it')
    end
    local words = letter == 'L' and call('HGET', k.words_of, r.n) or ''
    local seq = change(c, letter, r.n, 'erase')
    record_remove(c, letter, r)
    words_write(c, r.n, words, '')
    quarantine_lift(c, r.name)
    if r.person ~= '-' then
        person_remove(c, unhex(r.person), r.n)
    end
    call('HSETNX', k.meta, 'rewrite', c.args[1])
    return ok(r.name, seq, 'updated')
end

OPERATIONS.erase = { check = erase_check, run = erase_run, least = 9 }

local function attachment_words_check(c, words)
    check(c.letter == 'A', 'kind')
    check(c.args[6] == '', 'attachments are named by their words')
    check(#words >= 1 and #words <= WORD_BYTES_MAX and not find(words, '\n', 1, true), 'words')
end

-- The attachment of words: record and skill, or nil.
local function attachment_find(c, words)
    local stored = redis.call('HGET', c.k.attachment, words)
    if not stored then
        return nil
    end
    local _, _, n, skill = find(stored, '^A(%d+) (.+)$')
    return record_read(c, 'A', n), skill
end

local function attach_check(c)
    local args = c.args
    hash(args[9], 'reference')
    observed_check(args[10])
    attachment_words_check(c, args[11])
    check(#args[12] <= 256 and find(args[12], '^%S+$'), 'skill')
    blob_check(args[13])
end

local function attach_run(c)
    local call, k, args = redis.call, c.k, c.args
    local r, skill = attachment_find(c, args[11])
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if r and tonumber(args[10]) < tonumber(r.observed) then
        return ok(r.name, r.revision, 'stale')
    end
    local result = r and 'updated' or 'created'
    if r and skill == args[12] and r.blob == args[13] then
        result = 'unchanged'
    elseif not r then
        check(call('HEXISTS', k.reference.A, args[9]) == 0, 'reference of other words')
        r = { n = c.next, name = 'A' .. c.next, state = 'active', created = c.next,
              reference = hex(args[9]), person = '-', references = '-' }
    end
    if result ~= 'unchanged' then
        r.revision = change(c, 'A', r.n, 'attach')
    end
    r.observed, r.blob = args[10], args[13]
    record_write(c, 'A', r)
    if result == 'created' then
        call('ZADD', k.ids.A, r.n, r.n)
        call('HSET', k.reference.A, args[9], r.n)
    end
    call('HSET', k.attachment, args[11], r.name .. ' ' .. args[12])
    return ok(r.name, r.revision, result)
end

OPERATIONS.attach = { check = attach_check, run = attach_run, least = 13 }

local function detach_check(c)
    attachment_words_check(c, c.args[9])
end

local function detach_run(c)
    local r = attachment_find(c, c.args[9])
    if not r then
        return rejected('unknown_record')
    end
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    local seq = change(c, 'A', r.n, 'detach')
    redis.call('HDEL', c.k.attachment, c.args[9])
    record_remove(c, 'A', r)
    return ok(r.name, seq, 'updated')
end

OPERATIONS.detach = { check = detach_check, run = detach_run, least = 9 }

-- The territory itself: entries of kind T and number 0, whose revision is the territory's seq.
local function territory_check(c)
    check(c.letter == 'T', 'kind')
    check(c.args[6] == '', 'number')
end

local function territory_conflict(c)
    if c.expected and c.expected ~= (c.seq or 0) then
        return rejected('revision_conflict', '', c.seq and c.seq .. '' or '0')
    end
end

local function day_run(c)
    local present = redis.call('HGET', c.k.meta, 'day')
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if present and c.args[9] < present then
        return rejected('day_backwards', '', present)
    end
    if present == c.args[9] then
        return ok('', c.seq .. '', 'unchanged')
    end
    local seq = change(c, 'T', '0', 'day')
    redis.call('HSET', c.k.meta, 'day', c.args[9])
    return ok('', seq, 'updated')
end

OPERATIONS.day = {
    check = function(c)
        territory_check(c)
        day(c.args[9], 'day')
    end,
    run = day_run,
    least = 9,
}

local function adopt_check(c)
    local args = c.args
    territory_check(c)
    check(#args[9] <= 64 and find(args[9], '^[%w.:_-]+$'), 'model')
    check(#args[10] == 16 and find(args[10], '^%x+$'), 'referential')
    check(#args[11] == 16 and find(args[11], '^%x+$'), 'communes')
end

local function adopt_run(c)
    local args = c.args
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    local present = redis.call('HMGET', c.k.meta, 'model', 'referential', 'communes')
    if present[1] == args[9] and present[2] == args[10] and present[3] == args[11] then
        return ok('', c.seq .. '', 'unchanged')
    end
    local seq = change(c, 'T', '0', 'adopt')
    redis.call('HSET', c.k.meta, 'model', args[9], 'referential', args[10], 'communes', args[11])
    return ok('', seq, 'updated')
end

OPERATIONS.adopt = { check = adopt_check, run = adopt_run, least = 11 }

local function territory_run(c)
    local args = c.args
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if not c.seq then
        local seq = change(c, 'T', '0', 'territory')
        redis.call('HSET', c.k.meta, 'slots', args[10] ~= '' and args[10] or SLOTS_DEFAULT,
            'label', args[9], 'bucket', 0, 'bucket_since', args[1])
        return ok('', seq, 'created')
    end
    if args[10] ~= '' and tonumber(args[10]) ~= c.slots then
        return rejected('territory_exists', '', c.slots .. ' slots')
    end
    if redis.call('HGET', c.k.meta, 'label') == args[9] then
        return ok('', c.seq .. '', 'unchanged')
    end
    local seq = change(c, 'T', '0', 'territory')
    redis.call('HSET', c.k.meta, 'label', args[9])
    return ok('', seq, 'updated')
end

OPERATIONS.territory = {
    check = function(c)
        territory_check(c)
        check(#c.args[9] >= 1 and #c.args[9] <= 480, 'label')
        check(c.args[10] == '' or number(c.args[10], 'slots', 1, SLOTS_MAX), 'slots')
    end,
    run = territory_run,
    least = 10,
}

-- Requests ----------------------------------------------------------------------------------------

-- The answer given before to this request, or that its id had another body, or nil.
local function request_answer(k, args, current)
    local call, request, key = redis.call, k.request, args[2]
    for back = 0, BUCKETS - 1 do
        local kept = call('HGET', request[(current - back) % BUCKETS], key)
        if kept then
            if sub(kept, 1, 8) ~= args[3] then
                return rejected('request_reused')
            end
            local _, last, record, seq = find(kept, '^(%S*) (%d+)', 10)
            local answer = ok(record, seq, RESULT_OF_LETTER[sub(kept, 9, 9)])
            for warning in gmatch(sub(kept, last + 1), '[^\n]+') do
                answer[#answer + 1] = warning
            end
            return answer
        end
    end
end

local function request_keep(c, current, since, answer, warnings)
    local call, k, args = redis.call, c.k, c.args
    if c.now - since >= BUCKET_MS or call('HLEN', k.request[current]) >= BUCKET_IDS then
        current = (current + 1) % BUCKETS
        call('UNLINK', k.request[current])
        call('HSET', k.meta, 'bucket', current, 'bucket_since', args[1])
    elseif c.now < since then -- the clock was set back: count the eight hours from here
        call('HSET', k.meta, 'bucket_since', args[1])
    end
    call('HSET', k.request[current], args[2], args[3] .. LETTER_OF_RESULT[answer[4]] .. answer[2]
        .. ' ' .. answer[3] .. (warnings and '\n' .. concat(warnings, '\n') or ''))
end

local function event_context(keys, args)
    local k = keys_of(keys, args, 9, 20 + REFERENCES_MAX)
    local operation = OPERATIONS[args[4]]
    check(operation, 'operation')
    check(#args >= operation.least and #args <= (operation.most or operation.least),
        'wrong number of arguments')
    local letter = args[5]
    local c = { k = k, args = args, letter = letter, kind = KINDS[letter] }
    check(c.kind or letter == 'T', 'kind')
    c.now = number(args[1], 'now')
    hash(args[2], 'request key')
    check(#args[3] == 8, 'body hash')
    c.expected = args[7] ~= '' and number(args[7], 'expected revision') or nil
    day(args[8], 'occurred_on')
    check(c.kind or operation.run == territory_run or operation.run == day_run
        or operation.run == adopt_run, 'kind')
    operation.check(c)
    return c, operation
end

local function event_commit(keys, args)
    local c, operation = event_context(keys, args)
    local meta = redis.call('HMGET', c.k.meta, 'seq', 'slots', 'bucket', 'bucket_since')
    local bucket = tonumber(meta[3] or 0)
    local before = request_answer(c.k, args, bucket)
    if before then
        return before
    end
    if not meta[1] and operation.run ~= territory_run then
        return rejected('unknown_territory')
    end
    c.seq, c.slots = meta[1] and tonumber(meta[1]), tonumber(meta[2] or 0)
    check((c.seq or 0) < SEQ_MAX, 'the territory is out of numbers')
    c.next = (c.seq or 0) + 1 .. ''
    local answer, warnings = operation.run(c)
    if answer[1] == 'ok' then
        request_keep(c, bucket, tonumber(meta[4] or c.now), answer, warnings)
        for i = 1, warnings and #warnings or 0 do
            answer[4 + i] = warnings[i]
        end
    end
    return answer
end

-- Slots -------------------------------------------------------------------------------------------

local function worker_name(text)
    check(#text <= 128 and find(text, '^[%w.:_@/-]+$'), 'worker')
    return text
end

-- `slots`, `model` and `seq` of a territory, or nothing and the answer that it does not exist.
local function slots_read(k)
    local meta = redis.call('HMGET', k.meta, 'slots', 'model', 'seq')
    if not meta[1] then
        return nil, rejected('unknown_territory')
    end
    return { slots = tonumber(meta[1]), model = meta[2], seq = tonumber(meta[3]) }
end

local function slot_number(text, territory)
    return number(text, 'slot', 0, territory.slots - 1)
end

local function lease_free(lease, now)
    local left = tonumber(lease[2] or 0) - now
    return not lease[1] or lease[1] == '' or left <= 0 or left > tonumber(lease[3] or 0)
end

-- All leases: owner, until, ttl, attempts of slot s at s + 1.
local function leases_read(k, territory)
    local leases = {}
    for s = 0, territory.slots - 1 do
        leases[s + 1] = redis.call('HMGET', k.slot[s], 'owner', 'until', 'ttl', 'attempts')
    end
    return leases
end

-- The worker's fair share of the slots; also its sign of life.
local function worker_share(k, territory, worker, now, ttl)
    local seen, live = redis.call('HGETALL', k.workers), 1
    redis.call('HSET', k.workers, worker, now)
    for i = 1, #seen, 2 do
        local age = now - tonumber(seen[i + 1])
        if seen[i] == worker then
            age = 0
        elseif age >= 0 and age <= 3 * ttl then
            live = live + 1
        elseif age > WORKER_FORGOTTEN_MS or age < -WORKER_FORGOTTEN_MS then
            redis.call('HDEL', k.workers, seen[i])
        end
    end
    return ceil(territory.slots / live)
end

-- The slots a worker holds, in order.
local function slots_held(leases, worker, now)
    local held = {}
    for i, lease in ipairs(leases) do
        if lease[1] == worker and not lease_free(lease, now) then
            held[#held + 1] = i - 1
        end
    end
    return held
end

-- The slot to give: free, with the fewest attempts, so that one poisoned slot starves no other.
local function slot_choose(leases, now)
    local best, fewest
    for i, lease in ipairs(leases) do
        local attempts = tonumber(lease[4] or 0)
        if lease_free(lease, now) and (not best or attempts < fewest) then
            best, fewest = i - 1, attempts
        end
    end
    return best
end

-- -1 while the slot's lists are not those of the model in force.
local function cursor_of(cursor, model, territory)
    return model and model == territory.model and cursor or '-1'
end

local function slot_give(k, s, territory, worker, now, ttl)
    local f = redis.call('HMGET', k.slot[s], 'epoch', 'cursor', 'attempts', 'model', 'trying',
        'mark')
    local cursor = cursor_of(f[2], f[4], territory)
    local attempts, mark = tonumber(f[3] or 0) + 1, f[6] or ''
    if f[5] ~= territory.model then
        attempts, mark = 1, ''
    end
    local epoch = tonumber(f[1] or 0) + 1
    -- Once lists of a new model are being written, the old model's cursor means nothing, even if
    -- that model comes back.
    redis.call('HSET', k.slot[s], 'owner', worker, 'epoch', epoch, 'until', now + ttl, 'ttl', ttl,
        'attempts', attempts, 'mark', mark, 'trying', territory.model,
        'model', cursor ~= '-1' and f[4] or '')
    return { s .. '', epoch .. '', cursor, attempts .. '', mark }
end

local function slot_acquire(keys, args)
    local k = keys_of(keys, args, 5)
    local now, worker = number(args[1], 'now'), worker_name(args[2])
    local ttl = number(args[3], 'ttl', 1, TTL_MAX)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local wanted = args[4] ~= 'any' and slot_number(args[4], territory) or nil
    if not territory.model or args[5] ~= territory.model then
        return { 'none', 'model' }
    end
    local leases = leases_read(k, territory)
    local lease = wanted and leases[wanted + 1]
    local share = worker_share(k, territory, worker, now, ttl)
    if lease and lease[1] == worker and not lease_free(lease, now) then
        return slot_give(k, wanted, territory, worker, now, ttl)
    end
    if #slots_held(leases, worker, now) >= share then
        return { 'none', 'share' }
    end
    if lease then
        wanted = lease_free(lease, now) and wanted or nil
    else
        wanted = slot_choose(leases, now)
    end
    if not wanted then
        return { 'none', 'busy' }
    end
    return slot_give(k, wanted, territory, worker, now, ttl)
end

local function slot_renew(keys, args)
    local k = keys_of(keys, args, 5)
    local now, worker = number(args[1], 'now'), worker_name(args[2])
    number(args[4], 'epoch')
    local ttl = number(args[5], 'ttl', 1, TTL_MAX)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local slot = slot_number(args[3], territory)
    local f = redis.call('HMGET', k.slot[slot], 'owner', 'epoch')
    if f[1] ~= worker or f[2] ~= args[4] then
        return { 'lost' }
    end
    redis.call('HSET', k.slot[slot], 'until', now + ttl, 'ttl', ttl)
    local share = worker_share(k, territory, worker, now, ttl)
    local held = slots_held(leases_read(k, territory), worker, now)
    for i = share + 1, #held do -- the highest of its slots are the ones to give up
        if held[i] == slot then
            return { 'release' }
        end
    end
    return { 'ok' }
end

local function slot_release(keys, args)
    local k = keys_of(keys, args, 3)
    local worker = worker_name(args[1])
    number(args[3], 'epoch')
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local key = k.slot[slot_number(args[2], territory)]
    local f = redis.call('HMGET', key, 'owner', 'epoch', 'attempts')
    if f[2] ~= args[3] or (f[1] ~= worker and f[1] ~= '') then
        return { 'lost' }
    end
    if f[1] == worker then -- otherwise a repeat
        redis.call('HSET', key, 'owner', '', 'until', 0, 'mark', '',
            'attempts', max(tonumber(f[3]) - 1, 0))
    end
    return { 'ok' }
end

-- Splits the pairs of a commit into arguments of HSET, names for HDEL, and all names.
local function lists_split(args, first)
    local set, gone, names = {}, {}, {}
    check((#args - first + 1) % 2 == 0, 'lists come in pairs')
    for i = first, #args, 2 do
        local name, blob = args[i], args[i + 1]
        check(#name <= 16 and find(name, '^[LO][1-9]%d*$'), 'name of a list')
        check(#blob % 8 == 0 and #blob <= LIST_BYTES_MAX, 'list')
        names[#names + 1] = name
        if blob == '' then
            gone[#gone + 1] = name
        else
            set[#set + 1] = name
            set[#set + 1] = blob
        end
    end
    return set, gone, names
end

local function call_in_chunks(command, key, values)
    for i = 1, #values, CHUNK do
        redis.call(command, key, unpack(values, i, min(i + CHUNK - 1, #values)))
    end
end

local function feed_write(k, slot, cursor, names)
    for i = 1, #names, FEED_NAMES do
        redis.call('XADD', k.feed, 'MAXLEN', '~', FEED_ENTRIES, '*', 's', slot, 'c', cursor,
            'l', concat(names, ' ', i, min(i + FEED_NAMES - 1, #names)))
    end
end

-- 'ok' when the owner may go from one cursor to the other, 'again' when it has, else 'lost'.
local function commit_verdict(territory, f, args)
    local cursor = cursor_of(f[3], f[4], territory)
    if f[1] ~= args[2] or f[2] ~= args[4] or not territory.model or args[7] ~= territory.model
        or tonumber(args[6]) > territory.seq then
        return 'lost'
    end
    if args[5] == cursor then
        return 'ok'
    end
    return args[6] == cursor and args[5] ~= args[6] and 'again' or 'lost'
end

local function cursor_check(text, what)
    return text == '-1' and -1 or tonumber(text == '0' and 0 or record_number(text, what))
end

local function slot_commit(keys, args)
    local k = keys_of(keys, args, 7, 7 + 2 * LISTS_MAX)
    number(args[1], 'now')
    worker_name(args[2])
    number(args[4], 'epoch')
    check(cursor_check(args[5], 'from') <= cursor_check(args[6], 'to'), 'to is before from')
    local set, gone, names = lists_split(args, 8)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local slot = slot_number(args[3], territory)
    local f = redis.call('HMGET', k.slot[slot], 'owner', 'epoch', 'cursor', 'model')
    local verdict = commit_verdict(territory, f, args)
    if verdict ~= 'ok' then
        return { verdict }
    end
    call_in_chunks('HSET', k.lists[slot], set)
    call_in_chunks('HDEL', k.lists[slot], gone)
    if args[5] ~= args[6] then
        redis.call('HSET', k.slot[slot], 'cursor', args[6], 'model', args[7], 'attempts', 0,
            'mark', '')
    end
    feed_write(k, slot, args[6], names)
    return { 'ok' }
end

-- Whether the slot still belongs to this epoch; also the slot's key and number.
local function slot_held(k, slot_text, epoch)
    number(epoch, 'epoch')
    local territory, unknown = slots_read(k)
    if unknown then
        return nil, unknown
    end
    local slot = slot_number(slot_text, territory)
    local f = redis.call('HMGET', k.slot[slot], 'owner', 'epoch')
    if not f[1] or f[1] == '' or f[2] ~= epoch then
        return nil, { 'lost' }
    end
    return slot
end

local function slot_mark(keys, args)
    local k = keys_of(keys, args, 3)
    check(#args[3] <= MARK_MAX, 'mark')
    local slot, answer = slot_held(k, args[1], args[2])
    if not slot then
        return answer
    end
    redis.call('HSET', k.slot[slot], 'mark', args[3])
    return { 'ok' }
end

local function slot_quarantine(keys, args)
    local k = keys_of(keys, args, 4)
    local letter, n = sub(args[3], 1, 1), sub(args[3], 2)
    check(letter == 'L' or letter == 'O', 'record')
    record_number(n, 'record')
    record_number(args[4], 'revision')
    local slot, answer = slot_held(k, args[1], args[2])
    if not slot then
        return answer
    end
    local r = record_read({ k = k }, letter, n)
    redis.call('HSET', k.slot[slot], 'mark', '')
    if not r or r.revision ~= args[4] then
        return { 'changed' }
    end
    redis.call('HSET', k.quarantine, slot .. ':' .. args[3], args[4])
    return { 'ok' }
end

-- The log and the state of a territory -------------------------------------------------------------

local function log_trim(keys, args)
    local k = keys_of(keys, args, 1)
    local keep = number(args[1], 'keep')
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local last = territory.seq - keep -- of the entries to go; every number has its entry
    for s = 0, territory.slots - 1 do
        last = min(last, tonumber(redis.call('HGET', k.slot[s], 'cursor') or 0))
    end
    last = max(last, territory.seq - max(keep, LOG_MAX))
    local gone = last < 1 and 0
        or redis.call('XTRIM', k.log, 'MINID', '~', last + 1 .. '-0', 'LIMIT', TRIM_AT_ONCE)
    return { 'ok', gone .. '' }
end

local STATUS_KINDS = { 'L', 'O', 'E', 'P', 'C', 'A' }

local function territory_status(keys, args)
    local call, k = redis.call, keys_of(keys, args, 0)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local answer = call('HMGET', k.meta, 'seq', 'label', 'day', 'model', 'referential', 'communes',
        'rewrite')
    for i = 1, 7 do
        answer[i] = answer[i] or ''
    end
    answer[8], answer[9] = call('XLEN', k.log) .. '', call('HLEN', k.quarantine) .. ''
    for _, letter in ipairs(STATUS_KINDS) do
        answer[#answer + 1] = call('HLEN', k.record[letter]) .. ''
    end
    answer[#answer + 1] = territory.slots .. ''
    for s = 0, territory.slots - 1 do
        local f = call('HMGET', k.slot[s], 'owner', 'epoch', 'cursor', 'until', 'attempts', 'model')
        answer[#answer + 1] = f[1] or ''
        answer[#answer + 1] = f[2] or '0'
        answer[#answer + 1] = cursor_of(f[3], f[6], territory)
        answer[#answer + 1] = f[4] or '0'
        answer[#answer + 1] = f[5] or '0'
    end
    return answer
end

redis.register_function('event_commit', event_commit)
redis.register_function('slot_acquire', slot_acquire)
redis.register_function('slot_renew', slot_renew)
redis.register_function('slot_release', slot_release)
redis.register_function('slot_commit', slot_commit)
redis.register_function('slot_mark', slot_mark)
redis.register_function('slot_quarantine', slot_quarantine)
redis.register_function('log_trim', log_trim)
redis.register_function({
    function_name = 'territory_status', callback = territory_status, flags = { 'no-writes' },
})
redis.register_function({
    function_name = 'library_version',
    callback = function()
        return VERSION
    end,
    flags = { 'no-writes' },
})

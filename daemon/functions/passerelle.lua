#!lua name=passerelle

-- Everything that changes a territory, each change in one step. Keys, arguments and answers are
-- described in docs/architecture.md, "Redis keys" and "Redis functions".
--
-- Redis undoes nothing when a function fails half-way. Hence every function reads and checks
-- first, and from its first write on does nothing that can fail.

-- The daemon loads the library when this number is greater than that of the one in Redis.
local VERSION = 4

local NUMBER_MAX = 281474976710655 -- 48 bits
local SEQ_MAX = 99999999999999 -- what Lua still prints digit by digit
local BLOB_MAX = 1048576
local WORDS_MAX, WORD_BYTES_MAX = 240, 640
local REFERENCES_MAX = 64
local PERSON_MAX, WARNINGS_MAX = 256, 4
local SLOTS_DEFAULT, SLOTS_MAX = 2, 64
local BUCKETS, BUCKET_MS, BUCKET_IDS = 4, 8 * 3600 * 1000, 1700000
local BUCKET_LOOKS = 16 -- of 256 requests look whether the bucket is due
local TTL_MAX = 3600 * 1000
local LIST_BYTES_MAX, LISTS_MAX = 256, 10000
local MARK_MAX = 1024
local FEED_NAMES, FEED_ENTRIES = 256, 10000
local LOG_MAX = 5000000
local TRIM_AT_ONCE = 1000000
local CHUNK = 4000 -- unpack() fails near 8,000
local WORKER_FORGOTTEN_MS = 24 * 3600 * 1000
local REWRITE_MARGIN_MS = 60 * 1000

local KINDS = {
    L = 'learner', O = 'offer', E = 'employer', P = 'programme', C = 'cohort', A = 'attachment',
}
local STATES = {
    L = { active = true, withdrawn = true },
    O = { open = true, closed = true, withdrawn = true, draft = true },
    E = { active = true }, P = { active = true }, C = { active = true }, A = { active = true },
}
local ERASABLE = { L = true, O = true, E = true }

local RESULT_OF_LETTER = { c = 'created', u = 'updated', n = 'unchanged', s = 'stale' }
local LETTER_OF_RESULT = { created = 'c', updated = 'u', unchanged = 'n', stale = 's' }

-- While it loads a library, Redis hides Lua's own functions; the first call fetches them.
local function standard()
    return redis.call, string.byte, string.find, string.gmatch,
        string.sub, table.concat, math.ceil, math.max, math.min, ipairs, tonumber, unpack
end
local call, byte, find, gmatch, sub, concat, ceil, max, min, ipairs, tonumber, unpack
local COUNTS = {} -- of the text of a number

local function prepare()
    call, byte, find, gmatch, sub, concat, ceil, max, min, ipairs, tonumber, unpack =
        standard()
    for i = 0, REFERENCES_MAX do
        COUNTS[i .. ''] = i
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

-- An ISO date. Nearly every call brings today's, so those seen before are not looked at again.
local days, days_count = {}, 0

local function day(text, what)
    if days[text] then
        return
    end
    local _, _, month, date = find(text, '^%d%d%d%d%-(%d%d)%-(%d%d)$')
    check(month and month >= '01' and month <= '12' and date >= '01' and date <= '31', what)
    if days_count >= 1000 then
        days, days_count = {}, 0
    end
    days[text], days_count = true, days_count + 1
end

-- Hashes of references and people are hex digits, which a header line can hold as they are.
local function is_hash(text)
    return #text == 32 and find(text, '^%x+$')
end

local function hash(text, what)
    check(is_hash(text), what)
end

-- Record numbers are compared as text, so they come without leading zeros.
local function record_number(text, what)
    check(#text <= 15 and find(text, '^[1-9]%d*$'), what)
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
    for bucket = 0, BUCKETS - 1 do -- the buckets as they follow one another, the latest first
        local order = {}
        for back = 0, BUCKETS - 1 do
            order[back + 1] = base .. ':request:' .. (bucket - back) % BUCKETS
        end
        k.request[bucket .. ''] = order
    end
    for slot = 0, SLOTS_MAX - 1 do
        k.slot[slot] = base .. ':slot:' .. slot
        k.lists[slot] = base .. ':lists:' .. slot
    end
    for letter, kind in pairs(KINDS) do
        k.record[letter] = base .. ':record:' .. kind
        k.sealed[letter] = base .. ':sealed:' .. kind
        k.statistics[letter] = base .. ':statistics:' .. kind
        k.ids[letter] = base .. ':ids:' .. kind
        k.reference[letter] = base .. ':reference:' .. kind
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
    local base, k = keys[1], key_names[keys[1]]
    if #keys ~= 1 or #args < least or #args > (most or least) then
        malformed('one key or another number of arguments is needed')
    elseif not k then
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

-- Takes the header line apart; nil when there is no such record.
local function record_read(c, letter, n)
    local stored = call('HGET', c.k.record[letter], n)
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
    call('HSET', c.k.record[letter], r.n,
        r.revision .. ' ' .. r.observed .. ' ' .. r.state .. ' ' .. r.created .. ' '
        .. r.reference .. ' ' .. r.person .. ' ' .. r.references .. '\n' .. r.blob)
end

-- Finds the record of `state` and `erase`, by number or else by reference; nil when there is none.
local function record_find(c, letter)
    local n = c.args[6]
    if n == '' then
        n = call('HGET', c.k.reference[letter], c.args[9])
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
    local seq = c.next
    call('XADD', c.k.log, seq .. '-0', 'k', letter, 'n', n, 'o', operation, 'd', c.args[8])
    call('HSET', c.k.meta, 'seq', seq)
    return seq
end

-- A quarantine ends with the revision it was for.
local function quarantine_lift(c, name)
    if call('EXISTS', c.k.quarantine) == 0 then
        return
    end
    local fields = {}
    for slot = 0, call('HGET', c.k.meta, 'slots') - 1 do
        fields[slot + 1] = slot .. ':' .. name
    end
    call('HDEL', c.k.quarantine, unpack(fields))
end

-- Sealed and statistics parts: fingerprint and blob; an empty fingerprint means there is none.
local function part_write(key, n, print, blob)
    if print == '' then
        call('HDEL', key, n)
    else
        call('HSET', key, n, print .. blob)
    end
end

local function part_print(key, n)
    local stored = call('HGET', key, n)
    return stored and sub(stored, 1, 16) or ''
end

-- References --------------------------------------------------------------------------------------

-- The first of the records named in the arguments that does not exist.
local function reference_missing(c)
    for i = 21, #c.args do
        local name = c.args[i]
        if call('HEXISTS', c.k.record[sub(name, 1, 1)], sub(name, 2)) == 0 then
            return name
        end
    end
end

-- Only of records that can be erased does it matter how many name them.
local function references_add(c)
    for i = 21, #c.args do
        if ERASABLE[sub(c.args[i], 1, 1)] then
            call('HINCRBY', c.k.uses, c.args[i], '1')
        end
    end
end

-- The same for those of a header line.
local function references_remove(c, references)
    if references == '-' then
        return
    end
    for name in gmatch(references, '[^,]+') do
        if ERASABLE[sub(name, 1, 1)] and call('HINCRBY', c.k.uses, name, '-1') <= 0 then
            call('HDEL', c.k.uses, name)
        end
    end
end

-- People ------------------------------------------------------------------------------------------

-- Adds a learner to a person; returns warnings that name others who are the same person.
local function person_add(c, person, n)
    if call('HSETNX', c.k.person, person, n) == 1 then
        return nil
    end
    local others = call('HGET', c.k.person, person)
    local warnings, count = {}, 0
    for other in gmatch(others, '%d+') do
        count = count + 1
        if count <= WARNINGS_MAX then
            warnings[count] = 'probable_duplicate L' .. other
        end
    end
    if count < PERSON_MAX then
        call('HSET', c.k.person, person, others .. ',' .. n)
    end
    return warnings
end

local function person_remove(c, person, n)
    local all, left = call('HGET', c.k.person, person) or '', {}
    for other in gmatch(all, '%d+') do
        if other ~= n then
            left[#left + 1] = other
        end
    end
    if #left == 0 then
        call('HDEL', c.k.person, person)
    else
        call('HSET', c.k.person, person, concat(left, ','))
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
    local k = c.k
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

-- Each has `check`, which raises on malformed arguments, and `run`, which returns the answer; the
-- letters of the kinds it is for and how many arguments it takes. The context c: k keys, args,
-- letter, states, expected (revision or nil), seq (present, a number; nil without a territory),
-- next (the following one, as text).
local OPERATIONS = {}
local RECORDS = { L = true, O = true, E = true, P = true, C = true }
local ATTACHMENTS = { A = true }
local TERRITORIES = { T = true }

local function part_check(print, blob, what)
    if #blob > BLOB_MAX or #print ~= 16 and (print ~= '' or blob ~= '') then
        malformed(what)
    end
end

local function blob_check(blob, observed)
    if #blob < 1 or #blob > BLOB_MAX then
        malformed('record blob')
    elseif #observed > 16 or not find(observed, '^%-?%d+$') then
        malformed('observed_ms')
    end
end

-- Written out rather than by check(): most calls pass here.
local function put_check(c)
    local args, learner = c.args, c.letter == 'L'
    local person, words, count = args[17], args[19], COUNTS[args[20]]
    if args[6] ~= '' then
        malformed('put takes no number')
    elseif not is_hash(args[9]) then
        malformed('reference')
    elseif not c.states[args[11]] then
        malformed('initial state')
    elseif person ~= '' and not (learner and is_hash(person)) then
        malformed('person')
    elseif args[18] ~= '0' and args[18] ~= '1' then
        malformed('same person')
    elseif words ~= '' and not learner then
        malformed('words')
    elseif #args ~= 20 + (count or -1) then
        malformed('references')
    end
    blob_check(args[12], args[10])
    part_check(args[13], args[14], 'sealed part')
    part_check(args[15], args[16], 'statistics part')
    if words ~= '' then
        words_check(words)
    end
    for i = 21, #args do
        if not KINDS[sub(args[i], 1, 1)] or #args[i] > 16 or find(args[i], '[,\n ]') then
            malformed('reference')
        end
    end
    c.person = person ~= '' and person or '-'
    c.references = count == 0 and '-' or count == 1 and args[21] or concat(args, ',', 21)
end

local function put_new(c)
    local k, args, letter = c.k, c.args, c.letter
    local missing = reference_missing(c)
    if missing then
        return rejected('unknown_reference', missing)
    end
    local n = change(c, letter, c.next, 'put')
    call('HSET', k.record[letter], n, n .. ' ' .. args[10] .. ' ' .. args[11] .. ' ' .. n .. ' '
        .. args[9] .. ' ' .. c.person .. ' ' .. c.references .. '\n' .. args[12])
    call('ZADD', k.ids[letter], n, n)
    call('HSET', k.reference[letter], args[9], n)
    if args[13] ~= '' then
        call('HSET', k.sealed[letter], n, args[13] .. args[14])
    end
    if args[15] ~= '' then
        call('HSET', k.statistics[letter], n, args[15] .. args[16])
    end
    references_add(c)
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
        words = letter == 'L' and call('HGET', k.words_of, r.n) or '',
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
        references_add(c)
        references_remove(c, before)
    end
    words_write(c, n, old.words, args[19])
    quarantine_lift(c, r.name)
    local warnings
    if person ~= c.person then
        if person ~= '-' then
            person_remove(c, person, n)
        end
        warnings = c.person ~= '-' and person_add(c, args[17], n) or nil
    end
    return ok(r.name, r.revision, 'updated'), warnings
end

local function put_run(c)
    local args, letter = c.args, c.letter
    local n = call('HGET', c.k.reference[letter], args[9])
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
    -- The first half stands for the name: a birth date that is added or mended is no other person.
    if r.person ~= '-' and c.person ~= '-' and sub(r.person, 1, 16) ~= sub(c.person, 1, 16)
        and args[18] == '0' then
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
    local missing = r.references ~= c.references and reference_missing(c)
    if missing then
        return rejected('unknown_reference', missing)
    end
    return put_changed(c, r, old)
end

OPERATIONS.put = { check = put_check, run = put_run, letters = RECORDS, least = 20,
    most = 20 + REFERENCES_MAX }

-- A record is named by its number or its reference.
local function target_check(c)
    local args = c.args
    if args[6] ~= '' then
        record_number(args[6], 'number')
        check(args[9] == '' or is_hash(args[9]), 'reference')
    else
        hash(args[9], 'reference')
    end
end

local function unknown_record(c)
    return rejected('unknown_record', c.args[6] ~= '' and c.letter .. c.args[6])
end

local function state_check(c)
    local args, states = c.args, c.states
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

OPERATIONS.state = { check = state_check, run = state_run, letters = RECORDS, least = 12,
    most = 27 }

-- Removes what every kind has. From here on only a rewrite of the append-only file is missing.
local function record_remove(c, letter, r)
    local k = c.k
    call('HDEL', k.record[letter], r.n)
    call('HDEL', k.sealed[letter], r.n)
    call('HDEL', k.statistics[letter], r.n)
    call('ZREM', k.ids[letter], r.n)
    call('HDEL', k.reference[letter], r.reference)
    references_remove(c, r.references)
end

local function erase_run(c)
    local k, letter = c.k, c.letter
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
        person_remove(c, r.person, r.n)
    end
    call('HSETNX', k.meta, 'rewrite', c.args[1])
    call('HSET', k.meta, 'erased', c.args[1])
    return ok(r.name, seq, 'updated')
end

OPERATIONS.erase = { check = target_check, run = erase_run, letters = ERASABLE, least = 9 }

local function attachment_words_check(c, words)
    check(c.args[6] == '', 'attachments are named by their words')
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
    hash(args[9], 'reference')
    attachment_words_check(c, args[11])
    check(#args[12] <= 256 and find(args[12], '^%S+$'), 'skill')
    blob_check(args[13], args[10])
end

local function attach_run(c)
    local k, args = c.k, c.args
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
              reference = args[9], person = '-', references = '-' }
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

OPERATIONS.attach = { check = attach_check, run = attach_run, letters = ATTACHMENTS, least = 13 }

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
    call('HDEL', c.k.attachment, c.args[9])
    record_remove(c, 'A', r)
    return ok(r.name, seq, 'updated')
end

OPERATIONS.detach = { check = detach_check, run = detach_run, letters = ATTACHMENTS, least = 9 }

-- The territory itself: entries of kind T and number 0, whose revision is the territory's seq.
local function territory_check(c)
    check(c.args[6] == '', 'number')
end

local function territory_conflict(c)
    if c.expected and c.expected ~= (c.seq or 0) then
        return rejected('revision_conflict', '', c.seq and c.seq .. '' or '0')
    end
end

local function day_run(c)
    local present = call('HGET', c.k.meta, 'day')
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
    call('HSET', c.k.meta, 'day', c.args[9])
    return ok('', seq, 'updated')
end

OPERATIONS.day = {
    check = function(c)
        territory_check(c)
        day(c.args[9], 'day')
    end,
    run = day_run,
    letters = TERRITORIES,
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
    local present = call('HMGET', c.k.meta, 'model', 'referential', 'communes')
    if present[1] == args[9] and present[2] == args[10] and present[3] == args[11] then
        return ok('', c.seq .. '', 'unchanged')
    end
    local seq = change(c, 'T', '0', 'adopt')
    call('HSET', c.k.meta, 'model', args[9], 'referential', args[10], 'communes', args[11])
    return ok('', seq, 'updated')
end

OPERATIONS.adopt = { check = adopt_check, run = adopt_run, letters = TERRITORIES, least = 11 }

local function territory_run(c)
    local args = c.args
    local conflict = territory_conflict(c)
    if conflict then
        return conflict
    end
    if not c.seq then
        local seq = change(c, 'T', '0', 'territory')
        call('HSET', c.k.meta, 'slots', args[10] ~= '' and args[10] or SLOTS_DEFAULT,
            'label', args[9], 'bucket', '0', 'bucket_since', args[1])
        return ok('', seq, 'created')
    end
    local present = call('HMGET', c.k.meta, 'slots', 'label')
    if args[10] ~= '' and tonumber(args[10]) ~= tonumber(present[1]) then
        return rejected('territory_exists', '', present[1] .. ' slots')
    end
    if present[2] == args[9] then
        return ok('', c.seq .. '', 'unchanged')
    end
    local seq = change(c, 'T', '0', 'territory')
    call('HSET', c.k.meta, 'label', args[9])
    return ok('', seq, 'updated')
end

OPERATIONS.territory = {
    check = function(c)
        territory_check(c)
        check(#c.args[9] >= 1 and #c.args[9] <= 480, 'label')
        check(c.args[10] == '' or number(c.args[10], 'slots', 1, SLOTS_MAX), 'slots')
    end,
    run = territory_run,
    letters = TERRITORIES,
    least = 10,
}

-- Requests ----------------------------------------------------------------------------------------

-- The answer given before to this request, or that its id had another body, or nil. Looks through
-- the buckets, the latest first.
local function request_answer(buckets, args)
    for i = 1, BUCKETS do
        local kept = call('HGET', buckets[i], args[2])
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

-- The buckets from now on, when the current one is due for the next.
local function request_rotate(c, bucket, buckets)
    local k, now = c.k, tonumber(c.args[1])
    local since = tonumber(call('HGET', k.meta, 'bucket_since') or now)
    if now - since >= BUCKET_MS or call('HLEN', buckets[1]) >= BUCKET_IDS then
        bucket = (bucket + 1) % BUCKETS .. ''
        buckets = k.request[bucket]
        call('UNLINK', buckets[1])
        call('HSET', k.meta, 'bucket', bucket, 'bucket_since', c.args[1])
    elseif now < since then -- the clock was set back: count the eight hours from here
        call('HSET', k.meta, 'bucket_since', c.args[1])
    end
    return buckets
end

local function request_keep(c, bucket, buckets, answer, warnings)
    local args = c.args
    if byte(args[2], 16) < BUCKET_LOOKS then
        buckets = request_rotate(c, bucket, buckets)
    end
    local kept = args[3] .. LETTER_OF_RESULT[answer[4]] .. answer[2] .. ' ' .. answer[3]
    if warnings then
        kept = kept .. '\n' .. concat(warnings, '\n')
    end
    call('HSET', buckets[1], args[2], kept)
end

-- One call at a time, so one context serves them all.
local context = {}

local function event_context(keys, args)
    local c, k = context, keys_of(keys, args, 9, 20 + REFERENCES_MAX)
    local operation, letter, expected = OPERATIONS[args[4]], args[5], args[7]
    if not operation then
        malformed('operation')
    elseif #args < operation.least or #args > (operation.most or operation.least) then
        malformed('wrong number of arguments')
    elseif not operation.letters[letter] then
        malformed('kind')
    elseif #args[2] ~= 16 then
        malformed('request key')
    elseif #args[3] ~= 8 then
        malformed('body hash')
    elseif #args[1] > 15 or not find(args[1], '^%d+$') then
        malformed('now')
    end
    day(args[8], 'occurred_on')
    c.k, c.args, c.letter, c.states = k, args, letter, STATES[letter]
    c.expected = expected ~= '' and number(expected, 'expected revision') or nil
    operation.check(c)
    return c, operation
end

local function event_commit(keys, args)
    local c, operation = event_context(keys, args)
    local meta = call('HMGET', c.k.meta, 'seq', 'bucket')
    local bucket = meta[2] or '0'
    local buckets = c.k.request[bucket]
    local before = request_answer(buckets, args)
    if before then
        return before
    end
    local seq = meta[1] and tonumber(meta[1])
    if not seq and operation.run ~= territory_run then
        return rejected('unknown_territory')
    end
    if seq and seq >= SEQ_MAX then
        malformed('the territory is out of numbers')
    end
    c.seq, c.next = seq, (seq or 0) + 1 .. ''
    local answer, warnings = operation.run(c)
    if answer[1] == 'ok' then
        request_keep(c, bucket, buckets, answer, warnings)
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
    local meta = call('HMGET', k.meta, 'slots', 'model', 'seq')
    if not meta[1] then
        return nil, rejected('unknown_territory')
    end
    return { slots = tonumber(meta[1]), model = meta[2], seq = tonumber(meta[3]) }
end

local function slot_number(text, territory)
    return number(text, 'slot', 0, territory.slots - 1)
end

-- A call's time is older than its turn, and clocks differ a little: just after a renewal another
-- caller may well see more than a whole ttl left. Only far more means that the clock was set back.
local function lease_free(lease, now)
    local left = tonumber(lease[2] or 0) - now
    return not lease[1] or lease[1] == '' or left <= 0 or left > 2 * tonumber(lease[3] or 0)
end

-- All leases: owner, until, ttl, attempts of slot s at s + 1.
local function leases_read(k, territory)
    local leases = {}
    for s = 0, territory.slots - 1 do
        leases[s + 1] = call('HMGET', k.slot[s], 'owner', 'until', 'ttl', 'attempts')
    end
    return leases
end

-- The worker's fair share of the slots; also its sign of life.
local function worker_share(k, territory, worker, now, ttl)
    local seen, live = call('HGETALL', k.workers), 1
    call('HSET', k.workers, worker, now)
    for i = 1, #seen, 2 do
        local age = now - tonumber(seen[i + 1])
        if seen[i] == worker then
            age = 0
        elseif age >= 0 and age <= 3 * ttl then
            live = live + 1
        elseif age > WORKER_FORGOTTEN_MS or age < -WORKER_FORGOTTEN_MS then
            call('HDEL', k.workers, seen[i])
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
    local f = call('HMGET', k.slot[s], 'epoch', 'cursor', 'attempts', 'model', 'trying',
        'mark')
    local cursor = cursor_of(f[2], f[4], territory)
    local attempts, mark = tonumber(f[3] or 0) + 1, f[6] or ''
    if f[5] ~= territory.model then
        attempts, mark = 1, ''
    end
    local epoch = tonumber(f[1] or 0) + 1
    -- Once lists of a new model are being written, the old model's cursor means nothing, even if
    -- that model comes back.
    call('HSET', k.slot[s], 'owner', worker, 'epoch', epoch, 'until', now + ttl, 'ttl', ttl,
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
    local f = call('HMGET', k.slot[slot], 'owner', 'epoch')
    if f[1] ~= worker or f[2] ~= args[4] then
        return { 'lost' }
    end
    call('HSET', k.slot[slot], 'until', now + ttl, 'ttl', ttl)
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
    local f = call('HMGET', key, 'owner', 'epoch', 'attempts')
    if f[2] ~= args[3] or (f[1] ~= worker and f[1] ~= '') then
        return { 'lost' }
    end
    if f[1] == worker then -- otherwise a repeat
        call('HSET', key, 'owner', '', 'until', 0, 'mark', '',
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
        call(command, key, unpack(values, i, min(i + CHUNK - 1, #values)))
    end
end

local function feed_write(k, slot, cursor, names)
    for i = 1, #names, FEED_NAMES do
        call('XADD', k.feed, 'MAXLEN', '~', FEED_ENTRIES, '*', 's', slot, 'c', cursor,
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

-- A cursor is compared as text with the one stored, so it comes without leading zeros.
local function cursor(text, what)
    check(text == '0' or text == '-1' or find(text, '^[1-9]'), what)
    return text == '-1' and -1 or number(text, what)
end

local function slot_commit(keys, args)
    local k = keys_of(keys, args, 7, 7 + 2 * LISTS_MAX)
    number(args[1], 'now')
    worker_name(args[2])
    number(args[4], 'epoch')
    check(cursor(args[5], 'from') <= cursor(args[6], 'to'), 'to is before from')
    local set, gone, names = lists_split(args, 8)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local slot = slot_number(args[3], territory)
    local f = call('HMGET', k.slot[slot], 'owner', 'epoch', 'cursor', 'model')
    local verdict = commit_verdict(territory, f, args)
    if verdict ~= 'ok' then
        return { verdict }
    end
    call_in_chunks('HSET', k.lists[slot], set)
    call_in_chunks('HDEL', k.lists[slot], gone)
    if args[5] ~= args[6] then
        call('HSET', k.slot[slot], 'cursor', args[6], 'model', args[7], 'attempts', 0,
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
    local f = call('HMGET', k.slot[slot], 'owner', 'epoch')
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
    call('HSET', k.slot[slot], 'mark', args[3])
    if args[3] == '' then -- all is taken in: whatever ended the predecessors, it was no record
        call('HSET', k.slot[slot], 'attempts', 0)
    end
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
    call('HSET', k.slot[slot], 'mark', '')
    if not r or r.revision ~= args[4] then
        return { 'changed' }
    end
    call('HSET', k.quarantine, slot .. ':' .. args[3], args[4])
    return { 'ok' }
end

-- The log and the state of a territory ------------------------------------------------------------

local function log_trim(keys, args)
    local k = keys_of(keys, args, 1)
    local keep = number(args[1], 'keep')
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local last = territory.seq - keep -- of the entries to go; every number has its entry
    for s = 0, territory.slots - 1 do
        last = min(last, tonumber(call('HGET', k.slot[s], 'cursor') or 0))
    end
    last = max(last, territory.seq - max(keep, LOG_MAX))
    local gone = last < 1 and 0
        or call('XTRIM', k.log, 'MINID', '~', last + 1 .. '-0', 'LIMIT', TRIM_AT_ONCE)
    return { 'ok', gone .. '' }
end

local STATUS_KINDS = { 'L', 'O', 'E', 'P', 'C', 'A' }

local function territory_status(keys, args)
    local k = keys_of(keys, args, 0)
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

-- The append-only file no longer holds what was erased before the rewrite began. A call's time is
-- older than its turn, so what was erased shortly before counts as not yet gone.
local function rewrite_done(keys, args)
    local k = keys_of(keys, args, 1)
    local began = number(args[1], 'began')
    local f = call('HMGET', k.meta, 'rewrite', 'erased')
    if not f[1] then
        return { 'ok', '0' }
    end
    if (f[2] or f[1]) + REWRITE_MARGIN_MS >= began then
        call('HSET', k.meta, 'rewrite', args[1])
        return { 'ok', '0' }
    end
    call('HDEL', k.meta, 'rewrite', 'erased')
    return { 'ok', '1' }
end

redis.register_function('event_commit', event_commit)
redis.register_function('rewrite_done', rewrite_done)
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

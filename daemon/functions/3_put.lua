
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

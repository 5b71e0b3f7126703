
-- Operations of event_commit ----------------------------------------------------------------------

-- Each has its name in the log, `check`, which raises on malformed arguments, and `run`, which
-- returns the answer; the letters of the kinds it is for and how many arguments it takes. The
-- context c: k keys, args, what (see `what_of`), letter, states, expected (revision or nil), exists
-- (whether the territory does).
local OPERATIONS = {}
local RECORDS = { L = true, O = true, E = true, P = true, C = true }
local ATTACHMENTS = { A = true }
local TERRITORIES = { T = true }

local function part_check(part, what)
    if #part > BLOB_MAX or #part < 16 and part ~= '' then
        malformed(what)
    end
end

local function blob_check(blob)
    if #blob < 1 or #blob > BLOB_MAX then
        malformed('record blob')
    end
end

-- Written out rather than by check(): most calls pass here.
local function put_check(c)
    local args, learner = c.args, c.letter == 'L'
    local person, words, references = args[11], args[12], args[13]
    local _, _, state = find(args[7], '^%-?%d+ (%a+)$')
    if not is_hash(args[6]) then
        malformed('reference')
    elseif not c.states[state] or #args[7] > 32 then
        malformed('observed_ms and initial state')
    elseif person ~= '-' and not (learner and is_hash(person)) then
        malformed('person')
    elseif words ~= '' and not learner then
        malformed('words')
    end
    blob_check(args[8])
    part_check(args[9], 'sealed part')
    part_check(args[10], 'statistics part')
    if words ~= '' then
        words_check(words)
    end
    if references ~= '-' then
        references_check(references)
    end
end

local function put_new(c, others)
    local k, args, letter = c.k, c.args, c.letter
    local person, references = args[11], args[13]
    local missing = reference_missing(c, references)
    if missing then
        return rejected('unknown_reference', missing)
    end
    local n, warnings = change(c), ''
    call('HSET', k.record[letter], n, n .. ' ' .. args[7] .. ' ' .. n .. ' ' .. args[6] .. ' '
        .. person .. ' ' .. references .. '\n' .. args[8])
    call('SETBIT', k.ids[letter], n, '1')
    if person == '-' then
        call('HSET', k.find, letter .. args[6], n)
    else
        local people
        people, warnings = person_with(others, n)
        call('HSET', k.find, letter .. args[6], n, person, people)
    end
    if args[9] ~= '' then
        call('HSET', k.sealed[letter], n, args[9])
    end
    if args[10] ~= '' then
        call('HSET', k.statistics[letter], n, args[10])
    end
    references_count(c, references, '1')
    words_write(c, n, '', args[12])
    return ok(letter .. n, n, 'created') .. warnings
end

-- Whether a put brings what is stored already; also reads what a change has to compare with.
local function put_compare(c, r)
    local k, args, letter = c.k, c.args, c.letter
    local old = {
        sealed_same = part_same(k.sealed[letter], r.n, args[9]),
        statistics_same = part_same(k.statistics[letter], r.n, args[10]),
        words = letter == 'L' and call('HGET', k.words_of, r.n) or '',
    }
    old.same = r.blob == args[8] and old.sealed_same and old.statistics_same
        and old.words == args[12] and r.person == args[11] and r.references == args[13]
    return old
end

local function put_changed(c, r, observed, old, others)
    local k, args, letter, n = c.k, c.args, c.letter, r.n
    local before, person, warnings = r.references, r.person, ''
    r.revision = change(c, r.name)
    r.observed, r.references, r.person, r.blob = observed, args[13], args[11], args[8]
    record_write(c, letter, r)
    if not old.sealed_same then
        part_write(k.sealed[letter], n, args[9])
    end
    if not old.statistics_same then
        part_write(k.statistics[letter], n, args[10])
    end
    if before ~= r.references then
        references_count(c, r.references, '1')
        references_count(c, before, '-1')
    end
    words_write(c, n, old.words, args[12])
    quarantine_lift(c, r.name)
    if person ~= r.person then
        if person ~= '-' then
            person_remove(c, person, n)
        end
        if r.person ~= '-' then
            local people
            people, warnings = person_with(others, n)
            call('HSET', k.find, r.person, people)
        end
    end
    return ok(r.name, r.revision, 'updated') .. warnings
end

local function put_run(c)
    local args, letter = c.args, c.letter
    local found = call('HMGET', c.k.find, letter .. args[6], args[11])
    local r = found[1] and record_read(c, letter, found[1])
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    end
    if not r then
        return put_new(c, found[2])
    end
    local _, _, observed = find(args[7], '^(%S+)')
    if tonumber(observed) < tonumber(r.observed) then
        return ok(r.name, r.revision, 'stale')
    end
    -- The first half stands for the name: a birth date that is added or mended is no other person.
    if r.person ~= '-' and args[11] ~= '-' and sub(r.person, 1, 16) ~= sub(args[11], 1, 16)
        and not c.what.operation.same_person then
        return rejected('probable_duplicate', r.name)
    end
    local old = put_compare(c, r)
    if old.same then
        if r.observed ~= observed then
            r.observed = observed
            record_write(c, letter, r)
        end
        return ok(r.name, r.revision, 'unchanged')
    end
    local missing = r.references ~= args[13] and reference_missing(c, args[13])
    if missing then
        return rejected('unknown_reference', missing)
    end
    return put_changed(c, r, observed, old, found[2])
end

OPERATIONS.put = { name = 'put', check = put_check, run = put_run, letters = RECORDS, least = 13 }
-- The caller confirms that it is the same person, whatever the name.
OPERATIONS.put_same = { name = 'put', check = put_check, run = put_run,
    letters = RECORDS, least = 13, same_person = true }

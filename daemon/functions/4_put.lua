
-- Operations of event_commit ----------------------------------------------------------------------

-- Each has its name in the log, `check`, which raises on malformed arguments, and `run`, which
-- returns the answer; the letters of the kinds it is for and how many arguments it takes, the time
-- and what it is about included. The context c:
--   k keys, v views of them; now; what (see `what_of`), letter, states
--   args, at, step: argument j of the event is args[at + j * step]; step is 1 for all but put
--   count of its arguments; expected: revision or nil, the fifth unless the operation says another;
--   exists (whether the territory does)
--   seq, lines: the last number taken, and what goes into the log
--   for puts: first (see groups), i, the place in the group; names: of the group, the references of
--   all events, then their people; named: by event, the records it names, if any; found: what was
--   found by the names; kept: what was kept of their
--   request ids, by bucket; seen: names and ids of those that `puts_create` has dealt with
local OPERATIONS = {}
local RECORDS = { L = true, O = true, E = true, P = true, C = true, J = true, F = true, R = true,
    H = true, M = true, B = true }
local OFFERS = { O = true }
local ATTACHMENTS = { A = true }
local TERRITORIES = { T = true }

-- Sealed and statistics parts: a fingerprint and a box, or empty.
local function part_check(part, what)
    local size = #part
    if size < 16 and size > 0 or size > BLOB_MAX then
        malformed(what)
    end
end

local function blob_check(blob)
    if #blob < 1 or #blob > BLOB_MAX then
        malformed('record blob')
    end
end

-- The optional arguments of a put come last, and those that no put of its group has are left out.
local function optional(c, j)
    return j <= c.count and c.args[c.at + j * c.step] or ''
end

-- A list with room for that many values, so that it need not grow; what it holds is of no use.
local function list_with_room(c, size)
    return { unpack(c.args, c.first, c.first + size - 1) }
end

-- Checks the puts of a group, and takes out of their records what these are found by. Nearly all
-- calls come here and find nothing wrong: hence one loop.
local function puts_check(c)
    local args, events, states, names, named = c.args, c.step, STATE_NAMES[c.letter]
    local kind, learner = byte(c.letter), c.letter == 'L'
    local records = c.first + 2 * events - 1 -- the place before each column
    local sealed = c.count >= 6 and records + events
    local statistics = c.count >= 7 and records + 2 * events
    local words = c.count >= 8 and records + 3 * events
    names, named = list_with_room(c, 2 * events), {}
    for i = 1, events do
        local record = args[records + i]
        local size = #record
        local state, high, low, r1, r2, r3, r4, r5, r6, letter = byte(record, 1, 10)
        local person = sub(record, 43, 74)
        if size <= HEADER_SIZE or size > BLOB_MAX then
            malformed('record')
        elseif not states[state] or r1 + r2 + r3 + r4 + r5 + r6 ~= 0 then
            malformed('state or revision')
        elseif letter ~= kind then
            malformed('reference')
        elseif person ~= NOBODY and not learner then
            malformed('person')
        elseif high + low > 0 then
            check(size > HEADER_SIZE + 256 * high + low, 'record')
            named[i] = sub(record, HEADER_SIZE + 1, HEADER_SIZE + 256 * high + low)
            references_check(named[i])
        end
        names[i], names[events + i] = sub(record, 10, 42), person
        if sealed then
            part_check(args[sealed + i], 'sealed part')
        end
        if statistics then
            part_check(args[statistics + i], 'statistics part')
        end
        if words and args[words + i] ~= '' then
            check(learner, 'words')
            words_check(args[words + i])
        end
    end
    c.names, c.named = names, named
end

-- A record as a put brings it, taken apart.
local function put_read(c)
    local record = c.args[c.at + 5 * c.step]
    local _, size, _, reference, person, observed = unpack_struct(HEADER, record)
    return {
        reference = reference, person = person, observed = observed,
        references = sub(record, HEADER_SIZE + 1, HEADER_SIZE + size),
        blob = sub(record, HEADER_SIZE + size + 1),
    }
end

-- Whether a put brings what is stored already; also reads what a change has to compare with.
local function put_compare(c, r, put)
    local v, letter = c.v, c.letter
    local old = {
        sealed_same = part_same(v.sealed[letter], r.n, optional(c, 6)),
        statistics_same = part_same(v.statistics[letter], r.n, optional(c, 7)),
        words = letter == 'L' and hget(v.words_of, r.n) or '',
    }
    old.same = r.blob == put.blob and old.sealed_same and old.statistics_same
        and old.words == optional(c, 8) and r.person == put.person
        and r.references == put.references
    return old
end

local function put_changed(c, r, put, old)
    local v, letter, n, before, person, warnings = c.v, c.letter, r.n, r.references, r.person, ''
    if letter == 'O' then
        draft_put(c, r)
    end
    r.revision = change(c, r.name)
    r.observed, r.references, r.person, r.blob = put.observed, put.references, put.person, put.blob
    record_write(c, letter, r)
    if not old.sealed_same then
        part_write(v.sealed[letter], n, optional(c, 6))
    end
    if not old.statistics_same then
        part_write(v.statistics[letter], n, optional(c, 7))
    end
    if before ~= r.references then
        references_count(c, r.references, 1)
        references_count(c, before, -1)
    end
    words_write(c, n, old.words, optional(c, 8))
    quarantine_lift(c, r.name)
    if person ~= r.person then
        if person ~= NOBODY then
            person_remove(c, person, n)
        end
        if r.person ~= NOBODY then
            warnings = person_add(c, r.person, n)
        end
    end
    return ok(r.name, r.revision, 'updated') .. warnings
end

-- Reads all that creating a record will need of others, so that from there on nothing can fail.
-- Returns the first of its references that does not exist.
local function put_look(c, references, words)
    if c.what.operation.rule then
        call('HLEN', c.k.draft)
        call('XLEN', c.k.reading)
    end
    local missing = reference_missing(c, references)
    for name in gmatch(references, '%u%d+') do
        hget(c.v.uses, name)
    end
    for word in gmatch(words, '[^\n]+') do
        hget(c.v.words, word)
    end
    return missing
end

-- Of a record that exists, or one that is expected to; `puts_create` makes those that do not. No
-- answer: the reference led nowhere, and is forgotten.
local function put_run(c)
    local letter, reference = c.letter, c.names[c.i]
    local n = hget(c.v.find, reference, c.found[c.i])
    local r = n and record_read(c, letter, n)
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    elseif not r then
        hset(c.v.find, reference, false)
        return nil
    end
    local put = put_read(c)
    if put.observed < r.observed then
        return ok(r.name, r.revision, 'stale')
    end
    -- The first half stands for the name: a birth date that is added or mended is no other person.
    if r.person ~= NOBODY and put.person ~= NOBODY and not c.what.operation.same_person
        and sub(r.person, 1, 16) ~= sub(put.person, 1, 16) then
        return rejected('probable_duplicate', r.name)
    end
    local old, operation = put_compare(c, r, put), c.what.operation
    local draft = letter == 'O' and (operation.rule or hget(c.v.draft, n)) and draft_look(c, n)
    local confirms = operation.confirms and draft
    if old.same and not confirms or operation.rule and draft_same(c, r, put.blob) then
        if r.observed ~= put.observed then
            r.observed = put.observed
            record_write(c, letter, r)
        end
        return ok(r.name, r.revision, 'unchanged')
    end
    local missing = r.references ~= put.references and reference_missing(c, put.references)
    if missing then
        return rejected('unknown_reference', missing)
    end
    return put_changed(c, r, put, old)
end

OPERATIONS.put = { name = 'put', check = puts_check, run = put_run, letters = RECORDS,
    least = 5, most = 9, expected = 9 }
-- The caller confirms that it is the same person, whatever the name.
OPERATIONS.put_same = { name = 'put', check = puts_check, run = put_run,
    letters = RECORDS, least = 5, most = 9, expected = 9, same_person = true }
-- An offer that came as text.
OPERATIONS.put_draft = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 5, most = 9, expected = 9, rule = 'asks' }
-- The same, from a source whose offers need not be confirmed.
OPERATIONS.put_trusted = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 5, most = 9, expected = 9, rule = 'trusted' }
-- An offer as its employer confirms it.
OPERATIONS.put_confirmed = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 5, most = 9, expected = 9, confirms = true }

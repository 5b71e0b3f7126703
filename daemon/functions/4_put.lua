
-- Operations of event_commit ----------------------------------------------------------------------

-- Each has its name in the log, `check`, which raises on malformed arguments, and `run`, which
-- returns the answer; the letters of the kinds it is for and how many arguments it takes, the time
-- and what it is about included. The context c:
--   k keys, v views of them; now; what (see `what_of`), letter, states
--   args, at, step: argument j of the event is args[at + j * step]; step is 1 for all but put
--   count of its arguments; expected: revision or nil, the fifth unless the operation says another;
--   exists (whether the territory does)
--   seq, lines: the last number taken, and what goes into the log
--   for puts: first (see groups), i, the place in the group; found: what was found by the group's
--   references, then by its people; kept: what was kept of their request ids, by bucket
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

-- The references of a put as a header line has them.
local function put_references(c)
    local references = optional(c, 10)
    return references ~= '' and references or '-'
end

-- Checks the puts of a group. Nearly all calls come here and find nothing wrong: hence one loop.
local function puts_check(c)
    local args, events, states, learner = c.args, c.step, c.states, c.letter == 'L'
    local hash_pattern = '^' .. c.letter .. '%x+$'
    local reference = c.first + 2 * events - 1 -- the place before each column
    local person, observed = reference + events, reference + 2 * events
    local blob = reference + 3 * events
    local sealed = c.count >= 9 and reference + 4 * events
    local references = c.count >= 10 and reference + 5 * events
    local statistics = c.count >= 11 and reference + 6 * events
    local words = c.count >= 12 and reference + 7 * events
    local seen -- many are observed at the same time
    for i = 1, events do
        local size, text = #args[blob + i], args[observed + i]
        if text ~= seen then
            local _, _, state = find(text, '^%-?%d+ (%a+)$')
            check(states[state] and #text <= 32, 'observed_ms and initial state')
            seen = text
        end
        if #args[reference + i] ~= 33 or not find(args[reference + i], hash_pattern) then
            malformed('reference')
        elseif size < 1 or size > BLOB_MAX then
            malformed('record blob')
        end
        text = args[person + i]
        if text ~= '-' and not (learner and #text == 32 and find(text, '^%x+$')) then
            malformed('person')
        end
        if sealed then
            part_check(args[sealed + i], 'sealed part')
        end
        if references and args[references + i] ~= '' then
            references_check(args[references + i])
        end
        if statistics then
            part_check(args[statistics + i], 'statistics part')
        end
        if words and args[words + i] ~= '' then
            check(learner, 'words')
            words_check(args[words + i])
        end
    end
end

-- Whether a put brings what is stored already; also reads what a change has to compare with.
local function put_compare(c, r)
    local v, args, at, step, letter = c.v, c.args, c.at, c.step, c.letter
    local old = {
        sealed_same = part_same(v.sealed[letter], r.n, optional(c, 9)),
        statistics_same = part_same(v.statistics[letter], r.n, optional(c, 11)),
        words = letter == 'L' and hget(v.words_of, r.n) or '',
    }
    old.same = r.blob == args[at + 8 * step] and old.sealed_same and old.statistics_same
        and old.words == optional(c, 12) and r.person == args[at + 6 * step]
        and r.references == put_references(c)
    return old
end

local function put_changed(c, r, observed, old)
    local v, args, at, step, letter, n = c.v, c.args, c.at, c.step, c.letter, r.n
    local before, person, warnings = r.references, r.person, ''
    if letter == 'O' then
        draft_put(c, r)
    end
    r.revision = change(c, r.name)
    r.observed, r.references = observed, put_references(c)
    r.person, r.blob = args[at + 6 * step], args[at + 8 * step]
    record_write(c, letter, r)
    if not old.sealed_same then
        part_write(v.sealed[letter], n, optional(c, 9))
    end
    if not old.statistics_same then
        part_write(v.statistics[letter], n, optional(c, 11))
    end
    if before ~= r.references then
        references_count(c, r.references, 1)
        references_count(c, before, -1)
    end
    words_write(c, n, old.words, optional(c, 12))
    quarantine_lift(c, r.name)
    if person ~= r.person then
        if person ~= '-' then
            person_remove(c, person, n)
        end
        if r.person ~= '-' then
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
    local args, at, step, letter = c.args, c.at, c.step, c.letter
    local n = hget(c.v.find, args[at + 5 * step], c.found[c.i])
    local r = n and record_read(c, letter, n)
    local conflict = revision_conflict(c, r)
    if conflict then
        return conflict
    elseif not r then
        hset(c.v.find, args[at + 5 * step], false)
        return nil
    end
    local _, _, observed = find(args[at + 7 * step], '^(%S+)')
    if tonumber(observed) < tonumber(r.observed) then
        return ok(r.name, r.revision, 'stale')
    end
    -- The first half stands for the name: a birth date that is added or mended is no other person.
    local person = args[at + 6 * step]
    if r.person ~= '-' and person ~= '-' and sub(r.person, 1, 16) ~= sub(person, 1, 16)
        and not c.what.operation.same_person then
        return rejected('probable_duplicate', r.name)
    end
    local old, operation = put_compare(c, r), c.what.operation
    local draft = letter == 'O' and (operation.rule or hget(c.v.draft, n)) and draft_look(c, n)
    local confirms = operation.confirms and draft
    if old.same and not confirms or operation.rule and draft_same(c, r, args[at + 8 * step]) then
        if r.observed ~= observed then
            r.observed = observed
            record_write(c, letter, r)
        end
        return ok(r.name, r.revision, 'unchanged')
    end
    local references = put_references(c)
    local missing = r.references ~= references and reference_missing(c, references)
    if missing then
        return rejected('unknown_reference', missing)
    end
    return put_changed(c, r, observed, old)
end

OPERATIONS.put = { name = 'put', check = puts_check, run = put_run, letters = RECORDS,
    least = 8, most = 13, expected = 13 }
-- The caller confirms that it is the same person, whatever the name.
OPERATIONS.put_same = { name = 'put', check = puts_check, run = put_run,
    letters = RECORDS, least = 8, most = 13, expected = 13, same_person = true }
-- An offer that came as text.
OPERATIONS.put_draft = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 8, most = 13, expected = 13, rule = 'asks' }
-- The same, from a source whose offers need not be confirmed.
OPERATIONS.put_trusted = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 8, most = 13, expected = 13, rule = 'trusted' }
-- An offer as its employer confirms it.
OPERATIONS.put_confirmed = { name = 'put', check = puts_check, run = put_run,
    letters = OFFERS, least = 8, most = 13, expected = 13, confirms = true }

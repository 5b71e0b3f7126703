
-- Requests ----------------------------------------------------------------------------------------

-- The answer given before to this request, or that its id had another body, or nil.
local function request_answer(c, bucket)
    local requests, other, id = c.v.request, BUCKET_AFTER[bucket], c.args[c.at + 3 * c.step]
    local kept = hget(requests[bucket], id, c.kept[bucket][c.i])
        or hget(requests[other], id, c.kept[other][c.i])
    if not kept then
        return nil
    elseif sub(kept, 1, 8) ~= c.args[c.at + 4 * c.step] then
        return rejected('request_reused')
    end
    return sub(kept, 9)
end

-- Goes on to the other bucket when the current one is due. Also closes a territory that is about to
-- run out of numbers: as only some calls look, well before it does.
local function request_rotate(c, bucket, seq)
    local meta, now = c.v.meta, tonumber(c.now)
    local since = tonumber(hget(meta, 'bucket_since') or now)
    if now - since >= BUCKET_MS or call('HLEN', c.k.request[bucket]) >= BUCKET_IDS then
        bucket = BUCKET_AFTER[bucket]
        call('UNLINK', c.k.request[bucket])
        view_forget(c.v.request[bucket])
        hset(meta, 'bucket', bucket)
        hset(meta, 'bucket_since', c.now)
    elseif now < since then -- the clock was set back: count the day from here
        hset(meta, 'bucket_since', c.now)
    end
    if seq > SEQ_MAX then
        hset(meta, 'bucket', 'full')
    end
    return bucket
end

local function request_keep(c, bucket, answer)
    local id, body = c.args[c.at + 3 * c.step], c.args[c.at + 4 * c.step]
    if byte(id, 16) < BUCKET_LOOKS then
        bucket = request_rotate(c, bucket, seq_now(c))
    end
    hset(c.v.request[bucket], id, body .. answer)
end

-- What a call is about, '<operation> <kind letter> <occurred_on>', taken apart. Nearly every call
-- brings one seen just before, so they are kept; they follow from the text alone.
local whats, whats_count = {}, 0

local function what_of(text)
    local what = whats[text]
    if what then
        return what
    end
    local _, _, name, letter, date = find(text, '^(%S*) (%S*) (%S*)$')
    local operation = OPERATIONS[name or '']
    check(operation, 'operation')
    check(operation.letters[letter], 'kind')
    day(date, 'occurred_on')
    if whats_count >= 1000 then
        whats, whats_count = {}, 0
    end
    what = { operation = operation, letter = letter, states = STATES[letter], date = date,
             entry = operation.name .. ' ' .. letter .. ' ' .. date }
    whats[text], whats_count = what, whats_count + 1
    return what
end

-- Groups of events -------------------------------------------------------------------------------

-- A group has one `what` for all its events, and their arguments by columns, so that these can be
-- handed to Redis as they are: first: the place of the first argument of the first event; events,
-- arguments: how many, of each.

-- One event at a time, so one context serves them all.
local context = {}
local NOTHING_KEPT = { ['0'] = {}, ['1'] = {} }

-- Lets the context be about a group.
local function context_enter(group)
    local c, what = context, group.what
    c.what, c.letter, c.states = what, what.letter, what.states
    c.first, c.step, c.count = group.first, group.events, group.arguments + 2
    return c
end

-- Lets it be about event i of that group.
local function context_move(c, i)
    local at, j = c.first + i - 1 - 3 * c.step, c.what.operation.expected or 5
    local expected = j <= c.count and c.args[at + j * c.step] or ''
    c.at, c.i = at, i
    c.expected = expected ~= '' and number(expected, 'expected revision') or nil
end

local function group_check(group)
    local c, args, first, events = context_enter(group), context.args, group.first, group.events
    local operation = group.what.operation
    if c.count < operation.least or c.count > (operation.most or operation.least) then
        malformed('wrong number of arguments')
    elseif events > 1 and operation.run ~= put_run then
        malformed('a group of something else than puts')
    end
    for i = first, first + events - 1 do
        if #args[i] ~= 16 then
            malformed('request key')
        elseif #args[i + events] ~= 8 then
            malformed('body hash')
        end
    end
    if c.count >= (operation.expected or 5) then
        for i = events, 1, -1 do
            context_move(c, i) -- looks at the expected revision
        end
    end
    context_move(c, 1)
    operation.check(c) -- looks at all events of the group
end

-- The groups that a call consists of; raises when any event is malformed.
local function groups_read(args)
    local groups, place, total = {}, 2, 0
    while place <= #args do
        check(#args >= place + 2, 'arguments are missing')
        local group = { events = number(args[place], 'events', 1, EVENTS_MAX),
                        arguments = number(args[place + 1], 'arguments', 2, 23),
                        what = what_of(args[place + 2]), first = place + 3 }
        place, total = group.first + group.events * group.arguments, total + group.events
        check(place - 1 <= #args, 'arguments are missing')
        group_check(group)
        groups[#groups + 1] = group
    end
    check(total <= EVENTS_MAX, 'too many events')
    return groups
end

-- Reads the records that were found by reference, with what a put has to compare.
local function group_look_closer(c)
    local v, letter, numbers = c.v, c.letter, {}
    for i = 1, c.step do
        numbers[#numbers + 1] = c.found[i] or nil
    end
    if #numbers > 1 then
        view_read(v.record[letter], numbers)
        view_read(v.sealed[letter], numbers)
        view_read(v.statistics[letter], numbers)
        if letter == 'L' then
            view_read(v.words_of, numbers)
        end
    end
end

-- Reads what all puts of a group have to know first.
local function group_look(c, group)
    local k, args, first, events = c.k, c.args, group.first, group.events
    c.kept = NOTHING_KEPT
    if group.what.operation.run == put_run then
        c.kept = {
            ['0'] = call('HMGET', k.request['0'], unpack(args, first, first + events - 1)),
            ['1'] = call('HMGET', k.request['1'], unpack(args, first, first + events - 1)),
        }
        c.found = call('HMGET', k.find, unpack(args, first + 2 * events, first + 4 * events - 1))
        group_look_closer(c)
    end
end

local function event_run(c)
    local bucket, run = hget(c.v.meta, 'bucket'), c.what.operation.run
    c.exists = bucket
    if bucket == 'full' then
        malformed('the territory is out of numbers')
    elseif bucket then
        local before = request_answer(c, bucket)
        if before then
            return before
        end
    elseif run ~= territory_run then
        return rejected('unknown_territory')
    end
    local answer = run(c)
    if type(answer) == 'string' then
        request_keep(c, bucket or '0', answer)
    end
    return answer
end

-- Kept between calls: they need not grow again.
local records, sealed_parts, statistics_parts = {}, {}, {}
local finds, requests = {}, {}

local function write_run(view, values, size)
    if size > 0 then
        call('HSET', view.key, unpack(values, 1, size))
    end
    for i = 1, size do
        values[i] = nil -- no longer than it must does Redis's Lua remember anybody
    end
end

-- What was raised, as an answer.
local function error_answer(why)
    return type(why) == 'table' and why or { err = why .. '' }
end

-- The bits of the numbers from `first` on, all set: consecutive ones need few operations.
local function bits_of(first, count)
    local operations, size = {}, 0
    while count > 0 do
        local width = min(count, BITS_AT_ONCE)
        operations[size + 1], operations[size + 2] = 'SET', 'u' .. width
        operations[size + 3], operations[size + 4] = first, 2 ^ width - 1
        first, count, size = first + width, count - width, size + 4
    end
    return operations
end

-- Most events by far bring a record that nobody has seen. From event i on, creates the records of
-- such puts and answers them, writes all that at once, and returns the number of the first put that
-- is something else. This loop is where a call spends its time, hence no function calls in it but
-- for what few events have, and no views but for what later events may ask for.
local function puts_create(c, i, answers)
    local v, args, events, letter, entry = c.v, c.args, c.step, c.letter, c.what.entry
    local bucket = hget(v.meta, 'bucket')
    local other = BUCKET_AFTER[bucket or '']
    c.exists = bucket
    if not other then
        return i
    end
    local seq, lines, line = seq_now(c), c.lines, #c.lines
    local first, at, look = seq + 1, c.first + i - 1, false
    local kept, kept_before, found = c.kept[bucket], c.kept[other], c.found
    local kept_now, kept_other_now = view_now(v.request[bucket]), view_now(v.request[other])
    local find_now, record_now = view_now(v.find), v.record[letter].now
    local size, find_size, sealed_size, statistics_size = 0, 0, 0, 0
    local has_sealed, has_references = c.count >= 9, c.count >= 10
    local has_statistics, has_words, has_expected = c.count >= 11, c.count >= 12, c.count >= 13
    local rule = c.what.operation.rule
    while i <= events do
        local id, reference, person = args[at], args[at + 2 * events], args[at + 3 * events]
        local references = has_references and args[at + 7 * events] or ''
        local expected = has_expected and args[at + 10 * events] or ''
        if kept[i] or kept_before[i] or kept_now[id] or kept_other_now[id]
            or find_now[reference] or found[i] and find_now[reference] ~= false
            or expected ~= '' and tonumber(expected) ~= 0 then
            break
        end
        local words = has_words and args[at + 9 * events] or ''
        references = references ~= '' and references or '-'
        local seen, missing = true, nil
        if references ~= '-' or words ~= '' or rule then
            seen, missing = pcall(put_look, c, references, words)
        end
        if not seen then
            answers[#answers + 1] = error_answer(missing)
        elseif missing then
            answers[#answers + 1] = rejected('unknown_reference', missing)
        else
            look = look or byte(id, 16) < BUCKET_LOOKS
            seq, line = seq + 1, line + 1
            local n = seq .. ''
            local answer = letter .. n .. ' ' .. n .. ' created'
            records[size + 1], records[size + 2] = n, n .. ' ' .. args[at + 4 * events] .. ' ' .. n
                .. ' ' .. sub(reference, 2) .. ' ' .. person .. ' ' .. references .. '\n'
                .. args[at + 5 * events]
            lines[line] = entry
            if record_now[n] == false then
                record_now[n] = nil -- looked for in vain before
            end
            if find_now[reference] == false then -- its removal waits to be written
                hset(v.find, reference, n)
                view_catch_up(v.find)
            else
                finds[find_size + 1], finds[find_size + 2] = reference, n
                find_now[reference], find_size = n, find_size + 2
            end
            if person ~= '-' then
                if found[events + i] or find_now[person] ~= nil then
                    answer = answer .. person_add(c, person, n, found[events + i])
                    view_catch_up(v.find)
                else
                    finds[find_size + 1], finds[find_size + 2] = person, n
                    find_now[person], find_size = n, find_size + 2
                end
            end
            local sealed = has_sealed and args[at + 6 * events] or ''
            local statistics = has_statistics and args[at + 8 * events] or ''
            if sealed ~= '' then
                sealed_parts[sealed_size + 1], sealed_parts[sealed_size + 2] = n, sealed
                sealed_size = sealed_size + 2
            end
            if statistics ~= '' then
                statistics_parts[statistics_size + 1] = n
                statistics_parts[statistics_size + 2] = statistics
                statistics_size = statistics_size + 2
            end
            if references ~= '-' then
                references_count(c, references, 1)
                if PARTS[letter] then
                    membership_write(c, letter, n, references, true)
                end
            end
            if words ~= '' then
                words_write(c, n, '', words)
            end
            if rule then
                hset(v.draft, n, rule)
                draft_unread(c, n)
            end
            answers[#answers + 1], kept_now[id] = answer, args[at + events] .. answer
            requests[size + 1], requests[size + 2], size = id, kept_now[id], size + 2
        end
        i, at = i + 1, at + 1
    end
    if look then
        bucket = request_rotate(c, bucket, seq)
    end
    if size > 0 then
        c.seq = seq
        write_run(v.record[letter], records, size)
        write_run(v.sealed[letter], sealed_parts, sealed_size)
        write_run(v.statistics[letter], statistics_parts, statistics_size)
        write_run(v.find, finds, find_size)
        write_run(v.request[bucket], requests, size)
        call('BITFIELD', v.ids[letter].key, unpack(bits_of(first, size / 2)))
    end
    return i
end

-- Answers the events of a group from number i on.
local function group_run(c, group, i, answers)
    while i <= group.events do
        if group.what.operation.run == put_run then
            i = puts_create(c, i, answers)
        end
        if i <= group.events then
            context_move(c, i)
            local answer = event_run(c)
            if answer then
                answers[#answers + 1], i = answer, i + 1
            end
        end
    end
end

-- An event that cannot go on has changed nothing, and those beside it go their way.
local function group_answer(group, answers)
    local c, before = context_enter(group), #answers
    local looked, cause = pcall(group_look, c, group)
    while #answers < before + group.events do
        local done, why = looked, cause
        if looked then
            done, why = pcall(group_run, c, group, #answers - before + 1, answers)
        end
        if not done then
            answers[#answers + 1] = error_answer(why)
        end
    end
end

local function event_commit(keys, args)
    local c, k, answers = context, keys_of(keys, args, 7, 1 + 26 * EVENTS_MAX), {}
    c.k, c.v, c.args, c.now = k, k.view, args, args[1]
    number(args[1], 'now')
    local groups = groups_read(args)
    view_begin()
    c.seq, c.lines, c.unread = nil, {}, nil
    for i = 1, #groups do
        group_answer(groups[i], answers)
    end
    if #c.lines > 0 then
        call('XADD', k.log, '0-' .. c.seq, 'e', concat(c.lines, '\n'))
    end
    drafts_announce(c)
    view_write()
    view_begin() -- nor does it remember what was read
    return answers
end

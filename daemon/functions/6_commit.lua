
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
    local answer = sub(kept, 9)
    return find(answer, '^%u%d+$') and ok(answer, sub(answer, 2), 'created') or answer
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

-- Groups of events --------------------------------------------------------------------------------

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
    c.names, c.named = group.names, group.named
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
    group.names, group.named = c.names, c.named
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
    local v, letter, found, numbers = c.v, c.letter, c.found, {}
    for i = 1, c.step do
        if found[i] then
            numbers[#numbers + 1] = found[i]
        end
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
        c.found = call('HMGET', k.find, unpack(c.names, 1, 2 * events))
        group_look_closer(c)
    end
    c.seen = {}
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

-- What a field is, whatever was read before.
local function value_now(view, field)
    local value = view_now(view)[field]
    if value == nil then
        value = call('HGET', view.key, field)
    end
    return value
end

-- Reads anew what event i is looked up by, once an event before it has written the same.
local function put_look_again(c, i)
    local v, events, id = c.v, c.step, c.args[c.first + i - 1]
    c.found[i] = value_now(v.find, c.names[i])
    c.found[events + i] = value_now(v.find, c.names[events + i])
    c.kept['0'][i], c.kept['1'][i] = value_now(v.request['0'], id), value_now(v.request['1'], id)
end

-- Texts of numbers below a hundred with two digits: to make one out of a number costs much more
-- than to join two texts.
local DIGITS = {}
for i = 0, 99 do
    DIGITS[i] = (i < 10 and '0' or '') .. i
end

-- Writes the first values of a list, which are fields and values in turn.
local function pairs_write(view, values, size)
    if size > 0 then
        call('HSET', view.key, unpack(values, 1, size))
    end
end

-- Most events by far bring a record that nobody has seen. From event i on, creates the records of
-- such puts and answers them, writes all that at once, and returns the number of the first put that
-- is something else. This loop is where a call spends its time, hence no function calls in it but
-- for what few events have, no text that need not be built, and no views but for what they hold
-- already: what is written here is read again, if need be (`seen`).
local function puts_create(c, i, answers)
    local v, args, events, letter, names, named = c.v, c.args, c.step, c.letter, c.names, c.named
    local bucket = hget(v.meta, 'bucket')
    local other = BUCKET_AFTER[bucket or '']
    c.exists = bucket
    if not other then
        return i
    end
    local kept, kept_before, found, seen = c.kept[bucket], c.kept[other], c.found, c.seen
    local find_now, record_now = view_now(v.find), view_now(v.record[letter])
    local kept_now, kept_other_now = view_now(v.request[bucket]), view_now(v.request[other])
    local mixed = next(find_now) or next(record_now) or next(kept_now) or next(kept_other_now)
    local seq, at, answered = seq_now(c), c.first + i - 1, #answers
    local first, low, high = seq + 1, seq % 100, floor(seq / 100) .. ''
    local records_at, sealed_at = 2 * events, c.count >= 6 and 3 * events
    local statistics_at = c.count >= 7 and 4 * events
    local words_at, expected_at = c.count >= 8 and 5 * events, c.count >= 9 and 6 * events
    local rule = c.what.operation.rule
    local rare = statistics_at or next(named) or rule
    local look = byte(args[at], 16) < BUCKET_LOOKS
    local records, requests, finds, sealed_parts, statistics_parts
    local size, find_size, sealed_size, statistics_size = 0, 0, 0, 0
    local function write()
        pairs_write(v.record[letter], records, size)
        pairs_write(v.sealed[letter], sealed_parts, sealed_size)
        pairs_write(v.statistics[letter], statistics_parts, statistics_size)
        pairs_write(v.find, finds, find_size)
        pairs_write(v.request[bucket], requests, size)
        size, find_size, sealed_size, statistics_size = 0, 0, 0, 0
    end
    while i <= events do
        local id, reference, person = args[at], names[i], names[events + i]
        if seen[id] or seen[reference] or seen[person] then
            write()
            put_look_again(c, i)
        end
        if kept[i] or kept_before[i] or found[i] and find_now[reference] ~= false
            or mixed and (kept_now[id] or kept_other_now[id] or find_now[reference])
            or expected_at and (tonumber(args[at + expected_at]) or 0) ~= 0 then
            break
        elseif not records then
            local room = 2 * (events - i + 1)
            records, requests = list_with_room(c, room), list_with_room(c, room)
            sealed_parts, finds = list_with_room(c, room), list_with_room(c, 2 * room)
            statistics_parts = {}
        end
        local references, words, refusal = '', '', nil
        if rare then
            references, words = named[i] or '', words_at and args[at + words_at] or ''
            if references ~= '' or words ~= '' or rule then
                local done, missing = pcall(put_look, c, references, words)
                refusal = not done and error_answer(missing)
                    or missing and rejected('unknown_reference', missing)
                mixed = true
            end
        end
        answered = answered + 1
        if refusal then
            answers[answered] = refusal
        else
            seq, low = seq + 1, low + 1
            if low == 100 then
                low, high = 0, seq / 100 .. ''
            end
            local n = seq < 100 and seq .. '' or high .. DIGITS[low]
            local warnings = ''
            seen[id], seen[reference] = true, true
            if mixed and find_now[reference] == false then -- its removal waits to be written
                hset(v.find, reference, n)
                view_catch_up(v.find)
            else
                finds[find_size + 1], finds[find_size + 2] = reference, n
                find_size = find_size + 2
            end
            if person ~= NOBODY then
                seen[person] = true
                if found[events + i] or mixed and find_now[person] ~= nil then
                    warnings = person_add(c, person, n, found[events + i])
                    view_catch_up(v.find)
                    mixed = true
                else
                    finds[find_size + 1], finds[find_size + 2] = person, n
                    find_size = find_size + 2
                end
            end
            if sealed_at and args[at + sealed_at] ~= '' then
                sealed_parts[sealed_size + 1] = n
                sealed_size = sealed_size + 2
                sealed_parts[sealed_size] = args[at + sealed_at]
            end
            if rare then
                if statistics_at and args[at + statistics_at] ~= '' then
                    statistics_parts[statistics_size + 1] = n
                    statistics_size = statistics_size + 2
                    statistics_parts[statistics_size] = args[at + statistics_at]
                end
                references_count(c, references, 1)
                words_write(c, n, '', words)
                if PARTS[letter] then
                    membership_write(c, letter, n, references, true)
                end
                if rule then
                    hset(v.draft, n, rule)
                    draft_unread(c, n)
                end
            end
            size = size + 2
            records[size - 1], records[size] = n, args[at + records_at]
            requests[size - 1] = id
            if warnings == '' then
                answers[answered], requests[size] = seq, args[at + events] .. letter .. n
            else
                answers[answered] = ok(letter .. n, n, 'created') .. warnings
                requests[size] = args[at + events] .. answers[answered]
            end
            if mixed then
                record_now[n] = nil -- may have been looked for in vain before
                kept_now[id] = kept_now[id] ~= nil and requests[size] or nil
            end
        end
        i, at = i + 1, at + 1
    end
    if seq >= first then
        if look then
            bucket = request_rotate(c, bucket, seq)
        end
        c.seq, c.lines[#c.lines + 1] = seq, rep(c.what.entry .. '\n', seq - first) .. c.what.entry
        write()
        call('BITFIELD', v.ids[letter].key, unpack(bits_of(first, seq - first + 1)))
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

redis.register_function('event_commit', function(keys, args)
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
end)


-- Requests ----------------------------------------------------------------------------------------

-- The answer given before to this request, or that its id had another body, or nil.
local function request_answer(c, bucket)
    local k, args = c.k, c.args
    local kept = call('HGET', k.request[bucket], args[2])
        or call('HGET', k.request[BUCKET_AFTER[bucket]], args[2])
    if not kept then
        return nil
    elseif sub(kept, 1, 8) ~= args[3] then
        return rejected('request_reused')
    end
    return sub(kept, 9)
end

-- The bucket from now on, when the current one is due for the next. Also closes a territory that
-- is about to run out of numbers: as only some calls look, well before it does.
local function request_rotate(c, bucket, answer)
    local k, now = c.k, tonumber(c.args[1])
    local since = tonumber(call('HGET', k.meta, 'bucket_since') or now)
    if now - since >= BUCKET_MS or call('HLEN', k.request[bucket]) >= BUCKET_IDS then
        bucket = BUCKET_AFTER[bucket]
        call('UNLINK', k.request[bucket])
        call('HSET', k.meta, 'bucket', bucket, 'bucket_since', c.args[1])
    elseif now < since then -- the clock was set back: count the day from here
        call('HSET', k.meta, 'bucket_since', c.args[1])
    end
    local _, _, seq = find(answer, ' (%d+)')
    if tonumber(seq) > SEQ_MAX then
        call('HSET', k.meta, 'bucket', 'full')
    end
    return bucket
end

local function request_keep(c, bucket, answer)
    local args = c.args
    if byte(args[2], 16) < BUCKET_LOOKS then
        bucket = request_rotate(c, bucket, answer)
    end
    call('HSET', c.k.request[bucket], args[2], args[3] .. answer)
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

-- One call at a time, so one context serves them all.
local context = {}

local function event_context(keys, args)
    local c, k = context, keys_of(keys, args, 6, 25)
    local what, expected = what_of(args[4]), args[5]
    local operation = what.operation
    if #args < operation.least or #args > (operation.most or operation.least) then
        malformed('wrong number of arguments')
    elseif #args[2] ~= 16 then
        malformed('request key')
    elseif #args[3] ~= 8 then
        malformed('body hash')
    elseif #args[1] > 15 or not find(args[1], '^%d+$') then
        malformed('now')
    end
    c.k, c.args, c.what, c.letter, c.states = k, args, what, what.letter, what.states
    c.expected = expected ~= '' and number(expected, 'expected revision') or nil
    operation.check(c)
    return c, operation
end

local function event_commit(keys, args)
    local c, operation = event_context(keys, args)
    local bucket = call('HGET', c.k.meta, 'bucket')
    c.exists = bucket
    if bucket == 'full' then
        malformed('the territory is out of numbers')
    elseif bucket then
        local before = request_answer(c, bucket)
        if before then
            return before
        end
    elseif operation.run ~= territory_run then
        return rejected('unknown_territory')
    end
    local answer = operation.run(c)
    if type(answer) == 'string' then
        request_keep(c, bucket or '0', answer)
    end
    return answer
end

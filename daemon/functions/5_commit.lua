
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


-- Slots -------------------------------------------------------------------------------------------

local function worker_name(text)
    check(#text <= 128 and find(text, '^[%w.:_@/-]+$'), 'worker')
    return text
end

-- `slots` and `model` of a territory, or nothing and the answer that it does not exist.
local function slots_read(k)
    local meta = call('HMGET', k.meta, 'slots', 'model')
    if not meta[1] then
        return nil, rejected('unknown_territory')
    end
    return { slots = tonumber(meta[1]), model = meta[2] }
end

local function slot_number(text, territory)
    return number(text, 'slot', 0, territory.slots - 1)
end

-- The store's clock in milliseconds: the one clock that all workers share.
local function clock_now()
    local time = call('TIME')
    return time[1] * 1000 + (time[2] - time[2] % 1000) / 1000
end

-- A clock set right by a little makes a lease that much longer. Far more than a ttl left means that
-- it was set back by a lot.
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

redis.register_function('slot_acquire', function(keys, args)
    local k = keys_of(keys, args, 4)
    local worker, ttl = worker_name(args[1]), number(args[2], 'ttl', 1, TTL_MAX)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local wanted = args[3] ~= 'any' and slot_number(args[3], territory) or nil
    if not territory.model or args[4] ~= territory.model then
        return { 'none', 'model' }
    end
    local now, leases = clock_now(), leases_read(k, territory)
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
end)

redis.register_function('slot_renew', function(keys, args)
    local k = keys_of(keys, args, 4)
    local worker = worker_name(args[1])
    number(args[3], 'epoch')
    local ttl = number(args[4], 'ttl', 1, TTL_MAX)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local slot = slot_number(args[2], territory)
    local f = call('HMGET', k.slot[slot], 'owner', 'epoch')
    if f[1] ~= worker or f[2] ~= args[3] then
        return { 'lost' }
    end
    local now = clock_now()
    call('HSET', k.slot[slot], 'until', now + ttl, 'ttl', ttl)
    local share = worker_share(k, territory, worker, now, ttl)
    local held = slots_held(leases_read(k, territory), worker, now)
    for i = share + 1, #held do -- the highest of its slots are the ones to give up
        if held[i] == slot then
            return { 'release' }
        end
    end
    return { 'ok' }
end)

redis.register_function('slot_release', function(keys, args)
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
end)

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

local function feed_write(k, slot, cursor, names)
    for i = 1, #names, FEED_NAMES do
        call('XADD', k.feed, 'MAXLEN', '~', FEED_ENTRIES, '*', 's', slot, 'c', cursor,
            'l', concat(names, ' ', i, min(i + FEED_NAMES - 1, #names)))
    end
end

-- 'ok' when the owner may go from one cursor to the other, 'again' when it has, else 'lost'.
local function commit_verdict(k, territory, f, args)
    local cursor = cursor_of(f[3], f[4], territory)
    if f[1] ~= args[1] or f[2] ~= args[3] or not territory.model or args[6] ~= territory.model
        or tonumber(args[5]) > log_seq(k) then
        return 'lost'
    end
    if args[4] == cursor then
        return 'ok'
    end
    return args[5] == cursor and args[4] ~= args[5] and 'again' or 'lost'
end

-- A cursor is compared as text with the one stored, so it comes without leading zeros.
local function cursor(text, what)
    check(text == '0' or text == '-1' or find(text, '^[1-9]'), what)
    return text == '-1' and -1 or number(text, what)
end

redis.register_function('slot_commit', function(keys, args)
    local k = keys_of(keys, args, 6, 6 + 2 * LISTS_MAX)
    worker_name(args[1])
    number(args[3], 'epoch')
    check(cursor(args[4], 'from') <= cursor(args[5], 'to'), 'to is before from')
    local set, gone, names = lists_split(args, 7)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local slot = slot_number(args[2], territory)
    local f = call('HMGET', k.slot[slot], 'owner', 'epoch', 'cursor', 'model')
    local verdict = commit_verdict(k, territory, f, args)
    if verdict ~= 'ok' then
        return { verdict }
    end
    call_in_chunks('HSET', k.lists[slot], set)
    call_in_chunks('HDEL', k.lists[slot], gone)
    if args[4] ~= args[5] then
        call('HSET', k.slot[slot], 'cursor', args[5], 'model', args[6], 'attempts', 0,
            'mark', '')
    end
    feed_write(k, slot, args[5], names)
    return { 'ok' }
end)

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

redis.register_function('slot_mark', function(keys, args)
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
end)

redis.register_function('slot_quarantine', function(keys, args)
    local k = keys_of(keys, args, 4)
    local letter, n = sub(args[3], 1, 1), sub(args[3], 2)
    check(letter == 'L' or letter == 'O', 'record')
    record_number(n, 'record')
    record_number(args[4], 'revision')
    local slot, answer = slot_held(k, args[1], args[2])
    if not slot then
        return answer
    end
    view_begin()
    local r = record_read({ v = k.view }, letter, n)
    call('HSET', k.slot[slot], 'mark', '')
    if not r or r.revision ~= args[4] then
        return { 'changed' }
    end
    call('HSET', k.quarantine, slot .. ':' .. args[3], args[4])
    return { 'ok' }
end)

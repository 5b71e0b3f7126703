
-- The log and the state of a territory ------------------------------------------------------------

redis.register_function('log_trim', function(keys, args)
    local k = keys_of(keys, args, 1)
    local keep = number(args[1], 'keep')
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local seq = log_seq(k)
    local last = seq - keep -- of the entries to go; every number has its entry
    for s = 0, territory.slots - 1 do
        last = min(last, tonumber(call('HGET', k.slot[s], 'cursor') or 0))
    end
    last = max(last, seq - max(keep, LOG_MAX))
    local gone = last < 1 and 0
        or call('XTRIM', k.log, 'MINID', '~', '0-' .. last + 1, 'LIMIT', TRIM_AT_ONCE)
    return { 'ok', gone .. '' }
end)

local STATUS_KINDS = { 'L', 'O', 'E', 'P', 'C', 'A' }

local function territory_status(keys, args)
    local k = keys_of(keys, args, 0)
    local territory, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    local about = call('HMGET', k.meta, 'label', 'day', 'model', 'referential', 'communes',
        'rewrite')
    local answer = { log_seq(k) .. '' }
    for i = 1, 6 do
        answer[i + 1] = about[i] or ''
    end
    answer[8], answer[9] = call('XLEN', k.log) .. '', call('HLEN', k.quarantine) .. ''
    for _, letter in ipairs(STATUS_KINDS) do
        answer[#answer + 1] = call('HLEN', k.record[letter]) .. ''
    end
    answer[#answer + 1] = call('HLEN', k.draft) .. ''
    answer[#answer + 1] = call('XLEN', k.reading) .. ''
    answer[#answer + 1] = territory.slots .. ''
    local now, leases = clock_now(), leases_read(k, territory)
    for s = 0, territory.slots - 1 do
        local lease = leases[s + 1]
        local f = call('HMGET', k.slot[s], 'epoch', 'cursor', 'model')
        answer[#answer + 1] = lease[1] or ''
        answer[#answer + 1] = f[1] or '0'
        answer[#answer + 1] = cursor_of(f[2], f[3], territory)
        answer[#answer + 1] = (lease_free(lease, now) and 0 or lease[2] - now) .. ''
        answer[#answer + 1] = lease[4] or '0'
    end
    return answer
end

-- The append-only file no longer holds what was erased before the rewrite began. A call's time is
-- older than its turn, so what was erased shortly before counts as not yet gone.
redis.register_function('rewrite_done', function(keys, args)
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
end)

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


-- The reading of drafts ---------------------------------------------------------------------------

-- One that a text-worker read: takes its job off, whatever became of the offer meanwhile.
local function job_done(k, job)
    call('XACK', k.reading, 'text', job)
    call('XDEL', k.reading, job)
end

-- What a text-worker recognised in the text of a draft at a revision. Of a source that is trusted it
-- becomes an offer at once, when enough is known (`whole`).
redis.register_function('offer_recognised', function(keys, args)
    local k = keys_of(keys, args, 7)
    check(find(args[1], '^%d+%-%d+$') and #args[1] <= 41, 'job')
    record_number(args[2], 'number')
    record_number(args[3], 'revision')
    day(args[4], 'occurred_on')
    check(args[5] == '0' or args[5] == '1', 'whole')
    blob_check(args[6])
    check(#args[7] <= BLOB_MAX, 'proposed record')
    local _, unknown = slots_read(k)
    if unknown then
        return unknown
    end
    view_begin()
    local c = { k = k, v = k.view, exists = true, lines = {},
                what = { operation = { name = 'recognise' }, date = args[4] } }
    local r = record_read(c, 'O', args[2])
    local rule = r and draft_look(c, r.n)
    if not rule or r.state ~= 'draft' or r.revision ~= args[3] then
        job_done(k, args[1])
        view_begin()
        return { 'changed' }
    end
    hget(c.v.meta, 'slots')
    quarantine_lift(c, r.name)
    r.revision = change(c, r.name)
    if rule == 'trusted' and args[5] == '1' then
        draft_end(c, r)
        r.blob = args[7] ~= '' and args[7] or r.blob
    else
        hset(c.v.recognised, r.n, args[6])
        hset(c.v.proposed, r.n, args[7] ~= '' and args[7])
    end
    record_write(c, 'O', r)
    job_done(k, args[1])
    call('XADD', k.log, '0-' .. c.seq, 'e', c.lines[1])
    view_write()
    view_begin()
    return { 'ok', r.revision, r.state }
end)

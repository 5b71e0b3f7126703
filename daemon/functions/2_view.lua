
-- What a call of event_commit reads and writes ----------------------------------------------------

-- The events of one call go through the same fields of the same few keys. Each field is read once,
-- each event sees what those before it changed, and all that changed is written at the end, every
-- key at once: what an event costs in Redis is mostly how many commands it is, not what they do.

-- A view of a hash: now: field -> value, false where there is none; set: pairs to be written, size
-- of them, seen: how many of these are in `now` as well; gone: fields to be removed, or nil.
local function view_create(key)
    return { key = key, now = {}, set = {}, size = 0, seen = 0, used = false }
end

function views_build(base)
    local v = {
        meta = view_create(base .. ':meta'), find = view_create(base .. ':find'),
        uses = view_create(base .. ':uses'), words = view_create(base .. ':words'),
        words_of = view_create(base .. ':words:learner'),
        attachment = view_create(base .. ':attachment'), parts = view_create(base .. ':parts'),
        quarantine = view_create(base .. ':quarantine'),
        draft = view_create(base .. ':draft'), proposed = view_create(base .. ':proposed'),
        recognised = view_create(base .. ':recognised'),
        confirmed = view_create(base .. ':confirmed'),
        request = {}, record = {}, sealed = {}, statistics = {}, ids = {},
    }
    v.words.scores, v.parts.scores = true, true
    v.request['0'] = view_create(base .. ':request:0')
    v.request['1'] = view_create(base .. ':request:1')
    for letter, kind in pairs(KINDS) do
        v.record[letter] = view_create(base .. ':record:' .. kind)
        v.sealed[letter] = view_create(base .. ':sealed:' .. kind)
        v.statistics[letter] = view_create(base .. ':statistics:' .. kind)
        v.ids[letter] = view_create(base .. ':ids:' .. kind)
        v.ids[letter].bits = true
    end
    return v
end

local used = {} -- the views of this call, in the order of their first use
local quarantine_there -- whether there is any quarantine; nil: not looked at

local function view_use(view)
    view.used = true
    used[#used + 1] = view
end

-- Also clears up after a call that ended in an error.
local function view_begin()
    for i = 1, #used do
        local view = used[i]
        view.now, view.set, view.size, view.seen, view.gone, view.used = {}, {}, 0, 0, nil, false
    end
    used, quarantine_there = {}, nil
end

-- Most of what is written is never read in the same call, so it is looked at when that happens.
local function view_catch_up(view)
    local now, set = view.now, view.set
    for i = view.seen + 1, view.size, 2 do
        now[set[i]] = set[i + 1]
    end
    view.seen = view.size
end

-- What is known of its fields.
local function view_now(view)
    if not view.used then
        view_use(view)
    end
    view_catch_up(view)
    return view.now
end

-- Reads fields at once; what an event before this wrote, or read, stays.
local function view_read(view, fields)
    local now, values = view_now(view), call('HMGET', view.key, unpack(fields))
    for i = 1, #fields do
        if now[fields[i]] == nil then
            now[fields[i]] = values[i]
        end
    end
end

-- The value of a field, or the score of a member; false when there is none. `known` is what it was
-- before this call, when the caller has read it.
local function hget(view, field, known)
    if view.seen < view.size then
        view_catch_up(view)
    end
    local value = view.now[field]
    if value ~= nil then
        return value
    elseif known ~= nil then
        return known
    end
    if not view.used then
        view_use(view)
    end
    value = call(view.scores and 'ZSCORE' or 'HGET', view.key, field)
    view.now[field] = value
    return value
end

-- Values are texts; false removes the field. Of several values the last one stays.
local function hset(view, field, value)
    if not view.used then
        view_use(view)
    end
    local set, size, gone = view.set, view.size, view.gone
    if value then
        set[size + 1], set[size + 2], view.size = field, value, size + 2
        if gone then
            gone[field] = nil
        end
        return
    end
    view_catch_up(view)
    view.now[field], view.gone = false, gone or {}
    view.gone[field] = true
end

local function setbit(view, n, bit)
    if not view.used then
        view_use(view)
    end
    local set, size = view.set, view.size
    set[size + 1], set[size + 2], set[size + 3], set[size + 4] = 'SET', 'u1', n, bit
    view.size = size + 4
end

-- Forgets what was read of a key that is emptied.
local function view_forget(view)
    view.now, view.seen = {}, view.size
end

local function call_in_chunks(command, key, values)
    for i = 1, #values, CHUNK do
        call(command, key, unpack(values, i, min(i + CHUNK - 1, #values)))
    end
end

-- ZADD has the score in front.
local function scores_turn(set)
    for i = 1, #set, 2 do
        set[i], set[i + 1] = set[i + 1], set[i]
    end
end

local function view_write()
    for i = 1, #used do
        local view, gone = used[i], {}
        for field in pairs(view.gone or gone) do
            gone[#gone + 1] = field
        end
        if view.scores then
            scores_turn(view.set)
        end
        call_in_chunks(view.scores and 'ZADD' or view.bits and 'BITFIELD' or 'HSET', view.key,
            view.set)
        call_in_chunks(view.scores and 'ZREM' or 'HDEL', view.key, gone)
    end
end

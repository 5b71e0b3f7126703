#!lua name=passerelle

-- Everything that changes a territory, each change in one step. Keys, arguments and answers are
-- described in docs/architecture.md, "Redis keys" and "Redis functions".
--
-- Redis undoes nothing when a function fails half-way. Hence every function reads and checks
-- first, and from its first write on does nothing that can fail.

-- The daemon loads the library when this number is greater than that of the one in Redis.
local VERSION = 11

local NUMBER_MAX = 281474976710655 -- 48 bits
local SEQ_MAX = 4290000000 -- some way before the last bit of a bitmap, see request_rotate
local BLOB_MAX = 1048576
local WORDS_MAX, WORD_BYTES_MAX = 240, 640
local REFERENCES_MAX = 64
local PARTS_MAX = 4000 -- erased in one call
local PERSON_MAX, WARNINGS_MAX = 256, 4
local SLOTS_DEFAULT, SLOTS_MAX = 2, 64
local BUCKET_MS, BUCKET_IDS = 24 * 3600 * 1000, 5000000
local BUCKET_LOOKS = 16 -- of 256 requests look whether the bucket is due
local EVENTS_MAX = 256 -- in one call
local BITS_AT_ONCE = 32 -- of a bitmap; BITFIELD would take 63, Lua writes as many as 46 exactly
local TTL_MAX = 3600 * 1000
local LIST_BYTES_MAX, LISTS_MAX = 256, 10000
local MARK_MAX = 1024
local FEED_NAMES, FEED_ENTRIES = 256, 10000
local LOG_MAX = 5000000
local TRIM_AT_ONCE = 1000000
local CHUNK = 4000 -- unpack() fails near 8,000
local WORKER_FORGOTTEN_MS = 24 * 3600 * 1000
local REWRITE_MARGIN_MS = 60 * 1000

-- Of the two buckets of requests, the one that is emptied when a bucket is full.
local BUCKET_AFTER = { ['0'] = '1', ['1'] = '0' }

local KINDS = {
    L = 'learner', O = 'offer', E = 'employer', P = 'programme', C = 'cohort', A = 'attachment',
    J = 'jobdating', F = 'attendance', R = 'registration', H = 'helper', M = 'meeting',
    B = 'timetable',
}
local STATES = {
    L = { active = true, withdrawn = true },
    O = { open = true, closed = true, withdrawn = true, draft = true },
    E = { active = true }, P = { active = true }, C = { active = true }, A = { active = true },
    J = { preparing = true, running = true, over = true, cancelled = true },
    F = { active = true }, R = { active = true }, H = { active = true }, M = { active = true },
    B = { active = true },
}
local ERASABLE = { L = true, O = true, E = true, J = true, F = true, R = true, H = true, M = true,
    B = true }

-- Parts of a job dating name it first. They are found by the records they are parts of; what is
-- nothing without one of these is erased with it: the letter of such parts, by that of the owner.
local PARTS = { F = true, R = true, H = true, M = true, B = true }
local OWNERS = { J = '', L = 'R', E = 'F', R = 'M', F = 'M' }

-- While it loads a library, Redis hides Lua's own functions; the first call fetches them.
local function standard()
    return redis.call, string.byte, string.find, string.gmatch,
        string.sub, table.concat, math.ceil, math.max, math.min, ipairs, pcall, tonumber, type,
        unpack
end
local call, byte, find, gmatch, sub, concat, ceil, max, min, ipairs, pcall, tonumber, type, unpack

local function prepare()
    call, byte, find, gmatch, sub, concat, ceil, max, min, ipairs, pcall, tonumber, type, unpack =
        standard()
end

-- Arguments ---------------------------------------------------------------------------------------

-- Ends the call with an error reply: the caller broke the contract.
local function malformed(what)
    error({ err = 'MALFORMED ' .. what })
end

local function check(right, what)
    if not right then
        malformed(what)
    end
end

-- A whole number from least (default 0) to most.
local function number(text, what, least, most)
    local value = #text <= 15 and find(text, '^%d+$') and tonumber(text)
    check(value and value >= (least or 0) and value <= (most or NUMBER_MAX), what)
    return value
end

-- An ISO date.
local function day(text, what)
    local _, _, month, date = find(text, '^%d%d%d%d%-(%d%d)%-(%d%d)$')
    check(month and month >= '01' and month <= '12' and date >= '01' and date <= '31', what)
end

-- Hashes of references and people are 32 hex digits, which a header line can hold as they are. A
-- reference comes as it is looked up: the letter of its kind, then its hash.
local function is_reference(text, letter)
    return #text == 33 and find(text, '^%u%x+$') and sub(text, 1, 1) == letter
end

-- Record numbers are compared as text, so they come without leading zeros.
local function record_number(text, what)
    check(#text <= 15 and find(text, '^[1-9]%d*$'), what)
end

-- Keys --------------------------------------------------------------------------------------------

local views_build -- see below

local function keys_build(base)
    local k = {
        meta = base .. ':meta', log = base .. ':log', find = base .. ':find',
        quarantine = base .. ':quarantine', workers = base .. ':workers', feed = base .. ':feed',
        draft = base .. ':draft', reading = base .. ':reading',
        request = {}, slot = {}, lists = {}, record = {},
    }
    k.request['0'], k.request['1'] = base .. ':request:0', base .. ':request:1'
    for slot = 0, SLOTS_MAX - 1 do
        k.slot[slot] = base .. ':slot:' .. slot
        k.lists[slot] = base .. ':lists:' .. slot
    end
    for letter, kind in pairs(KINDS) do
        k.record[letter] = base .. ':record:' .. kind
    end
    return k
end

-- Names of the keys by territory. They follow from the base alone, so keeping them between calls
-- changes no answer; it saves building some twenty strings a call.
local key_names, key_names_count = {}, 0

local function keys_of(keys, args, least, most)
    if not byte then
        prepare()
    end
    local base, k = keys[1], key_names[keys[1]]
    if #keys ~= 1 or #args < least or #args > (most or least) then
        malformed('one key or another number of arguments is needed')
    elseif not k then
        check(#base <= 36 and find(base, '^p:{[a-z][a-z0-9-]*}$'), 'key')
        if key_names_count >= 256 then
            key_names, key_names_count = {}, 0
        end
        k = keys_build(base)
        k.view = views_build(base)
        key_names[base], key_names_count = k, key_names_count + 1
    end
    return k
end

-- Answers -----------------------------------------------------------------------------------------

-- One text, which is also how the answer is kept: tables cost, and nearly all answers are this one.
local function ok(record, seq, result)
    return record .. ' ' .. seq .. ' ' .. result
end

local function rejected(code, culprit, detail)
    return { 'rejected', code, culprit or '', detail or '' }
end

#!lua name=passerelle

-- Everything that changes a territory, each change in one step. Keys, arguments and answers are
-- described in docs/architecture.md, "Redis keys" and "Redis functions".
--
-- Redis undoes nothing when a function fails half-way. Hence every function reads and checks
-- first, and from its first write on does nothing that can fail.

-- The daemon loads the library when this number is greater than that of the one in Redis.
local VERSION = 12

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
-- Their states, with the code that records keep: their place in the table of docs/architecture.md.
local STATES = {
    L = { active = 1, withdrawn = 2 },
    O = { open = 1, closed = 2, withdrawn = 3, draft = 4 },
    E = { active = 1 }, P = { active = 1 }, C = { active = 1 }, A = { active = 1 },
    J = { preparing = 1, running = 2, over = 3, cancelled = 4 },
    F = { active = 1 }, R = { active = 1 }, H = { active = 1 }, M = { active = 1 },
    B = { active = 1 },
}
local STATE_NAMES = {} -- by letter and code
local ERASABLE = { L = true, O = true, E = true, J = true, F = true, R = true, H = true, M = true,
    B = true }

-- Parts of a job dating name it first. They are found by the records they are parts of; what is
-- nothing without one of these is erased with it: the letter of such parts, by that of the owner.
local PARTS = { F = true, R = true, H = true, M = true, B = true }
local OWNERS = { J = '', L = 'R', E = 'F', R = 'M', F = 'M' }

-- A record begins with the code of its state, the size of the text of the records it names, its
-- revision (0: as it was created), its reference with the letter of its kind, its person, and when
-- it was observed. That text and the packed fields follow.
local HEADER, HEADER_SIZE = '>BI2I6c33c32i8', 82
local NOBODY = '--------------------------------' -- where a record has no person

-- While it loads a library, Redis hides Lua's own functions; the first call fetches them.
local function standard()
    return redis.call, string.byte, string.find, string.gmatch, string.rep, string.sub,
        struct.pack, struct.unpack, table.concat, math.ceil, math.floor, math.max, math.min, ipairs,
        next, pcall, tonumber, type, unpack
end
local call, byte, find, gmatch, rep, sub, pack, unpack_struct, concat, ceil, floor, max, min, ipairs,
    next, pcall, tonumber, type, unpack

local function prepare()
    call, byte, find, gmatch, rep, sub, pack, unpack_struct, concat, ceil, floor, max, min, ipairs,
        next, pcall, tonumber, type, unpack = standard()
    for letter, states in pairs(STATES) do
        STATE_NAMES[letter] = {}
        for name, code in pairs(states) do
            STATE_NAMES[letter][code] = name
        end
    end
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

-- Hashes of references and people are 32 hex digits. A reference comes as it is looked up: the
-- letter of its kind, then its hash.
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

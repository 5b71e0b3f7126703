#include "daemon/counters.h"

struct metric counters[COUNT_END] = {
#define COUNTER_ENTRY(constant, name_, label_, kind_, help_)                                       \
    [COUNT_##constant] = {.name = name_, .label = label_, .help = help_, .kind = METRIC_##kind_},
    COUNTERS_ALL(COUNTER_ENTRY)
#undef COUNTER_ENTRY
};

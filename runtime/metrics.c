#include "metrics.h"

#include <inttypes.h>
#include <string.h>

static bool same_name(const struct metric *one, const struct metric *other)
{
    return strcmp(one->name, other->name) == 0;
}

static bool render_head(const struct metric *metric, struct evbuffer *out)
{
    const char *kind = metric->kind == METRIC_COUNTER ? "counter" : "gauge";
    return evbuffer_add_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metric->name,
                               metric->help ? metric->help : "", metric->name, kind) >= 0;
}

static bool render_value(const struct metric *metric, struct evbuffer *out)
{
    if (metric->divisor <= 1)
        return evbuffer_add_printf(out, " %" PRId64 "\n", metric->value) >= 0;
    return evbuffer_add_printf(out, " %.9g\n", (double)metric->value / (double)metric->divisor) >=
           0;
}

bool metrics_render(const struct metrics *metrics, struct evbuffer *out)
{
    if (metrics->on_scrape)
        metrics->on_scrape(metrics->arg);
    for (size_t i = 0; i < metrics->count; i++) {
        const struct metric *metric = &metrics->entries[i];
        bool first = i == 0 || !same_name(metric, metric - 1);
        if (first && !render_head(metric, out))
            return false;
        int added = metric->label ? evbuffer_add_printf(out, "%s{%s}", metric->name, metric->label)
                                  : evbuffer_add_printf(out, "%s", metric->name);
        if (added < 0 || !render_value(metric, out))
            return false;
    }
    return true;
}

#include "fault.h"

#ifdef PASSERELLE_FAULTS

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    bool parsed;
    char name[64];
    unsigned long count;
    char action[8];
} plan;

static void plan_parse(void)
{
    plan.parsed = true;
    const char *text = getenv("PASSERELLE_FAULT");
    if (!text)
        return;
    plan.count = 1;
    snprintf(plan.action, sizeof plan.action, "kill");
    size_t length = strcspn(text, ":");
    snprintf(plan.name, sizeof plan.name, "%.*s", (int)length, text);
    while (text[length] == ':') {
        text += length + 1;
        length = strcspn(text, ":");
        if (text[0] >= '0' && text[0] <= '9')
            plan.count = strtoul(text, NULL, 10);
        else
            snprintf(plan.action, sizeof plan.action, "%.*s", (int)length, text);
    }
}

void fault_point(const char *name)
{
    if (!plan.parsed)
        plan_parse();
    if (strcmp(name, plan.name) != 0 || plan.count == 0 || --plan.count > 0)
        return;
    if (strcmp(plan.action, "pause") == 0)
        pause();
    else
        raise(strcmp(plan.action, "stop") == 0 ? SIGSTOP : SIGKILL);
}

int64_t fault_clock_ms(void)
{
    const char *path = getenv("PASSERELLE_CLOCK");
    FILE *file = path ? fopen(path, "r") : NULL;
    char text[24] = "";
    if (!file)
        return 0;
    if (!fgets(text, sizeof text, file))
        text[0] = '\0';
    fclose(file);
    return strtoll(text, NULL, 10);
}

#endif

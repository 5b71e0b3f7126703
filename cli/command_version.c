#include "commands.h"

static enum ending version_run(struct context *context);

const struct command command_version = {
    .name = "version",
    .group = TEXT_GROUP_PROGRAM,
    .summary = TEXT_VERSION_SUMMARY,
    .run = version_run,
};

static enum ending version_run(struct context *context)
{
    fprintf(context->out, "passerelle %s\n", PASSERELLE_VERSION);
    return END_OK;
}

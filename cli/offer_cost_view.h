/* `offer costs`: which demand of an offer costs it most candidates. */
#ifndef PASSERELLE_CLI_OFFER_COST_VIEW_H
#define PASSERELLE_CLI_OFFER_COST_VIEW_H

#include "command.h"

/* The offer is the second word; options threshold and limit. */
enum ending offer_costs_run(struct context *context);

#endif

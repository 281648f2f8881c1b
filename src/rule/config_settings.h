/*
 * Settings of the configuration: what facts depend on.
 */
#ifndef RULE_CONFIG_SETTINGS_H
#define RULE_CONFIG_SETTINGS_H

#include "doc/reader.h"
#include "fact/settings.h"

/*
 * Reads a mapping of names of settings to a whole number or, where names are
 * recognised, to a pattern, to {says, but_not, unless} or to a list of those;
 * with settings NULL it is only checked that they could be set.  -1 with the
 * fault of reader set: also for an unknown setting.
 */
MUST_CHECK int config_settings_read(const struct reader *reader,
    const struct node *node, struct settings *settings);

#endif

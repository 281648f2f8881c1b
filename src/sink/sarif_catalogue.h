/*
 * SARIF's catalogue of rules, and the messages it is made of.
 */
#ifndef SINK_SARIF_CATALOGUE_H
#define SINK_SARIF_CATALOGUE_H

#include "report/json_tree.h"
#include "report/report.h"

/* tool.driver.rules: all kinds of the report, in its order. */
struct json *sarif_rules(const struct report *report);

#endif

/*
 * The JSON Schema of the configuration file.
 */
#ifndef CMD_CONFIG_SCHEMA_H
#define CMD_CONFIG_SCHEMA_H

#include "run/program.h"

struct json;

/* With all rules of the program, all settings and classes. */
struct json *schema_of_configuration(const struct program *program);

#endif

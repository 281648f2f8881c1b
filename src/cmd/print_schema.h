/*
 * --print-schema: the JSON Schemas of the files that the program takes.
 */
#ifndef CMD_PRINT_SCHEMA_H
#define CMD_PRINT_SCHEMA_H

#include "run/program.h"

struct json_object;

/* Prints the schema that the option names, "contract", "configuration", "rule"
 * or "matrix"; the rules have been loaded.  Returns the exit status. */
int print_schema(struct program *program);

/* What schemas are made of: a schema with a type and what it is for, either
 * may be NULL; one that takes any text; a mapping that takes no other keys than
 * those that are set later, with json_set() in *ret_properties; a list. */
struct json_object *schema_new(const char *type, const char *meaning);
struct json_object *schema_text(const char *meaning);
struct json_object *schema_mapping(
    const char *meaning, struct json_object **ret_properties);
struct json_object *schema_list(const char *meaning, struct json_object *items);

/* Says that a mapping must have the keys. */
void schema_require(
    struct json_object *schema, const char *const *names, size_t n);

/* error, warning, note and off, which YAML 1.1 takes for false. */
struct json_object *schema_severity(const char *meaning);

/* That of the configuration, with its rules, settings and classes. */
struct json_object *schema_of_configuration(const struct program *program);

#endif

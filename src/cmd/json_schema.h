/*
 * What JSON Schemas are made of.
 */
#ifndef CMD_JSON_SCHEMA_H
#define CMD_JSON_SCHEMA_H

#include "base/text.h"

struct json;

/* A schema with a type and what it is for, either may be NULL. */
struct json *schema_new(const char *type, const char *meaning);

/* One that takes any text that is not empty. */
struct json *schema_text(const char *meaning);

/* A mapping that takes no other keys than those that are set later, with
 * json_set() in *ret_properties. */
struct json *schema_mapping(const char *meaning, struct json **ret_properties);

/* A list; takes items over. */
struct json *schema_list(const char *meaning, struct json *items);

/* Says that a mapping must have the keys. */
void schema_require(struct json *schema, const char *const *names, size_t n);

/* Says that a text is one of the words, which NULL ends. */
void schema_set_words(struct json *schema, const char *const *words);

/* error, warning, note and off, which YAML 1.1 takes for false. */
struct json *schema_severity(const char *meaning);

#endif

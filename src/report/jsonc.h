/*
 * JSON values to be written: json-c behind one file.
 *
 * Nothing here fails: memory that ran out ends the program.  Keys keep the
 * order they were set in.
 */
#ifndef REPORT_JSONC_H
#define REPORT_JSONC_H

#include "base/text.h"

#include <stdio.h>

struct json_object;

struct json_object *json_new_object(void);
struct json_object *json_new_array(void);

/* A string, made valid UTF-8. */
struct json_object *json_new_text(struct slice text);

/* Sets a key of an object, which must not have it yet; takes value over. */
void json_set(
    struct json_object *object, const char *key, struct json_object *value);
void json_set_text(
    struct json_object *object, const char *key, const char *text);
void json_set_number(
    struct json_object *object, const char *key, size_t number);
void json_set_bool(struct json_object *object, const char *key, bool value);

/* Appends to an array; takes item over and returns its index. */
size_t json_push(struct json_object *array, struct json_object *item);

/* Number of items of an array. */
size_t json_length(const struct json_object *array);

/* Appends the value as indented text with a newline at its end. */
void json_print(struct json_object *json, struct buf *buf);

/* Writes the same to a stream, in one piece so that a reader never sees half of
 * it without an error, and frees the value. */
void json_write_out(struct json_object *json, FILE *out);

/* Frees the value and all it holds. */
void json_free(struct json_object *json);

#endif

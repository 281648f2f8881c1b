/*
 * JSON values to be written.  A long list is not kept: its items are made one
 * by one while it is written, and freed at once.
 *
 * Nothing here fails: memory that ran out ends the program.  Keys keep the
 * order they were set in.  A value is indented by two blanks for each level.
 */
#ifndef REPORT_JSON_TREE_H
#define REPORT_JSON_TREE_H

#include "report/json_out.h"

struct json;

struct json *json_new_object(void);
struct json *json_new_array(void);

/* A string, made valid UTF-8. */
struct json *json_new_text(struct slice text);

/* An array of n items that make() gives when they are written; they are freed
 * then.  context must live so long, and bear several threads where the value is
 * written by several; one thread asks for the items in order. */
struct json *json_new_list(
    struct json *(*make)(void *context, size_t i), void *context, size_t n);

/* The same of items that print() prints as they are written, for the longest
 * lists; see json_out_list(). */
struct json *json_new_printed(
    void (*print)(void *context, size_t i, struct json_out *out), void *context,
    size_t n);

/* Sets a key of an object, which must not have it yet; takes value over, which
 * is NULL for null.  The key must outlive the object, unless it is copied;
 * nothing in it may need an escape. */
void json_set(struct json *object, const char *key, struct json *value);
void json_set_copied(struct json *object, const char *key, struct json *value);
void json_set_text(struct json *object, const char *key, const char *text);
void json_set_number(struct json *object, const char *key, size_t number);
void json_set_bool(struct json *object, const char *key, bool value);

/* Appends to an array; takes item over and returns its index. */
size_t json_push(struct json *array, struct json *item);

/* Number of items of an array. */
size_t json_length(const struct json *array);

/* Appends the value as indented text with a newline at its end. */
void json_print(const struct json *json, struct buf *buf);

/* Prints the value as one within others. */
void json_print_to(
    const struct json *json, const char *key, struct json_out *out);

/* Writes the value and a newline to a stream and frees the value.  On up to
 * njobs threads, which share the items of a long list. */
void json_write_out(struct json *json, unsigned njobs, FILE *out);

/* Frees the value and all it holds. */
void json_free(struct json *json);

#endif

/*
 * SARIF's catalogue of rules, and the messages it is made of.
 */
#ifndef SINK_CATALOGUE_H
#define SINK_CATALOGUE_H

#include "sink/jsonc.h"
#include "sink/sink.h"

/* The program's own page; a rule's help is a part of it. */
#define SARIF_HOME "https://github.com/rolloutlint/rolloutlint"

/* What a reader of a log knows ours by. */
#define SARIF_VERSION "2.1.0"
#define SARIF_TOOL "rolloutlint"

/* The keys of partialFingerprints: of the line, as GitHub has it, and of the
 * object and the path in it. */
#define SARIF_LINE_PRINT "primaryLocationLineHash"
#define SARIF_OBJECT_PRINT "resourcePath/v1"

/* {"text": text}: a message, a description, a snippet. */
struct json_object *sarif_message(const char *text);

/* The same of a buffer, which is released. */
struct json_object *sarif_message_of(struct buf *text);

/* tool.driver.rules: all kinds of the report, in its order. */
struct json_object *sarif_rules(const struct report *report);

#endif

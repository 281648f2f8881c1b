/*
 * The names in a SARIF log that its readers know ours by.
 */
#ifndef SINK_SARIF_NAMES_H
#define SINK_SARIF_NAMES_H

/* The program's own page, of configure --with-home-page; a rule's help is a
 * part of it. */
#define SARIF_HOME HOME_PAGE

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* What a reader of a log knows ours by. */
#define SARIF_VERSION "2.1.0"
#define SARIF_TOOL "rolloutlint"

/* The keys of partialFingerprints: of the line, as GitHub has it, and of the
 * object and the path in it. */
#define SARIF_LINE_PRINT "primaryLocationLineHash"
#define SARIF_OBJECT_PRINT "resourcePath/v1"

#endif

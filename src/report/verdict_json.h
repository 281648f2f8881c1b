/*
 * The verdicts on the contract's clauses as JSON, for our own format and for
 * SARIF's property bags.
 */
#ifndef REPORT_VERDICT_JSON_H
#define REPORT_VERDICT_JSON_H

#include "report/json_tree.h"
#include "report/report.h"

/* A string, or null. */
void json_set_optional(struct json *object, const char *key, const char *text);

/* {file, line, column, end_line, end_column}; NULL when the place is not
 * known. */
struct json *json_new_place(struct place place);

/* {profile, allowed, sentence, clauses: [...]}; NULL for NULL: no contract was
 * given. */
struct json *json_new_verdicts(const struct verdicts *verdicts);

/* A list of them, one for each profile that was judged. */
struct json *json_list_verdicts(const struct report *report);

/* {verdict, because} of one way between two releases; because is null where
 * there is nothing to name. */
struct json *json_new_passage(const struct passage *passage);

#endif

/*
 * SARIF's messages: what a result and its notes say.
 */
#ifndef SINK_SARIF_MESSAGE_H
#define SINK_SARIF_MESSAGE_H

#include "diag/finding.h"
#include "report/json_out.h"

/* How many of a finding's notes become related locations, from the first on:
 * GitHub keeps no more than 100. */
size_t sarif_related_count(const struct finding *finding);

/* The key "message" of a result: its text, with a link to each related
 * location, and the arguments of the rule's message where they are known. */
void sarif_print_result_message(
    struct json_out *out, const struct finding *finding);

/* The key "message" of a related location. */
void sarif_print_note_message(struct json_out *out, const struct note *note);

#endif

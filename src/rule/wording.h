/*
 * What a rule says: its message, its cases and its notes, read and compiled.
 */
#ifndef RULE_WORDING_H
#define RULE_WORDING_H

#include "rule/rule.h"

/*
 * Reads the rule's field of that name, a message, which may have {case}.  What
 * it was made from goes to ret_text, in the reader's arena.  -1 with the fault
 * of reader set for what is no line of text, and for what does not compile.
 */
MUST_CHECK int message_read(const struct scope *scope,
    const struct reader *reader, const char *name, const struct node *node,
    struct message *ret_message, const char **ret_text);

/* Reads a list of notes, mappings of message, at and perhaps when; they go to
 * ret_notes, in the reader's arena.  -1 with the fault of reader set. */
MUST_CHECK int notes_read(const struct scope *scope,
    const struct reader *reader, const struct node *node,
    struct rule_notes *ret_notes);

/*
 * Reads the rule's field cases, a list of mappings of says, when, at, severity
 * and notes, once its message and what it is on are known.  -1 with the fault
 * of reader set: also for a case behind one without when, and when the case
 * says something for which the message has no place, or nothing where it has
 * one.
 */
MUST_CHECK int cases_read(
    struct rule *rule, const struct reader *reader, const struct node *node);

#endif

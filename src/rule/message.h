/*
 * Messages of rules: text with expressions in it, compiled and filled in.
 */
#ifndef RULE_MESSAGE_H
#define RULE_MESSAGE_H

#include "rule/rule.h"

/*
 * Compiles the placeholders of text, "{expression}" or "{case}", doubled braces
 * being literal ones.  What scope has as the owner of programs has those of the
 * message, too.  -1 with the offset in text and the sentence in problem.
 */
MUST_CHECK int message_compile(struct arena *arena, struct slice text,
    const struct cel_scope *scope, struct message *ret_message,
    struct cel_problem *problem);

/* Whether {case} is among the placeholders. */
bool message_has_case(const struct message *message);

/* Appends the template text with says in place of each {case}. */
void message_expand(struct slice text, struct slice says, struct buf *buf);

/* Evaluates a message that has no {case}: its text into buf. */
void message_print(const struct message *message,
    const struct cel_value *values, struct context *context, struct buf *buf);

/*
 * Evaluates the placeholders only, in order: appends to args what each gave,
 * ended by NUL, and returns how many there were.  says stands for {case} and
 * has none itself; NULL where the message has none.
 */
uint16_t message_spell_args(const struct message *message,
    const struct message *says, const struct cel_value *values,
    struct context *context, struct buf *args);

#endif

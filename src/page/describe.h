/*
 * --list-rules, --list-facts and --explain: what rules there are, and what they
 * can name, for people.
 */
#ifndef PAGE_DESCRIBE_H
#define PAGE_DESCRIBE_H

#include "run/program.h"

/* Prints one line for each kind of finding.  Returns the exit status. */
int list_rules(struct program *program);

/* Prints all there is to say of the rule that --explain names, by its id or its
 * code.  Returns the exit status. */
int explain_rule(struct program *program);

/* Prints all entities and fields that rules can name; nothing needs to be
 * loaded.  Returns the exit status. */
int list_facts(struct program *program);

#endif

/*
 * The examples of rules: as tests (--test-rules), and as findings to show.
 */
#ifndef PAGE_EXAMPLES_H
#define PAGE_EXAMPLES_H

#include "page/rule_text.h"
#include "run/program.h"

/*
 * Runs every example of every rule: a bad one must give that rule's finding at
 * exactly the lines that end in the comment "#!", of the severity that may
 * follow it ("#! warning"), a good one none; neither may hold broken input.  A
 * rule without a bad and a good example fails.  Prints TAP and returns the exit
 * status.
 */
int test_rules(struct program *program);

/* The examples of the program's rules, to be linted one by one. */
struct example_texts;

/* The caller frees it; program must outlive it. */
struct example_texts *example_texts_new(const struct program *program);
void example_texts_free(struct example_texts *texts);

/* Fills in what the rule prints of its first bad example, with the lines that
 * it is about, and what its fix-its change there; nothing for a kind of finding
 * without examples. */
void example_add_findings(struct example_texts *texts,
    const struct diag_kind *kind, struct rule_example *example);

#endif

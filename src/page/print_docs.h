/*
 * --print-docs: pages that are made from the rules and the table of facts.
 */
#ifndef PAGE_PRINT_DOCS_H
#define PAGE_PRINT_DOCS_H

#include "run/program.h"

/*
 * Writes below the folder that the option names docs/rules/README.md, a page
 * docs/rules/ID.md for each rule, man/rolloutlint-rules.7 and
 * man/rolloutlint-facts.7; folders are made, files replaced.  Returns the exit
 * status.
 */
int print_docs(struct program *program);

#endif

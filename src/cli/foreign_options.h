/*
 * Options of other programs -> what they are called here.  People paste them
 * from their calls of helm, kubeconform, kube-linter, kube-score and others.
 */
#ifndef CLI_FOREIGN_OPTIONS_H
#define CLI_FOREIGN_OPTIONS_H

#include "base/fault.h"

/*
 * What to say of a word of the command line that begins with a dash, such as
 * "--exclude=x" or "-o"; next: the word behind it, or NULL.  Appends a sentence
 * and returns true, or false for an option of no other program.
 */
bool foreign_option(const char *word, const char *next, struct buf *sentence);

/* The names in a row of the table, each with a blank behind it; NULL behind the
 * last row. */
const char *foreign_option_names(size_t row);

/* As foreign_option(), for the command that other programs want first, such as
 * "lint". */
bool foreign_command(const char *word, struct buf *sentence);

#endif

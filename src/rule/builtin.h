/*
 * The rules that are part of the program: the texts of rules/<id>.yaml as
 * they stood when it was built.  scripts/embed writes the table.
 */
#ifndef RULE_BUILTIN_H
#define RULE_BUILTIN_H

#include <stddef.h>

struct builtin_rule {
	const char *name; /* of the file: "<id>.yaml" */
	const char *text; /* NUL-terminated as well */
	size_t len;	  /* bytes of text, without that NUL */
};

/* In the order of their names' bytes. */
extern const struct builtin_rule builtin_rules[];
extern const size_t nbuiltin_rules;

#endif

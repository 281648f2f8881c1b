/*
 * The texts of rules/<id>.yaml as they stood when the program was built, from
 * which the constant tables of the built-in rules were compiled.  scripts/embed
 * writes the table.
 */
#ifndef RULE_SOURCES_H
#define RULE_SOURCES_H

#include <stddef.h>

struct rule_source {
	const char *name; /* of the file: "<id>.yaml" */
	const char *text; /* NUL-terminated as well */
	size_t len;	  /* bytes of text, without that NUL */
};

/* In the order of their names' bytes. */
extern const struct rule_source rule_sources[];
extern const size_t nrule_sources;

#endif

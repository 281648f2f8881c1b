/*
 * One item of requiredToggles or forbiddenToggles against the values.
 */
#ifndef CONTRACT_TOGGLE_H
#define CONTRACT_TOGGLE_H

#include "helm/value.h"

enum toggle_answer {
	TOGGLE_VIOLATED,
	TOGGLE_HOLDS,
	TOGGLE_UNDECIDED, /* what was not given would decide */
};

struct toggle {
	struct slice path;   /* "server.mode", without blanks around it */
	struct slice wanted; /* what follows "=", without blanks */
	bool bare;	     /* there is no "=" */
};

/* What an item says; its texts are parts of it. */
struct toggle toggle_of(struct slice item);

/* Whether all names of its path are there, and what looks like an index is
 * one: nothing can be set at "a..b", and at "a[x]" nothing is meant to be. */
bool toggle_has_names(const struct toggle *toggle);

/*
 * Whether the toggle holds; *ret_value: what its path leads to, null too, NULL
 * when it is not set.
 *
 * A path is keys with "." between them and [N] for an item of a list; "\"
 * before a "." or "=" makes it part of the key, and keys that have a "." in
 * them are also found without it.
 */
enum toggle_answer toggle_check(const struct toggle *toggle, bool required,
    const struct value *root, const struct value **ret_value);

#endif

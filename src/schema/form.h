/*
 * Forms: how a text must look, each one small function.
 *
 * The list of them is form.def; there, each has the words that say what it
 * takes, and an example that it takes and one that it does not.
 */
#ifndef SCHEMA_FORM_H
#define SCHEMA_FORM_H

#include "base/text.h"

enum form {
	FORM_NONE,
#define FORM(id, name, words, good, bad) FORM_##id,
#include "schema/form.def"
#undef FORM
	FORM_MAX
};

struct form_row {
	const char *name;  /* as rules/fields writes it */
	const char *words; /* after "must be": what it takes */
	const char *good, *bad;
	bool (*takes)(struct slice text);
};

/* The form of that number; it is not FORM_NONE. */
const struct form_row *form_row(enum form form);

/* Whether the text has that form; FORM_NONE takes everything. */
bool form_takes(enum form form, struct slice text);

#define FORM(id, name, words, good, bad) bool form_##id(struct slice text);
#include "schema/form.def"
#undef FORM

/* A range of addresses. */
struct cidr {
	unsigned char address[16]; /* the first 4 bytes, unless is_v6 */
	bool is_v6;
	unsigned bits; /* of the prefix */
};

bool cidr_parse(struct slice text, struct cidr *ret_cidr);

/* Whether inner is within outer, and smaller. */
bool cidr_is_within(const struct cidr *inner, const struct cidr *outer);

/* The number that a quantity stands for, as resource.ParseQuantity() of
 * apimachinery reads it; false for what it refuses. */
bool form_quantity_value(struct slice text, double *ret_value);

/* Numbers of the texts of all time zones, in the order of their names; made by
 * scripts/fields. */
extern const uint32_t schema_time_zones[];
extern const size_t schema_ntime_zones;

#endif

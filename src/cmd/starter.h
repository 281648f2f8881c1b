/*
 * What --init writes: the texts of the starter files.
 */
#ifndef CMD_STARTER_H
#define CMD_STARTER_H

#include "base/text.h"
#include "cmd/chart_hints.h"

/* A way to install the chart, found by its file of values. */
struct starter_profile {
	const char *id;
	const char *values; /* its file, below the working directory; NULL: it
			       has none */
};

struct starter {
	struct arena arena; /* owns all texts */
	const char *chart;  /* its folder as it was given; NULL: none */
	struct chart_hints hints;
	const char *rules[2]; /* ids of rules to show in examples */
	struct buf left_out;  /* lines on what is no profile, or not there */
	struct starter_profile *profiles; /* at least one */
	size_t n, cap;
};

/* Appends a contract that asks for little, with a comment on each field. */
void starter_contract(const struct starter *starter, struct buf *buf);

/* Appends an install matrix that agrees with that contract. */
void starter_matrix(const struct starter *starter, struct buf *buf);

/* Appends a configuration that changes nothing. */
void starter_configuration(const struct starter *starter, struct buf *buf);

#endif

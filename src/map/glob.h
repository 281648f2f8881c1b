/*
 * What a rendered line must look like to come from a template line: its words
 * in order, with anything between them where actions stood.  Matching takes
 * one pass and never goes back.
 */
#ifndef MAP_GLOB_H
#define MAP_GLOB_H

#include "helm/output.h"

struct glob {
	struct slice prefix, suffix;
	const struct slice *middles;
	uint32_t nmiddles;
	uint32_t nliteral; /* bytes of all of them */
	uint32_t nwild;	   /* actions; 0: the prefix is all of it */
	uint64_t head;	   /* the first bytes of any line that fits ... */
	uint64_t mask;	   /* ... as far as they are known */
};

/* A glob of the fragments, without blanks at its ends; in arena. */
const struct glob *glob_new(
    const struct fragment *fragments, size_t n, struct arena *arena);

/* The first eight bytes of a line, zeros behind a shorter one. */
uint64_t line_head(struct slice line);

/* Whether the line, which has no blanks at its ends, fits; its head has been
 * compared with the glob's. */
bool glob_fits(const struct glob *glob, struct slice line);

#endif

/*
 * Places: where in which file.
 *
 * Lines and columns count from 1, columns in code points (what editors agree
 * on wherever YAML can differ), and a span ends before its end column, as in
 * SARIF.  Line 0 means "no place".
 */
#ifndef DIAG_SPAN_H
#define DIAG_SPAN_H

#include <stdbool.h>
#include <stdint.h>

struct slice;

struct span {
	uint32_t line, col;	    /* first code point */
	uint32_t end_line, end_col; /* one past the last */
};

/* What a file is to the run; SARIF's artifact roles come from it. */
enum origin_role {
	ORIGIN_MANIFEST, /* the rendered release */
	ORIGIN_PREVIOUS, /* the release that runs now */
	ORIGIN_TEMPLATE, /* a file of the chart it was rendered from */
	ORIGIN_CONTRACT, /* the contract, a rule file, values: what is asked */
};

/*
 * A file that something was read from.  Made by run or main, const from then
 * on, and outlives every place that names it.
 */
struct origin {
	const char
	    *name; /* as the user gave it; "<stdin>" for a nameless one */
	const char *relative; /* what other programs are told instead: see
				 run/report_path.h; NULL: the name */
	/* What it holds, when it is in an archive and no file has its name;
	 * NULL: it is a file. */
	const struct slice *packed;
	enum origin_role role;
	bool is_stdin;	/* came from standard input, whatever its name */
	unsigned index; /* findings are printed in the order of this */
};

/* Makes the origin of a file that is read; name is copied, packed lives as long
 * as the origin. */
struct origin_maker {
	const struct origin *(*make)(
	    void *context, const char *name, const struct slice *packed);
	void *context;
};

/* All zero is "no place". */
struct place {
	const struct origin *origin;
	struct span span;
};

static inline bool place_known(struct place place)
{
	return place.origin && place.span.line;
}

/* Whether both start at one character of one file. */
static inline bool same_start(struct place a, struct place b)
{
	return a.origin == b.origin && a.span.line == b.span.line &&
	       a.span.col == b.span.col;
}

#endif

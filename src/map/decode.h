/*
 * The search: the cheapest way of a rendered document through the program of
 * its template, line by line with a beam, and how sure that way is.
 */
#ifndef MAP_DECODE_H
#define MAP_DECODE_H

#include "map/chart_map.h"
#include "map/line.h"
#include "map/line_program.h"

/* What a line comes from. */
struct decoded_line {
	const struct leaf *leaf;      /* NULL: fits nothing */
	uint32_t others[MOST_OTHERS]; /* lines of the Source file that are
					 about as likely */
	uint8_t nothers;
	bool inner_doubtful; /* another line of a helper is as likely ... */
	bool file_doubtful;  /* ... even one of another file */
};

struct decode_request {
	const struct program *program;
	const struct rendered_line *lines;
	size_t n;
	uint32_t after;	  /* op at which the document before this one ended */
	bool is_first;	  /* there was none: after counts for nothing */
	bool with_margin; /* others and inner_doubtful are wanted */
	int32_t indent_cost; /* of a line at another column */
	int32_t beam;	     /* ways this much dearer than the best end */
};

struct decode_result {
	uint32_t end;	   /* op at which the document ended */
	size_t nstray;	   /* lines that fit nothing */
	size_t nmisplaced; /* lines that a block cannot have printed there */
	size_t nfollowing; /* lines said to go on with a value */
	size_t nunlikely;  /* of them: with a value of one line */
	size_t nindented;  /* lines whose column the template gives ... */
	size_t nmoved;	   /* ... and those at another one */
	int32_t roughest;  /* most that a line has cost besides its length */
};

/* Working memory of searches.  All zero is empty and ready. */
struct decoder {
	const struct program *program;
	uint32_t nops, cap_ops;
	int32_t *cost, *next_cost; /* by op: of the cheapest way to it */
	uint32_t *back, *from;	   /* by op: record, state it came from */
	uint32_t *next_back;
	uint64_t *pending, *reached; /* bits by op */
	size_t low, high;	     /* words of them that may hold any */
	struct search_state *states; /* of all lines, by op in each */
	size_t nstates, cap_states;
	struct search_step *steps; /* of all lines: who takes what */
	size_t nsteps, cap_steps;
	struct search_record *records; /* ways back */
	size_t nrecords, cap_records;
	struct search_line *lines; /* where each line's begin */
	size_t cap_lines;
	uint32_t *touched; /* ops of the next frontier */
	size_t ntouched;
	ptrdiff_t steps_left; /* until the search is given up */
};

void decoder_release(struct decoder *decoder);

/*
 * Fills in ret_lines, one for each line; false when the search would take too
 * long, which costs no more than MOST_STEPS.
 */
bool decode(struct decoder *decoder, const struct decode_request *request,
    struct decoded_line *ret_lines, struct decode_result *ret_result);

#endif

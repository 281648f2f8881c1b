/*
 * The search: the cheapest way of a rendered document through the program of
 * its template, line by line with a beam, and how sure that way is.
 */
#ifndef MAP_DECODE_H
#define MAP_DECODE_H

#include "map/chart_map.h"
#include "map/line.h"
#include "map/line_program.h"

/* Leaves of different lines that one rendered line may come from. */
#define MOST_LEAVES 8

/* What a line comes from. */
struct decoded_line {
	const struct leaf *leaf; /* NULL: fits nothing */
	/* With with_margin: what the best ways take it for, leaf or not. */
	const struct leaf *leaves[MOST_LEAVES];
	uint8_t nleaves;
};

struct decode_request {
	const struct program *program;
	const struct rendered_line *lines;
	size_t n;
	uint32_t after; /* op at which the document before this one ended */
	uint32_t first_after; /* and the first op at which it may have */
	bool is_first;	      /* there was none: after counts for nothing */
	bool with_margin;     /* leaves are wanted: of all ways at most ... */
	int32_t margin;	      /* ... this much dearer than the best */
	bool counts_faults;   /* what a way costs is how many faults it has */
	uint32_t from, to;    /* ops at which the document may begin, the last
				 included */
	int32_t indent_cost;  /* of a line at another column */
	int32_t beam;	      /* ways this much dearer than the best end; 0:
				 only ways without fault are looked for */
};

struct decode_result {
	uint32_t end;	    /* op at which the document ended ... */
	uint32_t first_end; /* ... and the first at which it may as well */
	int32_t cost;	    /* of the best way */
	/* With with_margin: the ops that take the first line on the best ways.
	 */
	uint32_t low, high;
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
	uint32_t low_op, high_op; /* low and high of struct decode_result */
	const struct program *program;
	const struct edge *edges; /* of it: costs or faults */
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
 * long, which costs no more than MOST_STEPS, or when all ways have faults and
 * none with any is looked for.
 */
bool decode(struct decoder *decoder, const struct decode_request *request,
    struct decoded_line *ret_lines, struct decode_result *ret_result);

#endif

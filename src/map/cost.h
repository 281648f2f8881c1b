/*
 * What the search for a document's template lines charges, in hundredths, and
 * its limits.  Found by trial on 281 renders of 82 charts; only COST_CONT is
 * sensitive: to go on with a block of text must be cheap.
 */
#ifndef MAP_COST_H
#define MAP_COST_H

enum cost {
	/* A template line that printed nothing: with words of its own, of
	 * actions only, of control structures only; an action that may print
	 * a block. */
	COST_SKIP_WORDS = 300,
	COST_SKIP_ACTIONS = 80,
	COST_SKIP_INLINE = 10,
	COST_SKIP_BLOCK = 5,

	/* A rendered line that fits a template line with actions: for each
	 * action, and for each character that no word of the line covers. */
	COST_WILD = 15,
	COST_CHAR = 4,

	/* The first line of what an action prints, by what is known of it. */
	COST_BLOCK_YAML = 30,
	COST_BLOCK_HELPER = 35,
	COST_BLOCK_OTHER = 50,
	COST_BLOCK_TPL = 55,
	COST_BLOCK_FALLBACK = 100, /* of a helper that is known */

	/* One more line of it. */
	COST_CONT = 10,
	COST_CONT_FALLBACK = 60,
	COST_CONT_MULTILINE = 40, /* behind a line that ends in an action */
	COST_CONT_UNLIKELY = 120, /* the same, by its text of one line */
	COST_CONT_DEEPER = 25,	  /* at most, when it is indented deeper */
	COST_CONT_LEVEL = 80,	  /* more, when it is at the same column */

	/* Known helper: its lines, the action as a block, nothing. */
	COST_TAKE_BLOCK = 30,
	COST_TAKE_NOTHING = 60,
	COST_TAKE_NO_MORE = 5, /* a helper inside a line is one line long */

	/* Ways through control structures. */
	COST_BRANCH = 1,      /* any but the first */
	COST_ROUND = 1,	      /* of a loop */
	COST_NOT_TAKEN = 100, /* a branch that the values forbid */

	/* Indentation that the template does not give. */
	COST_INDENT = 250,
	COST_INDENT_REWRITTEN = 30, /* the stream was reformatted */
	COST_BLOCK_LEFT = 300,	    /* of the action's own column */
	COST_BLOCK_RIGHT = 100,

	/* Lines that toYaml would not print, or not in this order. */
	COST_UNLIKE_YAML = 60,
	COST_UNSORTED = 60,

	/* A rendered line that fits nothing. */
	COST_STRAY = 600,

	/* Where a document begins and ends in its file. */
	COST_START = 2,
	COST_START_EARLIER = 50, /* before the end of the one before */
	COST_START_BLOCK = 200,	 /* inside what an action prints */
	COST_END_BLOCK = 200,

	/* Ways this much dearer than the best are given up: at first, when a
	 * line has cost more than COST_ROUGH besides its length, and when
	 * lines have been left that fit nothing. */
	COST_BEAM_NARROW = 290,
	COST_BEAM = 600,
	COST_BEAM_WIDE = 1400,
	COST_ROUGH = 200,
	/* Of ways that have faults all, another line this near to the best is
	 * a second candidate. */
	COST_MARGIN = 60,
};

enum {
	MOST_COVERED = 80,     /* characters that COST_CHAR is charged for */
	MOST_FAULTS = 3,       /* more than the best way, that are followed */
	MOST_HELPERS = 8,      /* inside each other */
	MOST_OPS = 60000,      /* from which on no helper is followed */
	HARD_OPS = 240000,     /* and nothing is compiled */
	MOST_PARTS = 2000000,  /* looked at for one program */
	MOST_LINES = 400000,   /* of a document */
	MOST_STEPS = 12000000, /* of the search through one document */
	/* Through all of them: so many, and more for each line. */
	STEPS_OF_ALL = 100000000,
	STEPS_PER_LINE = 1000,
};

#endif

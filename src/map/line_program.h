/*
 * A template as a program for the search: a flat array of operations, as in a
 * machine for regular expressions, whose LEAF stands for one template line.
 */
#ifndef MAP_LINE_PROGRAM_H
#define MAP_LINE_PROGRAM_H

#include "helm/branch.h"
#include "map/cost.h"
#include "map/glob.h"
#include "map/steps.h"

/* An indentation that is unknown. */
#define INDENT_UNKNOWN (-1)

/*
 * Faults: what no way through the template does that Helm could have gone.
 * Each counts for so much, in a measure of its own beside the costs.
 */
enum fault_weight {
	FAULT_ONE = 1,	 /* a line left out or elsewhere, a forbidden branch */
	FAULT_STRAY = 2, /* a line that fits nothing */
};

enum op_kind {
	OP_LEAF,   /* takes one line that fits, or is skipped */
	OP_ABSORB, /* takes the first line of a block, or skips with its CONT */
	OP_CONTINUE, /* takes any number of lines */
	OP_SPLIT,    /* goes one of several ways */
	OP_JUMP,     /* never reached: every way leads past it */
	OP_SEPARATE, /* "---" */
	OP_END,
};

enum block_kind {
	BLOCK_NONE,
	BLOCK_PLAIN,
	BLOCK_YAML,    /* printed by toYaml: keys are sorted */
	BLOCK_FOLLOWS, /* goes on where a line ended in an action */
};

/* What is certain of the lines that a block prints. */
enum block_form {
	FORM_ANY,
	FORM_PLACED,  /* the first begins at the column of the op */
	FORM_YAML,    /* so, and it is what toYaml prints: */
	FORM_MAPPING, /* the lines behind the first one ... */
	FORM_LIST,    /* ... of this kind */
};

/* An action that includes a helper. */
struct call {
	const struct call *up;	     /* the one around it, or NULL */
	const struct define *define; /* what it includes */
	const struct template_file *file;
	uint32_t line;
};

/* Where a stretch of a template stands. */
struct site {
	const struct template_file *file;
	const struct define *define; /* whose body it is in, or NULL */
	const struct call *calls;    /* innermost first */
	struct go_scope scope;
	const struct step *steps; /* that lead there; NULL: none, or no values
				     are known */
	uint32_t source_line;	  /* of the outermost call; 0: none */
	bool is_forbidden;	  /* in a branch that the values forbid */
};

#define MOST_OUTPUTS 6

/* One template line, for people. */
struct leaf {
	struct site site;
	const struct output *output; /* what prints a block, or NULL */
	const struct output *only;   /* the one action of the line, or NULL */
	const struct output *const *outputs; /* up to MOST_OUTPUTS of all */
	size_t noutputs;
	uint32_t line;
	uint32_t source_line; /* of the program's own file */
	uint32_t order;	      /* that the lines of one round are printed in */
};

struct edge {
	uint32_t to;
	int32_t cost; /* or faults */
};

/* A way of a split. */
struct way {
	struct edge edge;
	int32_t faults;
};

struct op {
	uint8_t kind;	     /* enum op_kind */
	uint8_t block;	     /* enum block_kind */
	uint8_t form;	     /* enum block_form */
	uint8_t faults;	     /* of a line it takes, or a document that begins
				there ... */
	uint8_t skip_faults; /* ... and when it takes none */
	bool at_top;	     /* not inside a helper */
	bool is_back; /* leads back without taking a line, as ranges do */
	int32_t cost; /* of a line it takes; of OP_JUMP, of going there */
	int32_t skip;
	int32_t indent; /* or INDENT_UNKNOWN */
	int32_t least;	/* column that no line of a block is left of, or so */
	uint32_t next;	/* op behind this one, jumps followed; of OP_SPLIT
			   its first way, while it is compiled */
	uint32_t nways; /* of OP_SPLIT */
	int32_t rest;	/* cost of the jumps to next */
	uint64_t head;	/* the first bytes of a line that fits ... */
	uint64_t mask;	/* ... as far as they are known; nothing fits an op
			   that takes no lines */
	const struct glob *glob; /* of OP_LEAF */
	const struct leaf *leaf;
};

struct program {
	const struct template_file *file;
	struct op *ops;
	uint32_t n;
	/* Where op i leads without taking a line: edges first_edge[i] to, but
	 * without, first_edge[i + 1]; and what that costs, or how many faults
	 * it has. */
	const struct edge *edges, *faults;
	const uint32_t *first_edge;
	/* By op: how far back ways lead from it or from behind it. */
	const uint32_t *lowest;
};

/* What to compile. */
struct program_request {
	const struct template_file *file;
	const struct defines *defines;
	const struct evaluator *evaluator; /* NULL: no values are known */
	struct go_scope scope;		   /* of the file */
};

/* Compiles a file; the program lives in arena.  Never fails: what is past the
 * limits is left out. */
const struct program *program_compile(
    const struct program_request *request, struct arena *arena);

#endif

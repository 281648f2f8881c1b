/*
 * A template as a program for the search: a flat array of operations, as in a
 * machine for regular expressions, whose LEAF stands for one template line.
 */
#ifndef MAP_LINE_PROGRAM_H
#define MAP_LINE_PROGRAM_H

#include "helm/branch.h"
#include "map/cost.h"
#include "map/glob.h"

/* An indentation that is unknown. */
#define INDENT_UNKNOWN (-1)

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

/* One template line, for people. */
struct leaf {
	const struct template_file *file;
	const struct define *define; /* whose body it is in, or NULL */
	const struct output *output; /* what prints a block, or NULL */
	const struct output *only;   /* the one action of the line, or NULL */
	struct go_scope scope;	     /* of the line */
	uint32_t line;
	uint32_t source_line; /* of the program's own file */
};

struct edge {
	uint32_t to;
	int32_t cost;
};

struct op {
	uint8_t kind;  /* enum op_kind */
	uint8_t block; /* enum block_kind */
	bool at_top;   /* not inside a helper */
	bool is_back;  /* leads back without taking a line, as ranges do */
	int32_t cost;  /* of a line it takes; of OP_JUMP, of going there */
	int32_t skip;
	int32_t indent; /* or INDENT_UNKNOWN */
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
	 * without, first_edge[i + 1]. */
	const struct edge *edges;
	const uint32_t *first_edge;
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

/*
 * What the compiler is made of: the list it emits operations to, where in a
 * template it is, and the line it is putting together.  Only its own files
 * include it.
 */
#ifndef MAP_EMIT_H
#define MAP_EMIT_H

#include "map/line_program.h"

/* A template line while it is put together. */
struct line_builder {
	bool is_open;
	bool joins; /* what comes next, in a helper's body, stands on it */
	struct site site;
	uint32_t line, end_line; /* of the template */
	int column;		 /* in its file, or INDENT_UNKNOWN */
	int indent;		 /* when it is printed, or INDENT_UNKNOWN */
	int32_t more; /* cost of more lines after it; 0: it has none */
	size_t noutputs, nchoices;
	const struct output *outputs[MOST_OUTPUTS];
	const struct output *last; /* output ... */
	uint32_t last_line;	   /* ... and where it is */
	bool has_words, has_constants;
	bool ends_in_output;
};

struct compiler {
	const struct defines *defines;
	const struct evaluator *evaluator;
	struct arena *arena;
	struct map variables; /* "$x" -> struct define it holds, or NULL */
	struct map yaml; /* "$x" -> something when it holds toYaml's text */
	struct op *ops;
	size_t n, cap;
	struct way *ways;
	size_t nways, cap_ways;
	struct fragment *fragments; /* of the open line */
	size_t nfragments, cap_fragments;
	size_t nparts; /* looked at */
	size_t nleaves;
};

/* A loop being compiled. */
struct loop {
	size_t last_leave; /* jump that ends a round early, or NO_OP; its next
			      is the one before it, or UINT32_MAX */
};

#define NO_OP SIZE_MAX

/* A list of parts being compiled, and where it will be printed. */
struct walk {
	struct site site;
	unsigned ncalls;
	struct loop *loop;   /* the innermost, or NULL */
	int offset;	     /* columns it is moved, or INDENT_UNKNOWN */
	struct define *dot;  /* the helper whose text "." is, or NULL */
	bool first;	     /* its first line begins at the offset */
	uint32_t blank_line; /* blanks began this line: so many */
	int blanks;
	struct line_builder open;
};

/* What an action prints as lines of its own. */
struct block {
	enum block_kind kind;
	enum block_form form;
	int indent; /* of its first line ... */
	int least;  /* ... and that no line is left of */
	int32_t cost;
	int32_t faults; /* of each line: it should not be taken for a block */
};

/* The sum; unknown when either is. */
int add_indent(int offset, int indent);

/* Appends an operation, which is valid until the next one. */
struct op *emit(struct compiler *compiler, enum op_kind kind);

/* The ways of a split; those of one lie side by side. */
void set_ways(
    struct compiler *compiler, size_t split, const struct way *ways, size_t n);

/* A way to what is emitted next. */
struct way way_on(
    const struct compiler *compiler, int32_t cost, int32_t faults);

/* What a line of the template, or output on it, is for people; in the
 * compiler's arena. */
struct leaf *new_leaf(struct compiler *compiler, const struct site *site,
    uint32_t line, const struct output *output);

/* Any number of lines behind one of the leaf, which cost that much each. */
struct op *emit_continue(struct compiler *compiler, const struct leaf *leaf,
    enum block_kind block, int indent, int32_t cost);

/* A block and what follows its first line.  toYaml prints something whatever
 * it is given, so to skip it is a fault. */
void emit_absorber(struct compiler *compiler, const struct leaf *leaf,
    const struct block *block);

/* The helper whose text an output is: include "x", or a variable with it. */
struct define *called_define(const struct compiler *compiler,
    const struct walk *walk, const struct output *output);

/* Whether the helper may be compiled in place of its call: it is known, does
 * not call itself, and the program has not grown past its limits. */
bool can_follow(const struct compiler *compiler, const struct walk *walk,
    const struct define *define);

/* Of the first line of what an action prints, in hundredths. */
int32_t block_cost(const struct output *output);

/* Whether what the helper prints comes out as its body tells. */
bool is_certain(const struct output *output);

/* What an action prints from that column of its line on.  Text that nindent
 * moves has no blanks of its own before it. */
enum block_form form_of(
    const struct compiler *compiler, const struct output *output, int column);

#endif

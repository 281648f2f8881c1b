/*
 * A template file as a tree: text in lines, outputs, control structures; and
 * the named templates ("define") of all files of a chart.
 */
#ifndef HELM_TEMPLATE_H
#define HELM_TEMPLATE_H

#include "base/map.h"
#include "helm/output.h"
#include "helm/template_file.h"

/* What one line of the file gives to a stretch of text. */
struct segment {
	struct slice text; /* without the newline */
	uint32_t line;
	bool starts_line; /* a newline that is printed, or nothing, precedes */
	bool ends_line;	  /* a newline that is printed follows */
};

struct branch {
	struct slice head; /* of if, else if, ...: the whole action */
	const struct template_part *parts;
	const struct branch *next;
	bool is_else; /* without a condition */
};

enum part_kind {
	PART_TEXT,
	PART_OUTPUT,
	PART_ASSIGN,  /* of what a helper prints to a variable, or other */
	PART_CONTROL, /* if, with, range, block */
	PART_LEAVE,   /* break, continue: the round of a loop ends */
};

struct template_part {
	enum part_kind kind;
	enum go_kind control; /* of PART_CONTROL */
	uint32_t line, end_line;
	bool trims_before;
	bool is_inline; /* a control structure that prints no newline */
	const struct template_part *next;
	struct slice variable;		/* of PART_ASSIGN, or with $x := */
	const struct output *output;	/* of PART_OUTPUT; what PART_ASSIGN and
					   with are about, or NULL */
	const struct segment *segments; /* of PART_TEXT */
	size_t nsegments;
	const struct branch *branches; /* of PART_CONTROL; at least one */
};

/* {{ define "name" }} */
struct define {
	struct slice name;
	const struct template_file *file;
	const struct template_part *parts;
	uint32_t line;
	enum { SPAN_UNKNOWN, SPAN_ONE_LINE, SPAN_LINES } span;
};

/* The defines of a chart: name -> struct define, in an arena. */
struct defines {
	struct map by_name;
	struct map changing; /* see variable_changes() */
	struct arena *arena;
};

/*
 * Reads file->text; parts and defines live in defines->arena.  A define takes
 * the place of an earlier one of its name.  What is nested deeper than any
 * author would is taken as if the structure around it were not there.
 */
void template_read(struct template_file *file, struct defines *defines);

/* Whether a variable is given values in other ways than "$x := ACTION"
 * somewhere in the file. */
bool variable_changes(const struct defines *defines,
    const struct template_file *file, struct slice variable);

/* The helper of that name, or NULL. */
struct define *defines_find(const struct defines *defines, struct slice name);

/* Whether the helper may print more than one line; remembers the answer. */
bool define_spans_lines(const struct defines *defines, struct define *define);

#endif

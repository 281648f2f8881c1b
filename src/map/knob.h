/*
 * A field that is missing in the rendered text -> the block of the template
 * that would have printed it, and the value that opens the block.
 */
#ifndef MAP_KNOB_H
#define MAP_KNOB_H

#include "map/chart_map.h"
#include "map/companion.h"

struct knob {
	const struct template_file *file; /* NULL: there is no such block */
	struct slice key;
	uint32_t line;			       /* of the key in the block */
	const struct template_file *head_file; /* of what opens the block ... */
	uint32_t head_line;		       /* ... and the line */
	struct slice condition;		       /* that it asks */
	struct slice path; /* in it: ".Values.a.b"; empty: no values */
	bool is_path;	   /* the path is all of the condition */
	/* Where the value is, or what it would be in; none: not known. */
	struct place place;
	const char *option; /* that decided it, or NULL */
	bool is_there;	    /* the value is, and not only what it would be in */
};

/*
 * Looks for an optional block that prints a key which stands in advice, in the
 * template of a line and behind it, as long as lines are indented deeper: what
 * belongs to the list item or the mapping that begins there.  False, and a knob
 * without file, when there is none that was not taken.
 */
struct knob_request {
	const struct mapped_line *line;
	struct go_scope scope; /* at the line */
	struct slice source;   /* of its document */
	struct slice advice;
	struct values_evaluator *values; /* tells where a value is ... */
	bool are_given;			 /* ... and whether a branch is taken */
	/* Whether the rendered text has the key. */
	bool (*has_key)(void *context, struct slice key);
	void *context;
};
bool knob_find(const struct knob_request *request, struct knob *ret_knob);

/*
 * Looks in the other templates of a chart for an object of a kind, in a block
 * that was not taken.  Of several the one whose file is named most like that of
 * the finding; false, and a knob without file, when there is none or more.
 */
struct object_request {
	const struct template_file *file; /* that the finding is in ... */
	struct slice source;		  /* ... and its name in the stream */
	struct slice kind;
	struct values_evaluator *values;
	bool are_given;
	/* Remembers which templates have which objects, so all requests with it
	 * have the same values, and the same files are printed. */
	struct companions *companions;
	/* Whether something was rendered from a file, so that its blocks may
	 * have been taken. */
	bool (*is_printed)(void *context, const struct template_file *file);
	void *context;
};
bool knob_find_object(
    const struct object_request *request, struct knob *ret_knob);

/* Whether the text has the word in it, as one of its own. */
bool has_word(struct slice text, struct slice word);

#endif

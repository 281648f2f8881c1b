/*
 * What notes say of a finding that has moved to a template: which action and
 * which helper printed its line, where the value was decided, and, when
 * something is missing, what would print it.
 */
#ifndef RUN_TEMPLATE_NOTES_H
#define RUN_TEMPLATE_NOTES_H

#include "diag/finding.h"
#include "map/knob.h"
#include "map/round.h"

/* What all notes need. */
struct template_notes {
	struct finding_list *list; /* that the findings are in, written out */
	struct values_evaluator *values;
	bool are_given; /* the values, on purpose */
	/* The origin of a file of the chart. */
	const struct origin *(*origin_of)(void *context, const char *path);
	void *context;
};

/* Where a finding came from. */
struct moved_line {
	const struct mapped_line *line;
	const struct template_file *file; /* that the finding is at */
	struct slice source;		  /* of its document */
	struct span inner;		  /* in the file of the helper */
	struct place caller; /* of the helper, which the finding is at; none:
				it is at its caller */
	const struct knob *knob;   /* that prints what is missing */
	const struct round *round; /* the item it was printed for */
};

/* Adds the notes, in the order in which they help. */
void template_notes_add(const struct template_notes *notes,
    struct finding *finding, const struct moved_line *moved);

/* The text that names the fields which mend a finding.  Of an object it is what
 * the finding itself says: advice may be to add another object. */
struct slice advice_of(const struct finding *finding, bool is_object);

/* The kind of another object that the finding says is missing, and its advice
 * shows; empty: none. */
struct slice missing_kind(const struct finding *finding);

/* What begins at a rendered line: a list item, a mapping. */
struct rendered_item {
	const struct mapped_document *mapped;
	const struct mapped_line *line;
	size_t column; /* of the line, from 0 */
};

/* The line of a field of the item that advice names and that is there, but
 * empty; NULL: there is none. */
const struct mapped_line *find_empty_field(
    const struct rendered_item *item, struct slice advice);

/* Whether the item, a struct rendered_item, has a field of that key. */
bool has_field(void *item, struct slice key);

#endif

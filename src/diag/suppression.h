/*
 * Suppressions: findings that somebody has looked at and accepts, each with a
 * reason.
 *
 * One that names no rule, gives no reason, has expired, matches nothing or
 * names a locked rule is a finding itself; only one without fault works.
 */
#ifndef DIAG_SUPPRESSION_H
#define DIAG_SUPPRESSION_H

#include "diag/finding.h"

enum suppression_form {
	SUPPRESS_OBJECT,   /* an annotation: what is found on its object */
	SUPPRESS_LINE,	   /* a comment: what is found on one line */
	SUPPRESS_PATTERN,  /* the configuration: objects by kind and name */
	SUPPRESS_MISSPELT, /* nothing: rule is what is written, reason what to
			      write instead */
};

struct suppression {
	enum suppression_form form;
	const char *rule;	       /* id or code, as written */
	const char *reason;	       /* "" when none is given */
	struct place place;	       /* where it is written */
	const struct subject *subject; /* SUPPRESS_OBJECT: of which */
	uint32_t line;		       /* SUPPRESS_LINE: of place's file */
	const char *kind;    /* SUPPRESS_PATTERN: of the object; NULL: any */
	const char *name;    /* SUPPRESS_PATTERN: glob(7); NULL: any */
	const char *expires; /* last day, YYYY-MM-DD; NULL: never */
	size_t nused;	     /* findings it holds back */
};

/* All zero is empty and ready. */
struct suppression_list {
	struct arena arena; /* owns all texts */
	struct suppression *items;
	size_t n, cap;
};

void suppression_list_release(struct suppression_list *list);

/* Appends a copy of suppression and of its texts. */
void suppression_add(
    struct suppression_list *list, const struct suppression *suppression);

/*
 * Marks each finding that a suppression holds back, and adds a finding for
 * each suppression that is not right.  kinds: all there are; today: YYYY-MM-DD.
 * The list must not grow any more while findings refer to it.
 */
void suppressions_apply(struct suppression_list *list,
    struct finding_list *findings, const struct diag_kind *const *kinds,
    size_t nkinds, const char *today);

/* Whether text is a date of the form YYYY-MM-DD, of a day that there is. */
bool suppression_is_date(struct slice text);

#endif

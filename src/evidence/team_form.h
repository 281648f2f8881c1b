/*
 * Reports of a team's own making: where in their JSON is what evidence is
 * judged by, as the configuration file tells.
 *
 *     evidence:
 *       - form: load          conformance, load or validation
 *         when: /tool         a pointer (RFC 6901) that such a file has,
 *         is: gatling         and the text there, if that matters
 *         suite: /simulation  further pointers, any of which may be left out
 *         status: /result
 *         pass: [ok]          texts of status that stand for passed
 *         numbers: {p95_ms: /stats/p95}
 */
#ifndef EVIDENCE_TEAM_FORM_H
#define EVIDENCE_TEAM_FORM_H

#include "doc/reader.h"
#include "evidence/page.h"

/* The fields that are pointers to texts, in the order of print. */
enum team_field {
	TEAM_WHEN,
	TEAM_SUITE,
	TEAM_SCENARIO,
	TEAM_STATUS,
	TEAM_RUN_ID,
	TEAM_RELEASE,
	TEAM_PROFILE,
	TEAM_TIME,
	TEAM_FIELDS
};
extern const char *const team_fields[TEAM_FIELDS];

/* The forms that can be told of. */
#define TEAM_FORMS 3
extern const char *const team_form_names[TEAM_FORMS];

struct team_number {
	const char *name, *pointer;
};

struct team_form {
	struct place place;
	const char *name; /* of team_form_names */
	enum paper_form form;
	const char *pointers[TEAM_FIELDS]; /* NULL: not told */
	const char *is;			   /* or NULL */
	const char *const *pass;	   /* NULL: the usual words */
	size_t npass;
	const struct team_number *numbers;
	size_t nnumbers;
};

struct team_forms {
	const struct team_form *items;
	size_t n;
};

/* Reads the list; what it keeps lives in the reader's arena.  -1 with the
 * faults of reader set for each entry that is not as above. */
MUST_CHECK int team_forms_read(const struct reader *reader,
    const struct node *node, struct team_forms *ret_forms);

/* Reads a document that is of one of the forms; false when it is of none. */
bool read_team_form(const struct page *page, const struct team_forms *forms,
    const struct node *root);

/* What the pointer leads to, or NULL. */
const struct node *pointer_get(const struct node *root, const char *pointer);

#endif

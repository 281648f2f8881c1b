/*
 * Findings: what is wrong with the release, where, and says which rule.
 *
 * A finding owns nothing singly: its texts live in the arena of the list it
 * was added to and die with the list.
 */
#ifndef DIAG_FINDING_H
#define DIAG_FINDING_H

#include "base/fault.h"
#include "base/text.h"
#include "diag/span.h"

enum severity {
	SEVERITY_OFF, /* not reported */
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
	SEVERITY_MAX
};

/* "note", "warning", "error"; "off". */
const char *severity_name(enum severity severity);

/* The severity of that name; false when there is none. */
bool severity_parse(struct slice name, enum severity *ret_severity);

/* When of an update a kind of finding strikes, for timelines. */
enum strike {
	STRIKE_NONE,	  /* at no one moment, or that is not said */
	STRIKE_BEFORE,	  /* before it: its hooks, what must be there */
	STRIKE_START,	  /* as it begins */
	STRIKE_CREATION,  /* as the first new pod is created */
	STRIKE_READINESS, /* as the first new pod is ready */
	STRIKE_CAPACITY,  /* as the fewest pods serve */
	STRIKE_DELETION,  /* as the first pod is deleted, and told to end */
	STRIKE_KILL,	  /* as its grace is over */
	STRIKE_STEP,	  /* at the step that the finding is about */
	STRIKE_PROMOTION, /* as a Rollout leads all users to the new pods */
	STRIKE_DEADLINE,  /* as nothing has come of it for too long */
	STRIKE_AFTER,	  /* when it is done */
	STRIKE_MAX
};

/* Its word in rule files: "deletion"; "" for none. */
const char *strike_word(enum strike strike);

/* The strike of that word; false when there is none. */
bool strike_parse(struct slice word, enum strike *ret_strike);

/*
 * A kind of finding: one rule, or one of the tool's own checks.  What every
 * list, help text and SARIF catalogue is made from.  All texts end by NUL.
 */
struct diag_kind {
	const char *id;	   /* kebab-case: what users write and see */
	const char *code;  /* RLnnnn: SARIF's ruleId, never reused */
	const char *name;  /* the id in PascalCase: SARIF's rule name */
	const char *title; /* a noun phrase, or NULL */
	const char *const *aliases; /* ids and codes it had, in any order */
	size_t naliases;
	const char *const *suppressed_by; /* ids of rules whose suppressions
					     hold this one back, too */
	size_t nsuppressed_by;
	const char *group;	  /* probes drain warmup policy rollout values
				     rollback input, or a user's own */
	const char *yields_to;	  /* group whose errors at its line say the
				     same, or NULL */
	const char *invariant;	  /* the sentence it guards, ending in "." */
	const char *message;	  /* the message with its {placeholders} */
	const char *const *cases; /* what the message is in each case */
	size_t ncases;		  /* 0: the message is all there is */
	const char *why;	  /* markdown */
	const char *fix;	  /* markdown */
	const char *const *see;	  /* addresses of documents */
	size_t nsee;
	const char *edits;  /* what fix-its write, one a line, or NULL */
	const char *params; /* one "name = value: meaning" a line, or NULL */
	const char *bad, *good; /* first example of each, YAML; or NULL */
	enum severity severity; /* before -W and contract change it */
	enum strike strikes;
	bool locked; /* no suppression holds it back */
};

/* The tool's own kinds (bad YAML, too deep, ...), one row each in kinds.def. */
enum own_kind {
#define KIND(name, ...) KIND_##name,
#include "diag/kinds.def"
#undef KIND
	KIND_MAX
};
const struct diag_kind *own_kind(enum own_kind kind);

/* Whether the kind has or had that id or code. */
bool kind_is_called(const struct diag_kind *kind, struct slice name);

/* Of n kinds the first that has or had that id or code; NULL when none did. */
const struct diag_kind *kind_find(
    const struct diag_kind *const *kinds, size_t n, struct slice name);

/* What a finding is about: SARIF's logical location, GCC's "In function". */
struct subject {
	const char *group;     /* "apps"; "" for the core group */
	const char *version;   /* "v1" */
	const char *kind;      /* "Deployment" */
	const char *namespace; /* "" when the manifest gives none */
	const char *name;
	const char *source;	   /* chart template that made it; "" unknown */
	const struct origin *file; /* that holds it, or NULL */
};

/* A copy of the subject and its texts in the arena. */
const struct subject *subject_copy(
    struct arena *arena, const struct subject *subject);

struct note {
	struct place place; /* none: goes with the finding's own */
	const char *text;
	const char *quote; /* the line at place, or NULL */
};

enum fix_kind {
	FIX_REPLACE, /* the scalar at place */
	FIX_INSERT,  /* an entry before the key at place, or as the first one
			behind the brace there */
	FIX_EXACT,   /* the characters of place, none for an insertion */
};

/* An edit of the input.  A rule gives what it means; the line itself tells
 * which characters that are, see input/edit.h. */
struct fix {
	enum fix_kind kind;
	struct place place;
	const char *text; /* what to write, in YAML */
	const char *json; /* the same for JSON; NULL once it is FIX_EXACT */
	uint32_t byte_col, end_byte_col; /* of FIX_EXACT: place in bytes */
	struct place rendered; /* where it was before it moved to a template */
};

struct suppression;

/* A large run has hundreds of thousands: what is small stands together. */
struct finding {
	const struct diag_kind *kind;
	enum severity severity;
	bool promoted; /* an error only because of -Werror */
	bool is_whole; /* place is where its object or container begins, so it
			  is about something else than that line */
	bool known;    /* a baseline has it already */
	bool subject_lasts; /* its texts outlive the list: it has no copies */
	uint32_t nnotes, nfixes;
	uint16_t nargs;
	uint16_t which;	 /* of the kind's cases the template is; 0 when it has
			    none */
	uint32_t demand; /* of the contract, that it breaks: its number from
			    1; 0: none */
	struct place place;
	const struct place *rendered; /* where it was before it moved to a
					 template; NULL: it did not */
	const char *text; /* what finding_text() gives; NULL: the template
			     says it, filled with args */
	const char *args; /* nargs texts for the {} of the template, in order,
			     each ended by NUL: SARIF's arguments */
	const struct subject *subject; /* NULL when about no object */
	const char *path; /* "spec.template.spec.containers[0]", or NULL */
	const char *stable_path; /* the same with containers[name=web], which
				    survives an insertion; NULL: path does */
	const struct note *notes;
	const struct fix *fixes; /* all of them together mend it */
	const char *quote;	 /* the line at place, or NULL */
	const char *line_hash;	 /* GitHub's fingerprint of it, or NULL */
	const struct suppression *suppression; /* that holds it back, or NULL */
};

/* What it says, in one line without a final full stop: its own text, or one
 * that is made in buf, whose content it takes the place of. */
const char *finding_text(const struct finding *finding, struct buf *buf);

/* Where it was found, before it moved to a template. */
static inline const struct place *finding_rendered(
    const struct finding *finding)
{
	return finding->rendered ? finding->rendered : &finding->place;
}

/* The message of its kind, or of the case that it is, with {placeholders}. */
const char *finding_template(const struct finding *finding);

/* All zero is empty and ready. */
struct finding_list {
	struct arena arena; /* owns all texts, subjects and notes */
	struct finding *items;
	size_t n, cap;
};

void finding_list_release(struct finding_list *list);

/*
 * Appends a copy of finding: texts, notes and subject are copied into the
 * list; kind and origins are borrowed and must outlive it, and so must the
 * texts of a subject that lasts.
 */
void finding_add(struct finding_list *list, const struct finding *finding);

/* Moves all findings of from, with their texts, to the end of list. */
void finding_list_append(struct finding_list *list, struct finding_list *from);

/* Appends one of the tool's own findings at place, printf-like text. */
void finding_own(struct finding_list *list, enum own_kind kind,
    struct place place, const char *format, ...) PRINTF_LIKE(4, 5) SELDOM;

/* The last finding added, to add a note to it: place and printf-like text. */
void finding_note(struct finding_list *list, struct place place,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* The same for any finding of the list. */
void finding_note_to(struct finding_list *list, struct finding *finding,
    struct place place, const char *format, ...) PRINTF_LIKE(4, 5);

/* Gives all findings of the list a text of their own, for those who read them
 * more than once. */
void finding_list_write_out(struct finding_list *list);

/* Notes where a finding of the list was, in what was rendered, before it moves
 * to a template. */
void finding_set_rendered(
    struct finding_list *list, struct finding *finding, struct place place);

/* Moves the findings that a suppression holds back behind the others, both in
 * their order, and out of the list's length; returns how many. */
size_t finding_list_hold_back(struct finding_list *list);

/* The same for those that are known. */
size_t finding_list_hold_known(struct finding_list *list);

/*
 * Puts the findings in their order of print: by origin's index, line, column,
 * then rule id, then text.  Of equal findings one is kept.
 */
void finding_list_sort(struct finding_list *list);

#endif

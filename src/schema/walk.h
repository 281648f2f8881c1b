/*
 * The walk over one object: where it is, and what it tells.
 */
#ifndef SCHEMA_WALK_H
#define SCHEMA_WALK_H

#include "base/map.h"
#include "schema/schema.h"

struct walk {
	const struct kind *kind;
	const struct node *object;
	struct minors minors;
	const struct refusal_sink *sink;
	struct map told;    /* what was said, by node and field: once each */
	struct arena arena; /* of the keys of told */
	struct buf text;    /* of the sentence in hand */
	struct buf hint;    /* and of what to do */
};

/* A mapping on the way, and those above it. */
struct frame {
	struct walk *walk;
	const struct frame *above; /* or NULL at the root */
	const struct type *type;
	const struct node *node;
	const struct node *const *given; /* the values of the type's fields,
					    by their numbers; NULL: absent */
	uint64_t seen;			 /* bits of the fields that are given */
};

/* Tells a fault at a node; format says what is wrong. */
void report_fault(const struct frame *frame, enum refusal_class class,
    const struct node *at, const char *format, ...) PRINTF_LIKE(4, 5) SELDOM;

/* The same of a condition, which may have words of its own. */
void report_condition(const struct frame *frame,
    const struct condition *condition, enum refusal_class class,
    const struct node *at, const char *format, ...) PRINTF_LIKE(5, 6) SELDOM;

/* The same of a value, with a text that may hold anything. */
void report_text(const struct frame *frame, const struct condition *condition,
    const struct node *at, const struct buf *text) SELDOM;

/* Adds a text in quotes, cut where it is long. */
void add_shown(struct buf *buf, struct slice text);

/* Tells that a value is not of the type that is wanted. */
void report_type(const struct frame *frame, const struct node *at,
    const char *wanted) SELDOM;

/* Tells that a value is none of those that are allowed. */
void report_choice(const struct frame *frame, const struct condition *condition,
    const struct node *at, const char *const *values) SELDOM;

/* The same of those that a list of schema_lists allows. */
void report_listed(const struct frame *frame, const struct condition *condition,
    const struct node *at, uint16_t list) SELDOM;

/* Tells when a text has not that form. */
void report_form(const struct frame *frame, const struct condition *condition,
    const struct node *at, enum form form) SELDOM;

/* The same of what may be a number as well, which a quoted one was meant to
 * be. */
void report_name_or_number(
    const struct frame *frame, const struct node *at, enum form form) SELDOM;

/* Tells that an item of a list has the key of another. */
void report_twice(const struct frame *frame, const struct field *field,
    const struct node *item) SELDOM;

/* Tells that a node has no field of that name. */
void report_missing(const struct frame *frame,
    const struct condition *condition, const struct node *at,
    const char *field) SELDOM;

/* Tells that nothing is at the end of a path. */
void report_missing_below(const struct frame *frame,
    const struct condition *condition, const struct path *path) SELDOM;

/* Tells that none of several fields, listed, is there. */
void report_missing_one(const struct frame *frame,
    const struct condition *condition, const char *fields) SELDOM;

/* Tells what a key is that the type has no field for. */
void report_unknown(const struct frame *frame, const struct pair *pair) SELDOM;

/* The same with a hint of the caller's, which may be empty: the frame needs no
 * type. */
void report_unknown_hinted(const struct frame *frame, const struct pair *pair,
    struct slice hint) SELDOM;

/* Tells that a value breaks a rule, which tells it apart from what else is
 * told of the value. */
void report_rule(const struct frame *frame, const struct node *at,
    const char *rule, const struct buf *text) SELDOM;

/* Holds one value of a field, which is not null, to what it is of. */
void hold_scalar(const struct frame *frame, const struct field *field,
    const struct node *node);

/* Holds a selector to the labels that it must select. */
void hold_selection(
    const struct frame *frame, const struct condition *condition);

/* Holds an item that is null, an empty text or 0, to what its field may be. */
void hold_nothing(const struct frame *frame, const struct field *field,
    const struct node *node);

/* Holds a mapping to the conditions of its type. */
void hold_conditions(const struct frame *frame);

#endif

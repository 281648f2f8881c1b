/*
 * Values of the rule language, and their types.
 *
 * A value is passed by copy and owns nothing: strings, lists and maps live in
 * the arena of the evaluation or in what the value came from (a node of a
 * document, a fact of the release).  A value that was read from a file knows
 * its place there; one that was computed has none.
 */
#ifndef CEL_CEL_VALUE_H
#define CEL_CEL_VALUE_H

#include "doc/scalar.h"

/*
 * CEL_UNKNOWN is "what was given cannot tell" (a selector that may reach into
 * another namespace, a replica count nobody wrote).  It passes through
 * operators like an error and is absorbed like one by && and ||, but a rule
 * whose condition is unknown stays quiet, while one that fails is reported.
 */
enum cel_kind {
	CEL_ERROR, /* evaluation failed: text says why */
	CEL_UNKNOWN,
	CEL_NULL,
	CEL_BOOL,
	CEL_INT,
	CEL_DOUBLE,
	CEL_STRING,
	CEL_LIST,
	CEL_MAP,
	CEL_OBJECT, /* an entity of the release, see struct cel_class */
	CEL_DYN,    /* only as a type: known when evaluated */
};

/* A static type.  All zero is not a type; an element of all zero is CEL_DYN. */
struct cel_class;
struct cel_type {
	enum cel_kind kind;
	enum cel_kind element;	       /* of a CEL_LIST or CEL_MAP's values */
	const struct cel_class *class; /* when kind or element is CEL_OBJECT */
};

/* The type of that kind; of a list or map of anything. */
static inline struct cel_type cel_type_of(enum cel_kind kind)
{
	return (struct cel_type){.kind = kind, .element = CEL_DYN};
}

/* The type of what a list holds or what a map's keys lead to. */
struct cel_type cel_type_element(struct cel_type type);

/* The type that covers both: theirs if it is the same, else CEL_DYN. */
struct cel_type cel_type_join(struct cel_type a, struct cel_type b);

struct cel_value {
	enum cel_kind kind;
	struct place place; /* where it was written, or none */
	union {
		bool boolean;
		int64_t integer;
		double real;
		struct slice text; /* CEL_STRING; the sentence of CEL_ERROR */
		const struct cel_list *list;
		const struct cel_map *map;
		struct {
			const struct cel_class *class;
			const void *self;
		} object;
	};
};

/* Values that were computed: they have no place. */
static inline struct cel_value cel_bool(bool value)
{
	return (struct cel_value){.kind = CEL_BOOL, .boolean = value};
}

static inline struct cel_value cel_int(int64_t value)
{
	return (struct cel_value){.kind = CEL_INT, .integer = value};
}

static inline struct cel_value cel_double(double value)
{
	return (struct cel_value){.kind = CEL_DOUBLE, .real = value};
}

static inline struct cel_value cel_string(struct slice value)
{
	return (struct cel_value){.kind = CEL_STRING, .text = value};
}

struct cel_list {
	size_t n;
	const struct cel_value *items;
	bool is_kept; /* longer than what may be asked of it, see answers.h */
};

/* Keys are bool, int or string; no key twice.  What cel_from_node() makes of a
 * mapping has neither keys nor values before they are asked for: of most
 * objects a rule looks at little.  None is made twice: a macro asks as often as
 * it has items. */
struct cel_map {
	size_t n;
	const struct cel_value *keys;
	const struct cel_value *values;
	/* Of a mapping; else NULL. */
	const struct node *node;
	const struct origin *origin;
	struct arena *arena;
	struct cel_found *found; /* what has been asked for one by one */
};

/* One field of an entity, as rules see it. */
struct cel_field {
	const char *name;
	struct cel_type type;
	const char *unit;    /* "seconds", "pods", ...; "" for none */
	const char *meaning; /* one sentence without its full stop */
};

/*
 * A kind of entity.  get() gives the value of a field (CEL_UNKNOWN when what
 * was given cannot tell); when the field is absent it returns false and gives
 * the value that counts instead (the API's default) or CEL_ERROR when there is
 * none.  So has(e.f) is what get() returns, and e.f is what it gives.
 * What get() allocates goes into arena; context is the evaluation's.
 */
struct cel_class {
	const char *name;    /* "workload": also the variable's name */
	const char *meaning; /* one sentence without its full stop */
	const struct cel_field *fields;
	size_t nfields;
	bool (*get)(const void *context, const void *self, size_t field,
	    struct arena *arena, struct cel_value *ret_value);
	/* Whether a field is there, as has() tells, or else, where it is of
	 * type bool, whether it is true: without a value and its place, which
	 * cost more than most facts.  False when only get() can tell; NULL:
	 * it always has to. */
	bool (*ask)(const void *context, const void *self, size_t field,
	    bool has, bool *ret_holds);
	/* The entity's own place, and a short name for messages. */
	struct place (*place)(const void *self);
	void (*spell)(const void *self, struct buf *buf);
};

/* The field's index in its class, or -1. */
int cel_class_field(const struct cel_class *class, struct slice name);

struct cel_value cel_error(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3) SELDOM;

/* The value of a node, with places.  NULL gives CEL_NULL.  What is below a
 * mapping is converted in the arena when it is met, so the value is not for
 * several threads, and node must outlive it; shared nodes are converted each
 * time, which document_load()'s limit on nodes bounds. */
struct cel_value cel_from_node(
    struct arena *arena, const struct origin *origin, const struct node *node);

/* CEL's ==: numbers across int and double, lists and maps by content, objects
 * by identity. */
bool cel_equal(struct cel_value a, struct cel_value b);

/* cel_equal() that takes a step off *steps for every value it looks at and
 * gives up, saying false, when there is none left: a small list of lists can
 * be endlessly large when it holds the same list again and again. */
bool cel_equal_within(struct cel_value a, struct cel_value b, uint64_t *steps);

/* a's order to b, <0, 0, >0: two numbers, two strings or two bools.  False
 * when they have none (one is not a number). */
bool cel_order(struct cel_value a, struct cel_value b, int *ret_order);

/* Takes a price off the steps; without enough of them takes all and says
 * false. */
bool cel_steps_take(uint64_t *steps, uint64_t price);

/* How many keys of a map, and how many bytes of a text, are looked at for a
 * step. */
#define CEL_KEYS_A_STEP 2
#define CEL_BYTES_A_STEP 64

/* How many steps each item of a new list is: its memory costs more time than a
 * look at it does. */
#define CEL_STEPS_AN_ITEM 4

/* The same map with all its keys and values there. */
const struct cel_map *cel_map_whole(const struct cel_map *map);

/* The value of that key, or NULL.  Cost grows with the keys. */
const struct cel_value *cel_map_find(
    const struct cel_map *map, struct cel_value key);

/* As in CEL source: "text", 1, 2.0, [1, 2], {"k": v}; an object by its
 * class's spell().  For --eval. */
void cel_print(struct cel_value value, struct buf *buf);

/* As in a message: strings bare, whole doubles without ".0", else as
 * cel_print(). */
void cel_spell(struct cel_value value, struct buf *buf);

/* The shortest decimal that reads back as value. */
void cel_print_double(double value, struct buf *buf);

/* The same as Go's %g writes it, which is what string() of cel-go gives: with
 * an exponent from 1e+06 on, and NaN, +Inf, -Inf. */
void cel_print_go_double(double value, struct buf *buf);

/* "int", "list<workload>", ...: for error messages. */
void cel_type_spell(struct cel_type type, struct buf *buf);

#endif

/*
 * The facts as the rule language sees them: classes, variables, values.
 */
#ifndef RULE_VOCABULARY_H
#define RULE_VOCABULARY_H

#include "cel/answers.h"
#include "cel/cel.h"
#include "cel/patterns.h"
#include "fact/relate.h"

/* What a rule may visit besides the entities: any object, raw. */
#define ON_OBJECT ENTITY_MAX

/* The kind of the variable params, which is no entity. */
#define OF_PARAMS (ENTITY_MAX + 1)

/* The most variables an expression sees. */
#define SCOPE_MAX 8

/* The class of an entity, made from its rows of fields.h. */
const struct cel_class *entity_class(enum entity_kind kind);

/* The kind of entity a class stands for. */
enum entity_kind entity_of_class(const struct cel_class *class);

/* "pdb" to ENTITY_pdb, "object" to ON_OBJECT; false when there is none, and
 * then the nearest name is in *ret_nearest, or NULL. */
bool entity_named(
    struct slice name, enum entity_kind *ret_kind, const char **ret_nearest);

/*
 * The names in scope of an expression that visits entities of that kind: the
 * entity by its own name, what it is part of, contract and release.  For
 * ON_OBJECT: object and contract.  With visit false: contract and release.
 */
struct scope {
	struct cel_variable vars[SCOPE_MAX];
	enum entity_kind kinds[SCOPE_MAX]; /* of each variable */
	struct cel_scope cel;
	bool visits;
	enum entity_kind on;
	struct cel_value params; /* when OF_PARAMS is among the kinds */
};
void scope_init(struct scope *scope, bool visits, enum entity_kind on);

/* Adds the variable params, an object of a rule's own class. */
void scope_add_params(
    struct scope *scope, const struct cel_class *class, const void *self);

/* An entity and its fields with their types, units and meanings, as text; all
 * of them: for --list-facts. */
void entity_describe(enum entity_kind kind, struct buf *buf);
void vocabulary_describe(struct buf *buf);

/* What expressions are evaluated in.  Keeps the long lists of the release, so
 * that a rule may name them for every entity; not for several threads. */
struct context {
	const struct release *release; /* NULL for ON_OBJECT */
	const struct profile *profile;
	struct arena arena; /* of one entity's evaluations */
	struct arena kept;  /* of lists */
	struct cel_patterns patterns;
	struct cel_answers answers;
	uint64_t steps; /* left for what is evaluated; context_init() gives as
			   many as there are numbers */
	struct map long_lists;	 /* struct long_list, by what it was made of */
	struct cel_value *lists; /* of the release, by field; CEL_ERROR: not
				    made yet */
	struct map raws; /* struct raw_value: objects as they are written that
			    were asked for of the one entity */
	bool is_asking;	 /* what is evaluated is a condition: nobody looks at
			    the places of values, which are far in memory */
};
void context_init(struct context *context, const struct release *release,
    const struct profile *profile);
void context_release(struct context *context);

/* Evaluates the program; what comes of it lives until context_forget(). */
struct cel_value context_eval(struct context *context,
    const struct cel_program *program, const struct cel_value *values);

/* The same of a condition: what it comes to has no place. */
struct cel_value context_ask(struct context *context,
    const struct cel_program *program, const struct cel_value *values);

/* Forgets what was evaluated for one entity, before the next. */
void context_forget(struct context *context);

/* The values of scope's variables for one entity (NULL when the scope visits
 * none), or for an object raw. */
void scope_values(const struct scope *scope, struct context *context,
    const void *entity, struct cel_value *values);
/* Of values for another scope on the same kind, for the same entity, those that
 * differ in this one: the parameters, which are the last. */
void scope_params(const struct scope *scope, struct cel_value *values);
void scope_object_values(const struct scope *scope, struct context *context,
    struct cel_value object, struct cel_value *values);

#endif

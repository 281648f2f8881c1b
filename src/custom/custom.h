/*
 * Custom resources: CustomResourceDefinitions, and objects of their kinds held
 * to their schemas as the API server holds them when they are created.
 *
 * What it does is apiextensions-apiserver's: unknown fields are pruned, nulls
 * dropped, defaults filled in, then the schema is asked, then lists whose
 * items are told apart, then x-kubernetes-validations.
 */
#ifndef CUSTOM_CUSTOM_H
#define CUSTOM_CUSTOM_H

#include "base/map.h"
#include "doc/reader.h"
#include "schema/schema.h"

struct structural;
struct pattern;
struct validation;

struct custom_version {
	const char *name;
	bool is_served;
	bool has_status; /* its status is set by its controller alone */
	const struct structural *schema; /* NULL: it takes anything */
	struct pattern *patterns;
	struct validation *validations;
	const char *gap; /* by custom_prepare(): a sentence about what of the
			    schema is not checked, or NULL */
};

/* A CustomResourceDefinition.  Its arena has everything but what
 * custom_release() gives back. */
struct custom_kind {
	const char *group, *kind;
	const struct origin *origin; /* the file of the definition */
	const void
	    *owner; /* whoever read it keeps there what it was, or NULL */
	uint32_t line;
	uint32_t order; /* of its document in the stream, from 0 */
	bool preserves; /* what is unknown is kept */
	struct custom_version *versions;
	size_t nversions;
	struct map regexes; /* by the patterns' texts; owned */
	bool is_prepared;
};

/* Kinds by their names.  All zero is empty and ready. */
struct custom_set {
	struct custom_kind **kinds;
	size_t n, cap;
	struct map by_name;
	struct arena arena; /* of the names */
};

/*
 * Reads a CustomResourceDefinition of apiextensions.k8s.io/v1; all that is kept
 * is copied to the reader's arena.  -1 with FILE:LINE:COL and a sentence for
 * what cannot be used.  Give back with custom_release().
 */
MUST_CHECK int custom_read(const struct reader *reader,
    const struct node *definition, struct custom_kind **ret_kind);

/* Compiles patterns and rules; until then nothing may be held to it. */
void custom_prepare(struct custom_kind *kind, struct arena *arena);
void custom_release(struct custom_kind *kind);

/* Adds a kind, which stays its owner's; the last one of a name counts. */
void custom_set_add(struct custom_set *set, struct custom_kind *kind);
void custom_set_release(struct custom_set *set);

/* NULL when there is none. */
struct custom_kind *custom_set_find(
    const struct custom_set *set, const char *group, const char *kind);

/* To whom faults are told; and, of what could not be checked, a sentence.
 * about tells one gap from others: each is to be said once. */
struct custom_sink {
	void (*add)(void *context, const struct refusal_fault *fault);
	void (*gap)(void *context, const void *about, const char *text);
	void *context;
};

/* Tells sink what the API server refuses in an object of that kind and
 * version. */
void custom_hold(const struct custom_kind *kind, const char *version,
    const struct node *object, const struct custom_sink *sink);

/* Tells sink which defaults of a definition, just read from that node, are
 * refused by their own schemas; arena is that of custom_prepare(), which may
 * have to be called. */
void custom_hold_defaults(struct custom_kind *kind,
    const struct node *definition, struct arena *arena,
    const struct custom_sink *sink);

/* Whether a version, of a definition that has been prepared, has rules about
 * changes. */
bool custom_has_changes(const struct custom_kind *kind, const char *version);

/* Tells sink for which rules about changes (oldSelf) the API server refuses an
 * update of one object to the other; both are of that version.  The places are
 * those of after. */
void custom_hold_change(const struct custom_kind *kind, const char *version,
    const struct node *before, const struct node *after,
    const struct custom_sink *sink);

#endif

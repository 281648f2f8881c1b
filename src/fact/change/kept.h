/*
 * What of an object is kept while its document is there, to be compared with
 * the same object of another release.
 */
#ifndef FACT_CHANGE_KEPT_H
#define FACT_CHANGE_KEPT_H

#include "fact/facts.h"

/* What becomes of a change at the path of a row of update.def. */
enum kept_how { KEPT_FIXED, KEPT_FREE, KEPT_KEPT, KEPT_SHALLOW, KEPT_BRANCH };

struct kept_row {
	const char *group, *kind, *path;
	enum kept_how how;
	const char *way; /* how to get there all the same, or "" */
};

/* All rows of update.def; those of one kind follow each other. */
extern const struct kept_row kept_rows[];
extern const size_t nkept_rows;

/* One field, or where the list or mapping at the end of a row begins. */
struct kept_leaf {
	const char *path;  /* in the object: spec.ports[0].port */
	const char *value; /* equal values have equal texts; NULL: a list or
			      mapping */
	const char *shown; /* as written, cut where it is long; "" for what
			      is secret */
	uint32_t line, col, width;
	uint16_t row;	 /* index in kept_rows: the longest that leads to it */
	bool is_null;	 /* null is written, which is no value */
	bool is_numeric; /* number is what value says */
	double number;	 /* of a number or a quantity, in its base unit */
};

/* Of one object.  Values that are the defaults of the API are left out. */
struct kept {
	const struct kept_leaf *leaves; /* by path, in bytes */
	size_t n;
	uint64_t digest;   /* of all but metadata and status */
	uint64_t template; /* of its pod template; 0: it has none */
	bool keeps;	   /* helm.sh/resource-policy: keep */
	bool has_string_data; /* a Secret with stringData, which is told as
				 data */
	bool flux_keeps;   /* kustomize.toolkit.fluxcd.io/prune: disabled */
	bool is_certified; /* an annotation speaks of certificates, which
			      a controller may then make */
	bool flux_leaves;  /* kustomize.toolkit.fluxcd.io/ssa: IfNotPresent or
			      Ignore */
	bool flux_forces;  /* kustomize.toolkit.fluxcd.io/force: enabled */
};

/* Keeps what there is of an object; group and kind are its manifest's. */
const struct kept *collect_kept(struct facts *facts, const struct node *object,
    const struct manifest *manifest);

/* Adds the step to what a key of a mapping stands for to a path. */
void kept_add_step(struct buf *path, struct slice key);

/* The leaf at a path, or NULL. */
const struct kept_leaf *kept_find(const struct kept *kept, const char *path);

/* The first leaf that is at a path or, in the order of paths, behind it:
 * kept->n when there is none.  What is below a path follows it. */
size_t kept_from(const struct kept *kept, struct slice path);

/* The nearest list or mapping that a path is below, or NULL. */
const struct kept_leaf *kept_above(const struct kept *kept, const char *path);

/* Its value, "" when there is none. */
const char *kept_value(const struct kept *kept, const char *path);

/* Whether any value is at or below a path. */
bool kept_has(const struct kept *kept, const char *path);

#endif

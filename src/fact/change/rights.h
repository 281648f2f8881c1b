/*
 * Within this folder: which accounts two releases give rights to.
 */
#ifndef FACT_CHANGE_RIGHTS_H
#define FACT_CHANGE_RIGHTS_H

#include "fact/change/change.h"

/* Bindings of one release, hooks aside, in the order of the stream. */
struct bound {
	const struct manifest *binding;
	struct bound *next;
};

struct bound_list {
	struct bound *first, *last;
};

struct rights_side {
	struct map accounts; /* struct bound_list, by the accounts' names and
				namespaces, "" for none and "*" for any */
	struct map roles;    /* the first of a kind and name */
	bool binds_others;   /* some are for groups or users */
	bool has_admission;  /* it has PodSecurityPolicies or their like */
};

struct rights {
	const struct release *release; /* the new one */
	struct rights_side old, new;
	struct arena arena;
};

/* Reads the bindings and roles of a release and of the one that runs now; give
 * back with rights_release(). */
void rights_init(struct rights *rights, const struct release *release);
void rights_release(struct rights *rights);

/* The binding of the release that runs now by which an account of a namespace
 * ("": not known) had rights that it has no more, while the account that takes
 * its place has some; or NULL. */
const struct manifest *find_lost_rights(const struct rights *rights,
    const char *account, const char *heir, const char *namespace);

/* The binding by which an account had rights that no binding of the new release
 * gives to anybody that it may be among; or NULL, also where it may have been
 * about nothing but how pods are admitted. */
const struct manifest *find_dropped_rights(
    const struct rights *rights, const char *account, const char *namespace);

/* The role that is deleted while its binding to an account stays; or NULL, also
 * as above. */
const struct manifest *find_deleted_role(
    const struct rights *rights, const char *account, const char *namespace);

#endif

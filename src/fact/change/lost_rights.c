/*
 * A ServiceAccount of pods that run, and the one that new pods run with -> the
 * binding that gave rights to the first and now gives them to the other; or,
 * where both are one, the binding that is gone, or its role.
 *
 * The API server asks bindings at each request, so that rights are gone with
 * the subject.  Only names and namespaces of subjects are compared; a role of
 * another name may give as much, so an account that any binding still names is
 * left out.
 */
#include "fact/change/rights.h"

#include "fact/change/applier.h"
#include "fact/change/denial.h"
#include "fact/kind.h"
#include "fact/namespace.h"

#include <stdio.h>
#include <string.h>

/* "subjects[3].name" is the name of a subject of that kind. */
static bool is_of_account(const struct kept *kept, const struct kept_leaf *name)
{
	char path[64];
	int n = (int)strlen(name->path) - (int)strlen("name");

	snprintf(path, sizeof(path), "%.*skind", n, name->path);
	return !strcmp(kept_value(kept, path), "ServiceAccount");
}

/* Groups and users that Kubernetes itself names may be any account, as
 * system:serviceaccounts and system:authenticated are; those of others are
 * people. */
static bool binds_others(const struct manifest *binding)
{
	static const char own[] = "system:";
	const struct kept *kept = binding->seldom->kept;

	for (size_t i = 0; kept && i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (leaf->value && path_is_within(leaf->path, "subjects") &&
		    !strncmp(leaf->value, own, strlen(own)) &&
		    !is_of_account(kept, leaf))
			return true;
	}
	return false;
}

/* Behind those of the account that are there already. */
static void add_bound(struct rights *rights, struct rights_side *side,
    const struct manifest *binding, const char *account, const char *namespace)
{
	struct arena *arena = &rights->arena;
	struct bound *bound = arena_alloc(arena, sizeof(*bound));
	void **place = map_slot(&side->accounts,
	    slice_of(arena_printf(arena, "%s %s", account, namespace)));
	struct bound_list *list = *place;

	bound->binding = binding;
	if (!list)
		*place = list = arena_alloc(arena, sizeof(*list));
	if (list->last)
		list->last->next = bound;
	else
		list->first = bound;
	list->last = bound;
}

static struct slice role_key(
    struct arena *arena, const char *kind, const char *name)
{
	return slice_of(arena_printf(arena, "%s %s", kind, name));
}

static bool is_about_pods(const struct manifest *manifest)
{
	return !strcmp(manifest->kind, "PodSecurityPolicy") ||
	       !strcmp(manifest->kind, "SecurityContextConstraints");
}

static void read_manifest(struct rights *rights, struct rights_side *side,
    const struct manifest *manifest)
{
	const struct grant *grant = manifest->seldom->grant;

	side->has_admission |= is_about_pods(manifest);
	side->binds_others |= binds_others(manifest);
	if (is_hook(manifest))
		return;
	for (size_t i = 0; grant && i < grant->accounts.n; i++) {
		const char *account = grant->accounts.items[i];

		add_bound(rights, side, manifest, account,
		    grant->namespaces.items[i]);
		add_bound(rights, side, manifest, account, "*");
	}
	if (!strcmp(manifest->kind, "Role") ||
	    !strcmp(manifest->kind, "ClusterRole")) {
		void **place = map_slot(&side->roles,
		    role_key(&rights->arena, manifest->kind, manifest->name));

		if (!*place)
			*place = (void *)(uintptr_t)manifest;
	}
}

static void read_side(struct rights *rights, struct rights_side *side,
    const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++)
		read_manifest(rights, side, list->items[i]);
}

void rights_init(struct rights *rights, const struct release *release)
{
	*rights = (struct rights){.release = release};
	read_side(rights, &rights->old, release->previous);
	read_side(rights, &rights->new, release);
}

void rights_release(struct rights *rights)
{
	map_release(&rights->old.accounts);
	map_release(&rights->old.roles);
	map_release(&rights->new.accounts);
	map_release(&rights->new.roles);
	arena_release(&rights->arena);
}

static const struct bound *bound_to(
    const struct rights_side *side, const char *account, const char *namespace)
{
	struct buf key = {0};
	const struct bound_list *list;

	buf_printf(&key, "%s %s", account, namespace);
	list = map_find(&side->accounts, buf_slice(&key));
	buf_release(&key);
	return list ? list->first : NULL;
}

/* The first for an account of a namespace, "" where that is not known; a
 * subject that says none may be of any. */
static const struct bound *first_bound(
    const struct rights_side *side, const char *account, const char *namespace)
{
	const struct bound *bound =
	    bound_to(side, account, *namespace ? namespace : "*");

	return bound ? bound : bound_to(side, account, "");
}

const struct manifest *find_lost_rights(const struct rights *rights,
    const char *account, const char *heir, const char *namespace)
{
	const struct bound *before =
	    first_bound(&rights->old, account, namespace);

	if (!before || first_bound(&rights->new, account, namespace) ||
	    !first_bound(&rights->new, heir, namespace))
		return NULL;
	return before->binding;
}

/* Roles that are about PodSecurityPolicies, which Kubernetes has no more, or
 * their like of OpenShift: asked for when a pod is created, not by the pod. */
static bool is_about_admission(
    const struct rights *rights, const struct manifest *binding)
{
	static const char *const words[] = {
	    "psp", "scc", "podsecurity", "pod-security"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strstr(binding->seldom->grant->role_name, words[i]) ||
		    strstr(binding->name, words[i]))
			return true;
	}
	return rights->old.has_admission;
}

/* The role of a binding in both releases, when it is deleted; or NULL. */
static const struct manifest *deleted_role(
    const struct rights *rights, const struct manifest *binding)
{
	struct arena arena = {0};
	struct slice key = role_key(&arena, binding->seldom->grant->role_kind,
	    binding->seldom->grant->role_name);
	const struct manifest *role = map_find(&rights->old.roles, key);

	if (role && (role->seldom->other || map_find(&rights->new.roles, key) ||
			outlives_release(rights->release->previous, role) ||
			is_about_admission(rights, binding)))
		role = NULL;
	arena_release(&arena);
	return role;
}

/* A binding to a role that is not there gives nothing. */
const struct manifest *find_deleted_role(
    const struct rights *rights, const char *account, const char *namespace)
{
	const struct bound *bound =
	    first_bound(&rights->new, account, namespace);
	const struct manifest *role = NULL;

	for (; bound && !role; bound = bound->next) {
		if (bound->binding->seldom->other &&
		    !is_hook(bound->binding->seldom->other))
			role = deleted_role(rights, bound->binding);
	}
	return role;
}

const struct manifest *find_dropped_rights(
    const struct rights *rights, const char *account, const char *namespace)
{
	const struct bound *bound =
	    first_bound(&rights->old, account, namespace);
	const struct manifest *before = bound ? bound->binding : NULL;

	if (!before || first_bound(&rights->new, account, namespace) ||
	    (!before->seldom->other &&
		outlives_release(rights->release->previous, before)) ||
	    rights->new.binds_others || is_about_admission(rights, before))
		return NULL;
	return before;
}

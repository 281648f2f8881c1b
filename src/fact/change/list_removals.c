/*
 * Two releases -> the objects that pods cannot start without and that the
 * upgrade deletes.
 *
 * Each object is told once: at the new pods that still name it, where there are
 * such, else where it stands in the release that runs now.
 */
#include "fact/change/rights.h"

#include "fact/change/applier.h"
#include "fact/change/denial.h"
#include "fact/computed.h"
#include "fact/config/configuration.h"
#include "fact/hook/hook.h"
#include "fact/kind.h"
#include "fact/namespace.h"

#include <stdlib.h>
#include <string.h>

struct removing {
	struct release *release;
	struct arena arena;
	struct buf text;
	struct map objects;  /* that are deleted, by needed_key() */
	struct map accounts; /* that bindings of the old release name, by
				needed_key(); see index_account() */
	struct map old;	     /* workloads whose pods are replaced in turn */
	struct map outlived; /* all that another comes after, however */
	struct map heirs;    /* the need for an account, by its workload */
	struct map told;     /* objects with a removal, by needed_key() */
	struct vector removals;
	struct rights rights;
	bool has_maker; /* something new may make such objects itself */
};

static struct slice needed_key(struct removing *removing, const char *kind,
    const char *name, const char *namespace)
{
	buf_clear(&removing->text);
	buf_printf(&removing->text, "%s/%s/%s", kind, name, namespace);
	return buf_slice(&removing->text);
}

static void put(struct removing *removing, struct map *map, struct slice key,
    const void *value)
{
	*map_slot(map, slice_copy(&removing->arena, key)) =
	    (void *)(uintptr_t)value;
}

/* An object that becomes a hook is made as one and deleted at the end, as the
 * manifest of the release no longer has it: Upgrade.releasingUpgrade() of Helm.
 */
static bool becomes_hook(const struct manifest *manifest)
{
	return manifest->seldom->other &&
	       manifest->seldom->other->seldom->helm_hook.given &&
	       !is_hook(manifest);
}

/* Of what others name: the core group, and classes. */
static bool is_named(const struct manifest *manifest)
{
	return !*manifest->group || !strcmp(manifest->kind, "PriorityClass") ||
	       !strcmp(manifest->kind, "IngressClass");
}

static bool is_deleted(
    const struct release *previous, const struct manifest *manifest)
{
	return (!manifest->seldom->other || becomes_hook(manifest)) &&
	       !manifest->is_repeated && !manifest->seldom->earlier &&
	       is_named(manifest) && !is_hook(manifest) &&
	       !outlives_release(previous, manifest);
}

/* By its namespace and, where that of the account is not known, by any. */
static void index_account(
    struct removing *removing, const struct manifest *binding, size_t i)
{
	const char *name = binding->seldom->grant->accounts.items[i];
	const char *namespace = binding->seldom->grant->namespaces.items[i];

	put(removing, &removing->accounts,
	    needed_key(removing, "", name, namespace), binding);
	put(removing, &removing->accounts,
	    needed_key(removing, "any", name, ""), binding);
}

/* Whether a binding of the release that runs now gives rights to an account.
 * One whose subject has no namespace means an account of whatever one. */
static bool has_rights(
    struct removing *removing, const struct manifest *account)
{
	const char *namespace =
	    manifest_namespace(removing->release->previous, account);
	const struct map *accounts = &removing->accounts;

	if (strcmp(account->kind, "ServiceAccount") != 0)
		return false;
	if (!*namespace)
		return map_find(
		    accounts, needed_key(removing, "any", account->name, ""));
	return map_find(accounts,
		   needed_key(removing, "", account->name, namespace)) ||
	       map_find(accounts, needed_key(removing, "", account->name, ""));
}

static void index_old(struct removing *removing)
{
	const struct release *previous = removing->release->previous;
	const struct entity_list *list = &previous->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		const struct grant *grant = manifest->seldom->grant;

		for (size_t j = 0; grant && j < grant->accounts.n; j++)
			index_account(removing, manifest, j);
		if (is_deleted(previous, manifest))
			put(removing, &removing->objects,
			    needed_key(removing, manifest->kind, manifest->name,
				manifest_namespace(previous, manifest)),
			    manifest);
	}
}

/* A new custom resource may stand for a Secret that an operator makes, and a
 * new Job may make one by itself. */
static bool may_make(const struct manifest *manifest)
{
	const char *group = manifest->group;
	size_t len = strlen(group);
	bool is_custom = strchr(group, '.') &&
			 (len < 7 || strcmp(group + len - 7, ".k8s.io"));

	return !manifest->seldom->other &&
	       (is_custom || !strcmp(manifest->kind, "Job"));
}

static void find_maker(struct removing *removing)
{
	const struct entity_list *list =
	    &removing->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++)
		removing->has_maker |= may_make(list->items[i]);
}

/* The old pods that live on for a while.  Those that Recreate or a new object
 * replaces all end at once. */
static void index_transitions(struct removing *removing)
{
	const struct entity_list *list =
	    &removing->release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];
		const struct workload *old = transition->previous;
		const struct fact *strategy = &transition->workload->strategy;

		if (!runs_on(old))
			continue;
		put(removing, &removing->outlived, map_address_key(&old),
		    transition);
		if (!strcmp(transition->what.text, "replaced"))
			continue;
		if (strategy->state == FACT_KNOWN &&
		    !strcmp(strategy->text, "Recreate"))
			continue;
		put(removing, &removing->old, map_address_key(&old),
		    transition);
	}
}

static struct removal *add_removal(struct removing *removing,
    const struct manifest *object, const struct need *need)
{
	struct removal *removal =
	    arena_alloc(&removing->release->arena, sizeof(*removal));

	removal->object = object;
	removal->workload = need->part.workload;
	removal->role = need->role;
	removal->has_rights = fact_bool(has_rights(removing, object));
	removal->may_return = fact_bool(removing->has_maker);
	removal->named_by_content =
	    fact_bool(is_named_by_content(slice_of(object->name)));
	vector_add(&removing->removals, removal);
	return removal;
}

/* The object of a need that is deleted and was not told yet, or NULL. */
static const struct manifest *find_deleted(struct removing *removing,
    const struct release *release, const struct need *need)
{
	const char *namespace =
	    manifest_namespace(release, need->part.workload->manifest);
	struct slice key =
	    needed_key(removing, need->kind.text, need->name.text, namespace);
	const struct manifest *object = map_find(&removing->objects, key);

	if (object && !map_find(&removing->told, key)) {
		put(removing, &removing->told, key, object);
		return object;
	}
	return NULL;
}

static bool is_made(const struct manifest *manifest)
{
	return !is_hook(manifest) && !manifest->is_repeated &&
	       !manifest->seldom->earlier;
}

static bool is_asked(const struct need *need)
{
	return is_made(need->part.workload->manifest);
}

/* Whether the new release surely has no such object, but as a hook. */
static bool is_lacking(struct removing *removing, const struct need *need)
{
	const char *namespace = manifest_namespace(
	    removing->release, need->part.workload->manifest);
	const struct manifest *object = map_find(&removing->objects,
	    needed_key(removing, need->kind.text, need->name.text, namespace));

	return (object && becomes_hook(object)) ||
	       (need->rendered.state == FACT_KNOWN && !need->rendered.boolean);
}

/* New pods that name what is gone. */
static void list_still_needed(struct removing *removing)
{
	const struct release *release = removing->release;
	const struct entity_list *needs = &release->lists[ENTITY_need];

	for (size_t i = 0; i < needs->n; i++) {
		const struct need *need = needs->items[i];
		const struct manifest *object;
		struct removal *removal;

		if (!is_asked(need) || !is_lacking(removing, need))
			continue;
		object = find_deleted(removing, release, need);
		if (!object)
			continue;
		removal = add_removal(removing, object, need);
		removal->manifest = need->part.workload->manifest;
		removal->where = need->name;
		removal->still_needed = fact_bool(true);
		removal->made_hook = fact_bool(becomes_hook(object));
	}
}

/* Whether old pods need it while they are replaced.  A claim goes with what is
 * on it, in whatever way its pods end. */
static bool is_needed_before(struct removing *removing, const struct need *need)
{
	bool is_claim = !strcmp(need->kind.text, "PersistentVolumeClaim");

	return map_find(is_claim ? &removing->outlived : &removing->old,
		   map_address_key(&need->part.workload)) != NULL;
}

/* What images are pulled with is not asked for again where pods run. */
static void list_needed_before(struct removing *removing)
{
	const struct release *previous = removing->release->previous;
	const struct entity_list *needs = &previous->lists[ENTITY_need];

	for (size_t i = 0; i < needs->n; i++) {
		const struct need *need = needs->items[i];
		const struct manifest *object;
		struct removal *removal;

		if (!is_asked(need) ||
		    !strcmp(need->role.text, "imagePullSecrets") ||
		    !is_needed_before(removing, need))
			continue;
		object = find_deleted(removing, previous, need);
		if (!object)
			continue;
		removal = add_removal(removing, object, need);
		removal->manifest = object;
		removal->where = fact_of_kind(object);
		removal->still_needed = fact_bool(false);
	}
}

/* What an object of the new release names is deleted, unless it was told. */
static void note_named(struct removing *removing,
    const struct manifest *manifest, struct slice key, const char *role,
    struct fact where)
{
	const struct manifest *object = map_find(&removing->objects, key);
	struct need need = {.role = fact_text(role)};
	struct removal *removal;

	if (!object || becomes_hook(object) || map_find(&removing->told, key))
		return;
	put(removing, &removing->told, key, object);
	removal = add_removal(removing, object, &need);
	removal->manifest = manifest;
	removal->where = where;
	removal->still_needed = fact_bool(true);
	removal->made_hook = fact_bool(false);
}

/* Nothing serves an Ingress whose class is not there: IsValid() of
 * kubernetes/ingress-nginx, internal/ingress/controller/ingressclass. */
static void note_ingress(
    struct removing *removing, const struct manifest *ingress)
{
	const struct kept *kept = ingress->seldom->kept;
	const char *namespace = manifest_namespace(removing->release, ingress);

	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (!leaf->value)
			continue;
		if (path_is_within(leaf->path, "spec.tls") &&
		    !kept->is_certified)
			note_named(removing, ingress,
			    needed_key(
				removing, "Secret", leaf->value, namespace),
			    "tls", leaf_fact(ingress, leaf));
		if (!strcmp(leaf->path, "spec.ingressClassName"))
			note_named(removing, ingress,
			    needed_key(
				removing, "IngressClass", leaf->value, ""),
			    "ingress class", leaf_fact(ingress, leaf));
	}
}

/* Certificates and classes that Ingresses of the new release name. */
static void list_of_ingresses(struct removing *removing)
{
	const struct entity_list *list =
	    &removing->release->lists[ENTITY_manifest];

	for (size_t i = 0; !removing->has_maker && i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "Ingress") &&
		    manifest->seldom->kept && is_made(manifest))
			note_ingress(removing, manifest);
	}
}

/* The API server takes no pod whose class is not there:
 * computePriority...() of plugin/pkg/admission/priority. */
static void list_priorities(struct removing *removing)
{
	const struct entity_list *list =
	    &removing->release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];
		struct fact class = RARE_FACT(workload, priority_class);

		if (class.state == FACT_KNOWN && is_made(workload->manifest))
			note_named(removing, workload->manifest,
			    needed_key(
				removing, "PriorityClass", class.text, ""),
			    "priority", class);
	}
}

/* Versions of a definition that nobody can ask for any more. */
static void note_definition(
    struct removing *removing, const struct manifest *manifest)
{
	struct need need = {.role = fact_text("version")};
	const struct manifest *old = manifest->seldom->other;
	const char *version;
	size_t index = 0;

	while ((version = find_unserved(
		    old->seldom->kept, manifest->seldom->kept, &index))) {
		struct removal *removal = add_removal(removing, old, &need);

		removal->manifest = manifest;
		removal->where = fact_of_kind(manifest);
		removal->still_needed = fact_bool(false);
		removal->version = fact_text(version);
	}
}

static void list_versions(struct removing *removing)
{
	const struct entity_list *list =
	    &removing->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "CustomResourceDefinition") &&
		    manifest->seldom->other && manifest->seldom->kept &&
		    manifest->seldom->other->seldom->kept &&
		    !manifest->is_refused)
			note_definition(removing, manifest);
	}
}

/* The accounts that new pods run with. */
static void index_heirs(struct removing *removing)
{
	const struct entity_list *needs =
	    &removing->release->lists[ENTITY_need];

	for (size_t i = 0; i < needs->n; i++) {
		const struct need *need = needs->items[i];
		struct slice key = map_address_key(&need->part.workload);

		if (!strcmp(need->kind.text, "ServiceAccount") &&
		    !map_find(&removing->heirs, key))
			put(removing, &removing->heirs, key, need);
	}
}

/* Whether a binding was told of already; and notes it. */
static bool is_told(struct removing *removing, const struct manifest *binding)
{
	struct slice key = map_address_key(&binding);
	bool is_told = map_find(&removing->told, key);

	put(removing, &removing->told, key, binding);
	return is_told;
}

/* What takes rights from an account of old pods: a binding that gives them to
 * the account of the new ones; or, while these have the same, one that is gone,
 * or its role.  A new custom resource or Job may make another. */
static const struct manifest *find_taking(const struct removing *removing,
    const struct need *need, const struct need *heir, const char *namespace)
{
	const struct rights *rights = &removing->rights;
	const char *account = need->name.text;
	const struct manifest *binding;

	if (strcmp(heir->name.text, account) != 0)
		return find_lost_rights(
		    rights, account, heir->name.text, namespace);
	if (removing->has_maker)
		return NULL;
	binding = find_dropped_rights(rights, account, namespace);
	return binding ? binding
		       : find_deleted_role(rights, account, namespace);
}

/* Rights that old pods lose. */
static void judge_rights(struct removing *removing, const struct need *need)
{
	const struct release *release = removing->release;
	const struct workload *workload = need->part.workload;
	const char *namespace =
	    manifest_namespace(release->previous, workload->manifest);
	const struct transition *transition =
	    map_find(&removing->old, map_address_key(&workload));
	const struct need *heir =
	    transition ? map_find(&removing->heirs,
			     map_address_key(&transition->workload))
		       : NULL;
	const struct manifest *binding;
	struct removal *removal;

	if (!heir ||
	    map_find(&removing->objects, needed_key(removing, "ServiceAccount",
					     need->name.text, namespace)))
		return;
	binding = find_taking(removing, need, heir, namespace);
	if (!binding || is_told(removing, binding))
		return;
	removal = add_removal(removing, binding, need);
	removal->manifest =
	    binding->seldom->other ? binding->seldom->other : binding;
	removal->where = fact_of_kind(removal->manifest);
	removal->still_needed = fact_bool(false);
	removal->account = need->name;
	if (strcmp(heir->name.text, need->name.text) != 0)
		removal->heir = heir->name;
}

static void list_rights(struct removing *removing)
{
	const struct entity_list *needs =
	    &removing->release->previous->lists[ENTITY_need];

	index_heirs(removing);
	rights_init(&removing->rights, removing->release);
	for (size_t i = 0; i < needs->n; i++) {
		const struct need *need = needs->items[i];

		if (is_asked(need) &&
		    !strcmp(need->kind.text, "ServiceAccount"))
			judge_rights(removing, need);
	}
	rights_release(&removing->rights);
}

static void hand_over(struct removing *removing)
{
	struct release *release = removing->release;
	struct vector *removals = &removing->removals;
	const void **items =
	    arena_array(&release->arena, removals->n, sizeof(*items));

	for (size_t i = 0; i < removals->n; i++)
		items[i] = removals->items[i];
	release->lists[ENTITY_removal] =
	    (struct entity_list){removals->n, items};
	free(removals->items);
	map_release(&removing->accounts);
	map_release(&removing->heirs);
	map_release(&removing->objects);
	map_release(&removing->old);
	map_release(&removing->outlived);
	map_release(&removing->told);
	arena_release(&removing->arena);
	buf_release(&removing->text);
}

void list_removals(struct release *release)
{
	struct removing removing = {.release = release};

	index_old(&removing);
	find_maker(&removing);
	index_transitions(&removing);
	list_still_needed(&removing);
	list_needed_before(&removing);
	list_of_ingresses(&removing);
	list_priorities(&removing);
	list_rights(&removing);
	list_versions(&removing);
	hand_over(&removing);
}

SIMPLE(removal, manifest, fact_entity(removal->manifest))
SIMPLE(removal, object, fact_entity(removal->object))
SIMPLE(removal, workload, fact_entity(removal->workload))

struct fact fact_release_removals(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_list(&release->lists[ENTITY_removal]);
}

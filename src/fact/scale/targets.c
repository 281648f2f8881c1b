/*
 * What autoscalers name, those of counts and those of sizes: whether it is in
 * the stream, and which autoscaler names it besides.
 *
 * Each of them asks for a few identities, and every object is held against
 * those: the cost is that of the objects, however many share a name.
 */
#include "fact/scale/scale.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* In place of a group or namespace: any. */
#define ANY "*"

/* What is asked for under one key. */
struct wish {
	bool granted;
	const struct workload *workload;     /* the first granted, or NULL */
	const struct autoscaler *autoscaler; /* the first that asks */
	const struct vpa *vpa;		     /* likewise, of those that act */
};

struct wishes {
	struct map map;
	struct arena arena;
	struct buf key;
};

/* The parts of an identity, none of which has a NUL in it. */
struct identity {
	const char *group, *kind, *name, *namespace;
};

static struct slice identity_key(
    struct buf *key, const struct identity *identity)
{
	buf_clear(key);
	buf_printf(key, "%s/%s/%s/%s", identity->group, identity->kind,
	    identity->namespace, identity->name);
	return buf_slice(key);
}

static struct wish *wish_for(
    struct wishes *wishes, const struct identity *identity)
{
	struct slice key = identity_key(&wishes->key, identity);
	struct wish *wish = map_find(&wishes->map, key);

	if (!wish) {
		wish = arena_alloc(&wishes->arena, sizeof(*wish));
		*map_slot(&wishes->map, slice_copy(&wishes->arena, key)) = wish;
	}
	return wish;
}

static void wishes_release(struct wishes *wishes)
{
	map_release(&wishes->map);
	arena_release(&wishes->arena);
	buf_release(&wishes->key);
}

/* An object that names a target, whatever its kind. */
struct aim {
	const struct manifest *manifest;
	const char *kind, *name;
	struct scale_target *target;
	const struct autoscaler *autoscaler; /* itself, or NULL */
	const struct vpa *vpa;		     /* itself when it acts, or NULL */
};

static struct aim autoscaler_aim(const void *entity)
{
	/* Made by collect and const for everybody but relate. */
	struct autoscaler *autoscaler = (struct autoscaler *)(uintptr_t)entity;

	return (struct aim){autoscaler->manifest, autoscaler->target_kind.text,
	    autoscaler->target_name.text, &autoscaler->target, autoscaler,
	    NULL};
}

static struct aim vpa_aim(const void *entity)
{
	struct vpa *vpa = (struct vpa *)(uintptr_t)entity;

	return (struct aim){vpa->manifest, vpa->target_kind.text,
	    vpa->target_name.text, &vpa->target, NULL,
	    strcmp(vpa->update_mode.text, "Off") != 0 ? vpa : NULL};
}

static const struct {
	enum entity_kind entity;
	struct aim (*aim)(const void *entity);
} aiming[] = {
    /* Autoscalers first: others are told of them. */
    {ENTITY_autoscaler, autoscaler_aim},
    {ENTITY_vpa, vpa_aim},
};

static void for_all(struct wishes *wishes, const struct release *release,
    void (*act)(struct wishes *, const struct release *, const struct aim *))
{
	for (size_t i = 0; i < COUNT_OF(aiming); i++) {
		const struct entity_list *list =
		    &release->lists[aiming[i].entity];

		for (size_t j = 0; j < list->n; j++) {
			struct aim aim = aiming[i].aim(list->items[j]);

			act(wishes, release, &aim);
		}
	}
}

static struct identity target_of(
    const struct release *release, const struct aim *aim)
{
	const char *group = aim->target->group;

	return (struct identity){
	    .group = group ? group : ANY,
	    .kind = aim->kind,
	    .name = aim->name,
	    .namespace = manifest_namespace(release, aim->manifest),
	};
}

/* The same, where only the namespace could tell. */
static struct identity elsewhere(struct identity identity)
{
	identity.namespace = *identity.namespace ? "" : ANY;
	return identity;
}

/* The same, whatever its kind. */
static struct identity any_kind(struct identity identity)
{
	identity.group = ANY;
	identity.kind = ANY;
	return identity;
}

static void wish(
    struct wishes *wishes, const struct release *release, const struct aim *aim)
{
	struct identity target = target_of(release, aim);
	struct identity far = elsewhere(target);
	struct identity namesake = any_kind(target);

	wish_for(wishes, &target);
	wish_for(wishes, &far);
	wish_for(wishes, &namesake);
}

static void grant(struct wishes *wishes, struct identity identity,
    const struct workload *workload)
{
	struct wish *wish =
	    map_find(&wishes->map, identity_key(&wishes->key, &identity));

	if (!wish)
		return;
	wish->granted = true;
	if (!wish->workload)
		wish->workload = workload;
}

static struct identity identity_of(
    const struct release *release, const struct manifest *manifest)
{
	return (struct identity){
	    .group = manifest->group,
	    .kind = manifest->kind,
	    .name = manifest->name,
	    .namespace = manifest_namespace(release, manifest),
	};
}

/* An autoscaler may leave out the group, and not know its namespace. */
static void grant_all(struct wishes *wishes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		struct identity identity = identity_of(release, list->items[i]);
		const char *const groups[] = {identity.group, ANY};
		const char *const namespaces[] = {identity.namespace, ANY};

		for (size_t j = 0; j < 4; j++) {
			identity.group = groups[j / 2];
			identity.namespace = namespaces[j % 2];
			grant(wishes, identity, NULL);
		}
	}
}

static void grant_namesakes(
    struct wishes *wishes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (workload->kind->is_controller)
			grant(wishes,
			    any_kind(identity_of(release, workload->manifest)),
			    workload);
	}
}

static void find_target(
    struct wishes *wishes, const struct release *release, const struct aim *aim)
{
	struct identity identity = target_of(release, aim);
	struct identity far = elsewhere(identity);
	struct identity namesake = any_kind(identity);
	struct scale_target *target = aim->target;

	if (target->workloads.sure.n || wish_for(wishes, &identity)->granted)
		target->found = TRI_YES;
	else if (wish_for(wishes, &far)->granted)
		target->found = TRI_UNKNOWN;
	else
		target->namesake = wish_for(wishes, &namesake)->workload;
}

/* Two documents of one autoscaler are no rivals. */
bool are_one_scaler(
    const struct manifest *manifest, const struct manifest *other)
{
	return !strcmp(manifest->kind, other->kind) &&
	       !strcmp(manifest->name, other->name);
}

/* Whether an object of the same target is another one of the same release. */
static bool is_rival(const struct release *release, const struct aim *aim,
    const struct manifest *first)
{
	return !are_one_scaler(aim->manifest, first) &&
	       !are_apart(release, aim->manifest, first);
}

/* Which autoscalers have the same target. */
static void find_rivals(
    struct wishes *wishes, const struct release *release, const struct aim *aim)
{
	struct identity target = target_of(release, aim);
	const struct entity_list *sure = &aim->target->workloads.sure;
	struct wish *wish;

	if (!*target.name)
		return;
	if (sure->n)
		target.group =
		    ((const struct workload *)sure->items[0])->manifest->group;
	wish = wish_for(wishes, &target);
	if (!wish->autoscaler)
		wish->autoscaler = aim->autoscaler;
	else if (is_rival(release, aim, wish->autoscaler->manifest))
		aim->target->autoscaler = wish->autoscaler;
	if (!wish->vpa)
		wish->vpa = aim->vpa;
	else if (aim->vpa && is_rival(release, aim, wish->vpa->manifest))
		aim->target->vpa = wish->vpa;
}

void relate_targets(struct release *release)
{
	struct wishes wishes = {0};

	for_all(&wishes, release, wish);
	if (wishes.map.n) {
		grant_all(&wishes, release);
		grant_namesakes(&wishes, release);
	}
	for_all(&wishes, release, find_target);
	for_all(&wishes, release, find_rivals);
	wishes_release(&wishes);
}

SIMPLE(autoscaler, manifest, fact_entity(autoscaler->manifest))
SIMPLE(autoscaler, kind, fact_of_kind(autoscaler->manifest))
SIMPLE(autoscaler, name, fact_of_name(autoscaler->manifest))
SIMPLE(autoscaler, targets, fact_linked(&autoscaler->target.workloads))
SIMPLE(autoscaler, target_group, fact_of_word(autoscaler->target.group))
SIMPLE(autoscaler, target_found, fact_of_tri(autoscaler->target.found))
SIMPLE(autoscaler, namesake, fact_entity(autoscaler->target.namesake))
SIMPLE(autoscaler, rival, fact_entity(autoscaler->target.autoscaler))
SIMPLE(workload, autoscalers, fact_linked(&workload->autoscalers))

/* The fewest pods that the autoscalers of a workload keep; absent without one.
 * It has no place: that is in another document, maybe another file. */
static struct fact autoscaled_floor(const struct workload *workload)
{
	const struct links *scalers = &workload->autoscalers;
	const struct fact *fewest = NULL;

	if (scalers->possible && !scalers->sure.n)
		return fact_unknown();
	for (size_t i = 0; i < scalers->sure.n; i++) {
		const struct autoscaler *scaler = scalers->sure.items[i];
		const struct fact *least = &scaler->min_replicas;

		if (least->state == FACT_UNKNOWN)
			return fact_unknown();
		if (!fewest || least->integer < fewest->integer)
			fewest = least;
	}
	return fewest ? fact_int(fewest->integer)
		      : (struct fact){.state = FACT_ABSENT};
}

void relate_floors(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		workload->autoscaled = autoscaled_floor(workload);
	}
}

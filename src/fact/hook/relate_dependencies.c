/* What pods need, found among the objects of the stream by kind and name, and
 * whether it is there when they start. */
#include "fact/hook/hook.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/taken/taken.h"

#include <string.h>

/* Needs by what they are of: "kind/name" and the namespace of the pods, by
 * their next; and in any namespace, by their next_anywhere.  And the roles of
 * the stream, by the same key. */
struct wanted {
	struct map map, roles;
	struct arena arena;
};

/* No namespace is called "*". */
static struct slice need_key(
    struct buf *buf, const char *kind, const char *name, const char *namespace)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s/%s", kind, name, namespace);
	return buf_slice(buf);
}

/* Puts a need in front of those of its key, which are returned. */
static struct need *push(
    struct wanted *wanted, struct slice key, struct need *need)
{
	struct need *first = map_find(&wanted->map, key);

	if (!first)
		key = slice_copy(&wanted->arena, key);
	*map_slot(&wanted->map, key) = need;
	return first;
}

static void want(struct wanted *wanted, const struct release *release,
    struct buf *buf, struct need *need)
{
	const char *kind = need->kind.text, *name = need->name.text;
	const char *namespace =
	    manifest_namespace(release, need->part.workload->manifest);

	need->next = push(wanted, need_key(buf, kind, name, namespace), need);
	need->next_anywhere =
	    push(wanted, need_key(buf, kind, name, "*"), need);
}

static bool is_helm_hook(const struct manifest *manifest)
{
	return manifest->seldom->helm_hook.given &&
	       !manifest->seldom->argo_hook.given;
}

/* Whether the object is made after the pods of one phase, both being in it;
 * hooks of Helm's are run one by one, waves of Argo CD all at once. */
static enum tri follows(const struct release *release,
    const struct manifest *pods, const struct manifest *provider,
    bool *ret_by_name)
{
	int64_t before = manifest_wave(pods), wave = manifest_wave(provider);

	if (wave != before)
		return wave > before ? TRI_YES : TRI_NO;
	if (!is_helm_hook(pods) || !is_helm_hook(provider) ||
	    release->uses_argo_cd)
		return TRI_NO;
	*ret_by_name = strcmp(provider->name, pods->name) > 0;
	return *ret_by_name ? TRI_YES : TRI_NO;
}

/* Whether what another object gives is there too late.  What no upgrade makes
 * is there since the install, and what Argo CD leaves out somebody else makes.
 */
static enum tri is_late(const struct release *release,
    const struct manifest *pods, const struct manifest *provider,
    enum occasion event, bool *ret_by_name)
{
	enum phase start = manifest_phase(release, pods, event);
	enum phase made = manifest_phase(release, provider, event);

	if (start == PHASE_UNKNOWN || made == PHASE_UNKNOWN)
		return TRI_UNKNOWN;
	if (start == PHASE_NEVER)
		return TRI_NO;
	if (made == PHASE_NEVER)
		return event == OCCASION_INSTALL && pods->seldom->schedule
			   ? TRI_YES
			   : TRI_NO;
	if (made != start)
		return made > start ? TRI_YES : TRI_NO;
	return follows(release, pods, provider, ret_by_name);
}

/* A ClusterRoleBinding is in no namespace; its account is taken for that of the
 * release. */
static enum tri is_beside(const struct release *release,
    const struct manifest *pods, const struct manifest *provider)
{
	return is_cluster_wide(provider)
		   ? TRI_YES
		   : namespaces_equal(release, pods, provider);
}

/* The role of a binding, when that comes even later than the binding; else the
 * binding. */
static const struct manifest *last_of_rights(const struct wanted *wanted,
    const struct release *release, const struct manifest *pods,
    const struct manifest *binding)
{
	const struct grant *grant = binding->seldom->grant;
	bool is_of_namespace = !strcmp(grant->role_kind, "Role");
	struct buf buf = {0};
	const struct manifest *role = map_find(&wanted->roles,
	    need_key(&buf, grant->role_kind, grant->role_name,
		is_of_namespace ? manifest_namespace(release, binding) : ""));
	bool by_name;

	buf_release(&buf);
	if (role &&
	    is_late(release, pods, role, OCCASION_INSTALL, &by_name) ==
		TRI_YES &&
	    is_late(release, pods, binding, OCCASION_INSTALL, &by_name) ==
		TRI_NO)
		return role;
	return binding;
}

/* One of several objects of that name is enough, if it is in time. */
static void provide(const struct wanted *wanted, const struct release *release,
    struct need *need, const struct manifest *provider)
{
	const struct manifest *pods = need->part.workload->manifest;
	enum tri same = is_beside(release, pods, provider);
	bool by_name[OCCASION_MAX] = {false, false};

	if (same == TRI_NO)
		return;
	if (need->account && provider->seldom->grant)
		provider = last_of_rights(wanted, release, pods, provider);
	for (int i = 0; i < OCCASION_MAX; i++) {
		enum tri late = is_late(
		    release, pods, provider, (enum occasion)i, &by_name[i]);

		if (same == TRI_UNKNOWN)
			late = tri_and(late, TRI_UNKNOWN);
		need->late[i] =
		    need->provider ? tri_and(need->late[i], late) : late;
	}
	if (!need->provider) {
		need->provider = provider;
		if (need->account) {
			need->kind.text = provider->kind;
			need->name.text = provider->name;
		}
		need->by_name =
		    by_name[OCCASION_INSTALL] || by_name[OCCASION_UPGRADE];
	}
}

static struct need *find_needs(const struct wanted *wanted, struct buf *buf,
    const struct manifest *manifest, const char *namespace)
{
	return map_find(&wanted->map,
	    need_key(buf, manifest->kind, manifest->name, namespace));
}

static void provide_in(const struct release *release,
    const struct wanted *wanted, struct buf *buf,
    const struct manifest *provider, const char *namespace)
{
	struct need *need = find_needs(wanted, buf, provider, namespace);

	for (; need; need = (struct need *)(uintptr_t)need->next)
		provide(wanted, release, need, provider);
}

/* To pods of its namespace, or of one that may be it. */
static void provide_all(const struct release *release,
    const struct wanted *wanted, struct buf *buf,
    const struct manifest *provider)
{
	const char *namespace = manifest_namespace(release, provider);
	struct need *need;

	if (*namespace) {
		provide_in(release, wanted, buf, provider, namespace);
		provide_in(release, wanted, buf, provider, "");
		return;
	}
	need = find_needs(wanted, buf, provider, "*");
	for (; need; need = (struct need *)(uintptr_t)need->next_anywhere)
		provide(wanted, release, need, provider);
}

/* The Secrets that an object has its operator write: they come after it. */
static void provide_written(const struct release *release,
    const struct wanted *wanted, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_taking];

	for (size_t i = 0; i < list->n; i++) {
		const struct taking *taking = list->items[i];
		struct need *need;

		if (taking->taker != TAKER_CERTIFICATE &&
		    taking->taker != TAKER_EXTERNAL &&
		    taking->taker != TAKER_SEALED)
			continue;
		need = map_find(&wanted->map,
		    need_key(buf, "Secret", taking->thing, "*"));
		for (; need;
		     need = (struct need *)(uintptr_t)need->next_anywhere)
			provide(wanted, release, need, taking->manifest);
	}
}

/* The rights of its accounts, in whatever namespace the pods are. */
static void provide_rights(const struct release *release,
    const struct wanted *wanted, struct buf *buf,
    const struct manifest *binding)
{
	const struct grant *grant = binding->seldom->grant;

	for (size_t i = 0; grant && i < grant->accounts.n; i++) {
		struct need *need =
		    map_find(&wanted->map, need_key(buf, "RoleBinding",
					       grant->accounts.items[i], "*"));

		for (; need;
		     need = (struct need *)(uintptr_t)need->next_anywhere)
			provide(wanted, release, need, binding);
	}
}

static void add_role(struct wanted *wanted, const struct release *release,
    struct buf *buf, const struct manifest *manifest)
{
	bool is_of_namespace = !strcmp(manifest->kind, "Role");
	struct slice key;

	if (strcmp(manifest->group, "rbac.authorization.k8s.io") ||
	    !(is_of_namespace || !strcmp(manifest->kind, "ClusterRole")))
		return;
	key = need_key(buf, manifest->kind, manifest->name,
	    is_of_namespace ? manifest_namespace(release, manifest) : "");
	*map_slot(&wanted->roles, slice_copy(&wanted->arena, key)) =
	    (void *)(uintptr_t)manifest;
}

/*
 * What is applied with everything else has its needs beside it, unless Argo CD
 * goes wave by wave.  It waits for the health of a wave, which a CronJob and
 * what runs no pods have from the start.
 */
static bool is_held_up(
    const struct release *release, const struct workload *workload)
{
	struct fact replicas;

	if (workload->manifest->seldom->schedule)
		return true;
	if (!release->uses_argo_cd ||
	    !strcmp(workload->manifest->kind, "CronJob"))
		return false;
	replicas = fact_workload_effective_replicas(release, workload);
	return replicas.state != FACT_KNOWN || replicas.integer != 0;
}

void relate_needs(struct release *release)
{
	const struct entity_list *needs = &release->lists[ENTITY_need];
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct wanted wanted = {0};
	struct buf buf = {0};

	for (size_t i = 0; i < needs->n; i++) {
		struct need *need = (struct need *)(uintptr_t)needs->items[i];

		if (is_held_up(release, need->part.workload))
			want(&wanted, release, &buf, need);
	}
	for (size_t i = 0; i < list->n && needs->n; i++)
		add_role(&wanted, release, &buf, list->items[i]);
	for (size_t i = 0; i < list->n && needs->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!*manifest->group)
			provide_all(release, &wanted, &buf, manifest);
		provide_rights(release, &wanted, &buf, manifest);
	}
	if (needs->n)
		provide_written(release, &wanted, &buf);
	buf_release(&buf);
	map_release(&wanted.map);
	map_release(&wanted.roles);
	arena_release(&wanted.arena);
}

/* An account that is late itself says it all. */
static struct fact lateness(const struct need *need, enum occasion event)
{
	if (need->account && need->account->late[event] != TRI_NO)
		return fact_bool(false);
	return need->late[event] == TRI_UNKNOWN
		   ? fact_unknown()
		   : fact_bool(need->late[event] == TRI_YES);
}

SIMPLE(need, workload, fact_entity(need->part.workload))
SIMPLE(need, provider, fact_entity(need->provider))
SIMPLE(need, late_on_install, lateness(need, OCCASION_INSTALL))
SIMPLE(need, late_on_upgrade, lateness(need, OCCASION_UPGRADE))

struct fact fact_need_there_before(
    const struct release *release, const struct need *need)
{
	enum phase made;

	if (!need->provider)
		return fact_unknown();
	made = manifest_phase(release, need->provider, OCCASION_INSTALL);
	return made == PHASE_UNKNOWN ? fact_unknown()
				     : fact_bool(made != PHASE_NEVER);
}

SIMPLE(need, by_name, fact_bool(need->by_name))

/*
 * What was collected, put in the order of the stream and linked.
 *
 * Links of one kind (a Service's pods, say) are found owner by owner and kept
 * on both sides: the owner's workloads, and each workload's owners.
 */
#include "fact/relate.h"

#include "fact/index.h"

#include <stdlib.h>
#include <string.h>

/* One link, before both sides have their lists. */
struct edge {
	const void *owner;
	uint32_t workload;
	bool sure;
};

struct edges {
	struct edge *items;
	size_t n, cap;
};

/* Rivals that are kept of one controller: many share pods only by mistake, and
 * each would be the rival of all. */
#define MOST_RIVALS 8

struct relating {
	unsigned char *nrivals; /* of each workload, up to MOST_RIVALS */
	struct release *release;
	struct index index;
	struct edges edges; /* of the owners done so far */
	size_t nhidden;	    /* Rollouts whose template is elsewhere */
};

const char *manifest_namespace(
    const struct release *release, const struct manifest *manifest)
{
	if (*manifest->namespace)
		return manifest->namespace;
	return release->namespace ? release->namespace : "";
}

enum tri namespaces_equal(const struct release *release,
    const struct manifest *a, const struct manifest *b)
{
	const char *left = manifest_namespace(release, a);
	const char *right = manifest_namespace(release, b);

	if (!strcmp(left, right))
		return TRI_YES;
	return *left && *right ? TRI_NO : TRI_UNKNOWN;
}

struct slice object_key(
    struct buf *text, const char *name, const char *namespace)
{
	buf_clear(text);
	buf_printf(text, "%s/%s", name, namespace);
	return buf_slice(text);
}

static struct workload *workload_at(
    const struct release *release, size_t number)
{
	/* Made by collect and const for everybody but relate. */
	return (struct workload *)(uintptr_t)release->lists[ENTITY_workload]
	    .items[number];
}

static void add_edge(
    struct edges *edges, const void *owner, uint32_t workload, enum tri linked)
{
	if (linked == TRI_NO)
		return;
	edges->items =
	    grow(edges->items, edges->n, &edges->cap, sizeof(*edges->items));
	edges->items[edges->n++] =
	    (struct edge){owner, workload, linked == TRI_YES};
}

/* The links of the edges from first on, all of one owner. */
static struct links owner_links(struct relating *relating, size_t first)
{
	const struct edges *edges = &relating->edges;
	struct links links = {0};
	const void **items = arena_array(
	    &relating->release->arena, edges->n - first, sizeof(*items));

	for (size_t i = first; i < edges->n; i++) {
		const struct edge *edge = &edges->items[i];

		if (edge->sure)
			items[links.sure.n++] =
			    workload_at(relating->release, edge->workload);
		else
			links.possible++;
	}
	links.sure.items = items;
	return links;
}

/* The other side: each workload's owners, at byte offset of the workload. */
static void workload_links(struct relating *relating, size_t offset)
{
	struct release *release = relating->release;
	struct edges *edges = &relating->edges;
	size_t n = release->lists[ENTITY_workload].n;
	size_t *counts = xcalloc(n, sizeof(*counts));

	for (size_t i = 0; i < edges->n; i++)
		counts[edges->items[i].workload] += edges->items[i].sure;
	for (size_t i = 0; i < edges->n; i++) {
		const struct edge *edge = &edges->items[i];
		struct workload *workload =
		    workload_at(release, edge->workload);
		struct links *links =
		    (struct links *)((char *)workload + offset);
		const void **items;

		if (!edge->sure) {
			links->possible++;
			continue;
		}
		if (!links->sure.items)
			links->sure.items = arena_array(&release->arena,
			    counts[edge->workload], sizeof(void *));
		items = (const void **)(uintptr_t)links->sure.items;
		items[links->sure.n++] = edge->owner;
	}
	edges->n = 0;
	free(counts);
}

static uint32_t number_at(const struct numbers *numbers, size_t i)
{
	return numbers->is_all ? (uint32_t)i : numbers->items[i];
}

/* Links an owner to the workloads whose pods its selector selects. */
static struct links select_pods(struct relating *relating, const void *owner,
    const struct manifest *manifest, const struct selector *selector)
{
	struct numbers numbers = {0};
	size_t first = relating->edges.n;
	struct links links;

	if (selector->given)
		numbers = index_candidates(&relating->index, selector);
	for (size_t i = 0; i < numbers.n; i++) {
		uint32_t number = number_at(&numbers, i);
		struct workload *workload =
		    workload_at(relating->release, number);

		if (selector_matches(
			selector, &workload->template_owner->labels))
			add_edge(&relating->edges, owner, number,
			    namespaces_equal(relating->release, manifest,
				workload->manifest));
	}
	links = owner_links(relating, first);
	if (selector->given)
		links.possible += relating->nhidden;
	return links;
}

/* One loop for each kind of owner: they differ only in their struct. */
#define RELATE_SELECTING(entity, member)                                     \
	static void relate_##member(struct relating *relating)               \
	{                                                                    \
		const struct entity_list *list =                             \
		    &relating->release->lists[ENTITY_##entity];              \
                                                                             \
		for (size_t i = 0; i < list->n; i++) {                       \
			struct entity *owner =                               \
			    (struct entity *)(uintptr_t)list->items[i];      \
                                                                             \
			owner->workloads = select_pods(relating, owner,      \
			    owner->manifest, &owner->pod_selector);          \
		}                                                            \
		workload_links(relating, offsetof(struct workload, member)); \
	}

RELATE_SELECTING(service, services)
RELATE_SELECTING(pdb, pdbs)
RELATE_SELECTING(networkpolicy, networkpolicies)

static enum tri is_target(const struct release *release,
    const struct autoscaler *autoscaler, const struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;

	if (autoscaler->target_group &&
	    strcmp(autoscaler->target_group, manifest->group))
		return TRI_NO;
	return namespaces_equal(release, autoscaler->manifest, manifest);
}

static void relate_autoscalers(struct relating *relating)
{
	const struct entity_list *list =
	    &relating->release->lists[ENTITY_autoscaler];

	for (size_t i = 0; i < list->n; i++) {
		struct autoscaler *autoscaler =
		    (struct autoscaler *)(uintptr_t)list->items[i];
		struct numbers numbers = index_named(&relating->index,
		    autoscaler->target_kind.text, autoscaler->target_name.text);
		size_t first = relating->edges.n;

		for (size_t j = 0; j < numbers.n; j++) {
			uint32_t number = numbers.items[j];

			add_edge(&relating->edges, autoscaler, number,
			    is_target(relating->release, autoscaler,
				workload_at(relating->release, number)));
		}
		autoscaler->targets = owner_links(relating, first);
	}
	workload_links(relating, offsetof(struct workload, autoscalers));
}

/* Two controllers that are meant to share pods: a Rollout and the Deployment
 * whose template it takes. */
static bool are_partners(const struct workload *a, const struct workload *b)
{
	return a->governor == b || b->governor == a;
}

static int edge_cmp(const void *left, const void *right)
{
	const struct edge *a = left, *b = right;
	const struct workload *x = a->owner, *y = b->owner;

	if (a->workload != b->workload)
		return a->workload < b->workload ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return b->sure - a->sure;
}

/* A pair is found from either side, or from both: once is enough. */
static void drop_double_edges(struct edges *edges)
{
	size_t kept = 0;

	if (!edges->n)
		return;
	qsort(edges->items, edges->n, sizeof(*edges->items), edge_cmp);
	for (size_t i = 1; i < edges->n; i++) {
		const struct edge *last = &edges->items[kept];

		if (last->owner != edges->items[i].owner ||
		    last->workload != edges->items[i].workload)
			edges->items[++kept] = edges->items[i];
	}
	edges->n = kept + 1;
}

/* Scaled to nothing on purpose, as when a Rollout takes over from it. */
static bool runs_nothing(const struct workload *workload)
{
	return workload->replicas.state == FACT_KNOWN &&
	       !workload->replicas.integer && !workload->autoscalers.sure.n;
}

/* The later of two controllers gets the earlier one as its rival. */
static void add_rival(struct relating *relating, struct workload *workload,
    struct workload *other)
{
	bool is_later = other->number > workload->number;
	struct workload *later = is_later ? other : workload;
	struct workload *earlier = is_later ? workload : other;
	enum tri linked = namespaces_equal(
	    relating->release, workload->manifest, other->manifest);

	relating->nrivals[later->number] += linked == TRI_YES;
	add_edge(&relating->edges, earlier, later->number, linked);
}

/* Claims of one controller on the pods of others. */
static void find_rivals(struct relating *relating, struct workload *workload)
{
	const struct selector *selector = &workload->pod_selector;
	struct numbers numbers = {0};

	if (workload->kind->is_controller && selector->given && selector->n &&
	    !runs_nothing(workload))
		numbers = index_candidates(&relating->index, selector);
	for (size_t i = 0; i < numbers.n; i++) {
		uint32_t number = number_at(&numbers, i);
		uint32_t later =
		    number > workload->number ? number : workload->number;
		struct workload *other;

		if (number == workload->number ||
		    relating->nrivals[later] >= MOST_RIVALS)
			continue;
		other = workload_at(relating->release, number);
		if (other->kind->is_controller && !runs_nothing(other) &&
		    !are_partners(workload, other) &&
		    selector_matches(selector, &other->template_owner->labels))
			add_rival(relating, workload, other);
	}
}

static void relate_rivals(struct relating *relating)
{
	size_t n = relating->release->lists[ENTITY_workload].n;

	relating->nrivals = xcalloc(n, sizeof(*relating->nrivals));
	for (size_t i = 0; i < n; i++)
		find_rivals(relating, workload_at(relating->release, i));
	free(relating->nrivals);
	drop_double_edges(&relating->edges);
	workload_links(relating, offsetof(struct workload, rivals));
}

static void number_workloads(struct release *release)
{
	struct entity_list *rollouts = &release->rollouts;
	size_t n = release->lists[ENTITY_workload].n;
	const void **items = arena_array(&release->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		struct workload *workload = workload_at(release, i);

		workload->number = (uint32_t)i;
		workload->template_owner = workload;
		if (is_rollout(workload->manifest))
			items[rollouts->n++] = workload;
	}
	rollouts->items = items;
}

/* The workload of that kind and name in the Rollout's namespace, else one that
 * may be there, or NULL. */
static struct workload *referenced_workload(
    const struct relating *relating, const struct workload *rollout)
{
	struct numbers numbers = index_named(&relating->index,
	    rollout->workload_ref_kind, rollout->workload_ref.text);
	struct workload *possible = NULL;

	for (size_t i = 0; i < numbers.n; i++) {
		struct workload *other =
		    workload_at(relating->release, numbers.items[i]);
		enum tri same = namespaces_equal(
		    relating->release, rollout->manifest, other->manifest);

		if (same == TRI_YES)
			return other;
		if (same == TRI_UNKNOWN && !possible)
			possible = other;
	}
	return possible;
}

/* A Rollout with workloadRef runs the template of the Deployment it names. */
static void resolve_templates(struct relating *relating)
{
	const struct entity_list *rollouts = &relating->release->rollouts;

	for (size_t i = 0; i < rollouts->n; i++) {
		struct workload *rollout =
		    (struct workload *)(uintptr_t)rollouts->items[i];
		struct workload *referenced = NULL;

		if (rollout->workload_ref.state == FACT_KNOWN)
			referenced = referenced_workload(relating, rollout);
		if (referenced) {
			rollout->template_owner = referenced;
			referenced->governor = rollout;
		} else if (!rollout->has_template) {
			/* Its labels are elsewhere: anything may select it. */
			relating->nhidden++;
			rollout->services.possible = 1;
			rollout->pdbs.possible = 1;
			rollout->networkpolicies.possible = 1;
		}
	}
}

static void list_containers(struct release *release)
{
	for (size_t i = 0; i < release->lists[ENTITY_workload].n; i++) {
		struct workload *workload = workload_at(release, i);
		const struct workload *owner = workload->template_owner;
		const void **items = arena_array(
		    &release->arena, owner->ncontainers, sizeof(*items));

		for (size_t j = 0; j < owner->ncontainers; j++)
			items[j] = &owner->containers[j];
		workload->container_list =
		    (struct entity_list){owner->ncontainers, items};
	}
}

/* The events of a Helm hook as bits; what is none of them has one of its own.
 */
static unsigned hook_events(const char *hook)
{
	static const char *const events[] = {"pre-install", "post-install",
	    "pre-delete", "post-delete", "pre-upgrade", "post-upgrade",
	    "pre-rollback", "post-rollback", "test"};
	unsigned bits = 0;

	for (size_t i = 0; i < COUNT_OF(events); i++) {
		if (strstr(hook, events[i]))
			bits |= 1u << i;
	}
	return bits ? bits : 1u << COUNT_OF(events);
}

/* Whether Helm removes a hook by itself: once it succeeded, or before the next
 * of its name, which is what it does when nothing is said. */
static bool is_passing(const struct manifest *manifest)
{
	const char *policy = manifest->hook_delete_policy;

	return policy && strstr(policy, "hook-succeeded");
}

static bool makes_room(const struct manifest *manifest)
{
	const char *policy = manifest->hook_delete_policy;

	return manifest->hook &&
	       (!policy || strstr(policy, "before-hook-creation"));
}

/* Whether two objects of one name meet in the cluster: hooks of different
 * events do not, nor does a hook that makes room for another. */
static bool collide(const struct manifest *a, const struct manifest *b)
{
	if (!a->hook || !b->hook)
		return true;
	return !makes_room(b) && hook_events(a->hook) & hook_events(b->hook);
}

/* Kinds without a namespace, whatever a manifest says; those a chart may
 * render. */
static bool is_cluster_wide(const struct manifest *manifest)
{
	static const char *const kinds[] = {"Namespace", "ClusterRole",
	    "ClusterRoleBinding", "CustomResourceDefinition",
	    "PersistentVolume", "StorageClass", "PriorityClass", "IngressClass",
	    "RuntimeClass", "APIService", "MutatingWebhookConfiguration",
	    "ValidatingWebhookConfiguration", "ValidatingAdmissionPolicy",
	    "ClusterAnalysisTemplate", "ClusterIssuer"};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!strcmp(manifest->kind, kinds[i]))
			return true;
	}
	return false;
}

/* The objects of one name; few do not collide with the first. */
static struct vector *namesakes(
    struct release *release, struct map *seen, const struct manifest *manifest)
{
	struct vector *same;
	struct buf key = {0};

	buf_printf(&key, "%s/%s/%s/%s", manifest->group, manifest->kind,
	    is_cluster_wide(manifest) ? ""
				      : manifest_namespace(release, manifest),
	    manifest->name);
	same = map_find(seen, buf_slice(&key));
	if (!same) {
		same = arena_alloc(&release->arena, sizeof(*same));
		*map_slot(seen, slice_copy(&release->arena, buf_slice(&key))) =
		    same;
	}
	buf_release(&key);
	return same;
}

static void find_duplicate(
    struct release *release, struct map *seen, struct manifest *manifest)
{
	struct vector *same;

	if (!*manifest->name || is_passing(manifest))
		return;
	same = namesakes(release, seen, manifest);
	for (size_t i = 0; i < same->n && !manifest->earlier; i++) {
		if (collide(same->items[i], manifest))
			manifest->earlier = same->items[i];
	}
	if (!manifest->earlier)
		vector_add(same, manifest);
}

static void find_duplicates(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct map seen = {0};

	for (size_t i = 0; i < list->n; i++)
		find_duplicate(release, &seen,
		    (struct manifest *)(uintptr_t)list->items[i]);
	for (size_t i = 0; i < seen.n; i++)
		free(((struct vector *)seen.entries[i].value)->items);
	map_release(&seen);
}

/* Which list comes next in the order of the stream; nfacts: none is left. */
static size_t next_worker(struct facts *const *facts, size_t nfacts,
    enum entity_kind kind, const size_t *taken)
{
	size_t best = nfacts;
	uint32_t best_order = 0;

	for (size_t i = 0; i < nfacts; i++) {
		const struct vector *list = &facts[i]->lists[kind];
		uint32_t order;

		if (taken[i] == list->n)
			continue;
		order = entity_manifest(kind, list->items[taken[i]])->order;
		if (best == nfacts || order < best_order) {
			best = i;
			best_order = order;
		}
	}
	return best;
}

/* The workers' lists of one kind as one, in the order of the stream. */
static struct entity_list merge(struct arena *arena, struct facts *const *facts,
    size_t nfacts, enum entity_kind kind)
{
	size_t *taken = xcalloc(nfacts, sizeof(*taken));
	struct entity_list merged = {0};
	const void **items;
	size_t worker;

	for (size_t i = 0; i < nfacts; i++)
		merged.n += facts[i]->lists[kind].n;
	items = arena_array(arena, merged.n, sizeof(*items));
	for (size_t i = 0; i < merged.n; i++) {
		worker = next_worker(facts, nfacts, kind, taken);
		items[i] = facts[worker]->lists[kind].items[taken[worker]++];
	}
	merged.items = items;
	free(taken);
	return merged;
}

/* What the ports of Services are led to, by name and by number. */
struct port_targets {
	struct map names, numbers;
};

static void add_targets(
    struct port_targets *targets, const struct service *service)
{
	for (size_t i = 0; i < service->nports; i++) {
		const struct service_port *port = &service->ports[i];
		const int64_t *number = &port->target_number;
		void **slot;

		if (port->target_name)
			slot = map_slot(
			    &targets->names, slice_of(port->target_name));
		else
			slot = map_slot(&targets->numbers,
			    (struct slice){
				(const char *)number, sizeof(*number)});
		*slot = (void *)(uintptr_t)port;
	}
}

static bool is_targeted(
    const struct port_targets *targets, const struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];
		struct slice number = {
		    (const char *)&port->number, sizeof(port->number)};

		if (map_find(&targets->names, slice_of(port->name)) ||
		    map_find(&targets->numbers, number))
			return true;
	}
	return false;
}

static void mark_workload(struct workload *workload)
{
	const struct entity_list *services = &workload->services.sure;
	struct port_targets targets = {0};

	for (size_t i = 0; i < services->n; i++)
		add_targets(&targets, services->items[i]);
	for (size_t i = 0; i < workload->ncontainers; i++) {
		struct container *container =
		    (struct container *)(uintptr_t)&workload->containers[i];

		container->targeted = is_targeted(&targets, container);
		workload->has_target |= container->targeted;
	}
	map_release(&targets.names);
	map_release(&targets.numbers);
}

/* Which containers the ports of Services lead into: worked out once, as every
 * rule about a served container asks. */
static void mark_targets(struct release *release)
{
	for (size_t i = 0; i < release->lists[ENTITY_workload].n; i++)
		mark_workload(workload_at(release, i));
}

static void relate(struct release *release)
{
	struct relating relating = {.release = release};

	number_workloads(release);
	find_duplicates(release);
	index_init(&relating.index, &release->lists[ENTITY_workload]);
	resolve_templates(&relating);
	list_containers(release);
	index_labels(&relating.index);
	relate_services(&relating);
	mark_targets(release);
	relate_reach(release);
	relate_pdbs(&relating);
	relate_networkpolicies(&relating);
	relate_network(release);
	relate_autoscalers(&relating);
	relate_targets(release);
	relate_limits(release);
	relate_classes(release);
	relate_images(release);
	relate_rivals(&relating);
	relate_twins(release);
	relate_references(release);
	relate_schedules(release);
	relate_needs(release);
	relate_warmups(release);
	relate_shares(release);
	relate_evidence(release);
	index_release(&relating.index);
	free(relating.edges.items);
}

struct release *release_new(struct facts *const *facts, size_t nfacts,
    const struct settings *settings, const struct profile *profile,
    const struct evidence *evidence, const char *namespace,
    const struct origin *const *origins)
{
	struct release *release = xcalloc(1, sizeof(*release));

	release->settings = settings;
	release->profile = profile;
	if (evidence)
		release->evidence = *evidence;
	release->namespace = namespace;
	release->origins = origins;
	for (int kind = ENTITY_manifest; kind < ENTITY_MAX; kind++) {
		if (kind == ENTITY_drain || kind == ENTITY_update)
			continue;
		release->lists[kind] = merge(
		    &release->arena, facts, nfacts, (enum entity_kind)kind);
	}
	release->lists[ENTITY_drain] = release->lists[ENTITY_container];
	release->lists[ENTITY_update] =
	    list_updates(&release->arena, &release->lists[ENTITY_workload]);
	claims_index(release, facts, nfacts);
	relate_drains(release, facts, nfacts);
	relate(release);
	return release;
}

void release_free(struct release *release)
{
	if (!release)
		return;
	map_release(&release->claims);
	arena_release(&release->arena);
	free(release);
}

/* What was collected, put in the order of the stream and linked. */
#include "fact/relate.h"

#include "fact/apart.h"
#include "fact/apply/apply.h"
#include "fact/attach/attach.h"
#include "fact/called/called.h"
#include "fact/change/change.h"
#include "fact/config/configuration.h"
#include "fact/contract/contract_facts.h"
#include "fact/cut/cut.h"
#include "fact/drain/drain.h"
#include "fact/evidence/proof.h"
#include "fact/foreign_pods.h"
#include "fact/image.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/network/network.h"
#include "fact/overlap/overlap.h"
#include "fact/owners.h"
#include "fact/pod/pod.h"
#include "fact/refusal/refusal.h"
#include "fact/repeated.h"
#include "fact/rollout/rollout.h"
#include "fact/scale/scale.h"
#include "fact/service/backends.h"
#include "fact/service/ingress.h"
#include "fact/service/service.h"
#include "fact/service/subsets.h"
#include "fact/service/trust.h"
#include "fact/settings.h"
#include "fact/taken/taken.h"
#include "fact/update/update.h"
#include "fact/warmup/warmup.h"

#include <stdlib.h>
#include <string.h>

struct relating {
	struct release *release;
	struct index index;
};

static struct workload *workload_at(
    const struct release *release, size_t number)
{
	/* Made by collect and const for everybody but relate. */
	return (struct workload *)(uintptr_t)release->lists[ENTITY_workload]
	    .items[number];
}

QUERY_BY_LABELS(service)
QUERY_BY_LABELS(pdb)
QUERY_BY_LABELS(networkpolicy)

static struct query autoscaler_query(const void *owner)
{
	const struct autoscaler *autoscaler = owner;

	return (struct query){
	    .group = autoscaler->target.group,
	    .kind = autoscaler->target_kind.text,
	    .name = autoscaler->target_name.text,
	};
}

static struct query vpa_query(const void *owner)
{
	const struct vpa *vpa = owner;

	return (struct query){
	    .group = vpa->target.group,
	    .kind = vpa->target_kind.text,
	    .name = vpa->target_name.text,
	};
}

static const struct relation service_relation = {ENTITY_service,
    offsetof(struct service, workloads), offsetof(struct workload, services),
    service_query, false};
static const struct relation pdb_relation = {ENTITY_pdb,
    offsetof(struct pdb, workloads), offsetof(struct workload, pdbs), pdb_query,
    false};
static const struct relation networkpolicy_relation = {ENTITY_networkpolicy,
    offsetof(struct networkpolicy, workloads),
    offsetof(struct workload, networkpolicies), networkpolicy_query, false};
static const struct relation autoscaler_relation = {ENTITY_autoscaler,
    offsetof(struct autoscaler, target.workloads),
    offsetof(struct workload, autoscalers), autoscaler_query, false};

static const struct relation vpa_relation = {ENTITY_vpa,
    offsetof(struct vpa, target.workloads), offsetof(struct workload, vpas),
    vpa_query, false};

static void number_workloads(struct release *release)
{
	struct entity_list *rollouts = &release->rollouts;
	size_t n = release->lists[ENTITY_workload].n;
	const void **items = arena_array(&release->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		struct workload *workload = workload_at(release, i);

		workload->number = (uint32_t)i;
		*map_slot(&release->workload_namespaces,
		    slice_of(manifest_namespace(release, workload->manifest))) =
		    workload;
		workload->template_owner = workload;
		if (is_rollout(workload->manifest))
			items[rollouts->n++] = workload;
	}
	rollouts->items = items;
}

static struct workload *first_named(const struct relating *relating,
    const char *namespace, const struct workload *rollout)
{
	struct fact name =
	    rare_find(rollout->rare, FIELD_workload_workload_ref);
	struct numbers numbers = index_named(&relating->index, namespace,
	    rollout->rollout->workload_ref_kind, name.text);

	return numbers.n ? workload_at(relating->release, numbers.items[0])
			 : NULL;
}

/* The workload of that kind and name in the Rollout's namespace, else one that
 * may be there, or NULL. */
static struct workload *referenced_workload(
    const struct relating *relating, const struct workload *rollout)
{
	const char *namespace =
	    manifest_namespace(relating->release, rollout->manifest);
	struct workload *found = first_named(relating, namespace, rollout);

	return found ? found
		     : first_named(relating,
			   *namespace ? "" : ANY_KNOWN_NAMESPACE, rollout);
}

/* A Rollout with workloadRef runs the template of the Deployment it names. */
static void resolve_templates(struct relating *relating)
{
	const struct entity_list *rollouts = &relating->release->rollouts;

	for (size_t i = 0; i < rollouts->n; i++) {
		struct workload *rollout =
		    (struct workload *)(uintptr_t)rollouts->items[i];
		struct workload *referenced = NULL;

		if (rare_find(rollout->rare, FIELD_workload_workload_ref)
			.state == FACT_KNOWN)
			referenced = referenced_workload(relating, rollout);
		if (referenced) {
			rollout->template_owner = referenced;
			referenced->governor = rollout;
		} else if (!rollout->has_template) {
			/* Its labels are elsewhere: anything may select it. */
			relating->index.hides_labels = true;
			rollout->services.possible = true;
			rollout->pdbs.possible = true;
			rollout->networkpolicies.possible = true;
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

/* Whether an object is gone before another of its name comes, or never there:
 * Helm removes it once it succeeded, or leaves it out. */
static bool is_passing(const struct manifest *manifest)
{
	return manifest->seldom->helm_hook.removals & REMOVED_ON_SUCCESS ||
	       manifest->seldom->helm_hook.is_skipped;
}

/* Whether two objects of one name meet in the cluster: hooks of different
 * events do not, nor does a hook that makes room for itself. */
static bool collide(const struct manifest *a, const struct manifest *b)
{
	const struct hook_events *first = &a->seldom->helm_hook;
	const struct hook_events *second = &b->seldom->helm_hook;

	if (!first->given || !second->given)
		return true;
	return !(second->removals & REMOVED_BY_NEXT) &&
	       first->events & second->events;
}

/* The objects of one name that were seen so far; few of one name do not collide
 * with the first. */
struct namesakes {
	struct manifest *first;
	struct vector others;
};

/* The objects that were seen so far, by their names. */
struct seen {
	struct map by_name; /* struct namesakes */
	struct arena arena; /* of keys and namesakes */
	struct buf key;
};

static void spell_name(const struct release *release,
    const struct manifest *manifest, struct buf *key)
{
	buf_clear(key);
	buf_add_text(key, manifest->group);
	buf_add_char(key, '/');
	buf_add_text(key, manifest->kind);
	buf_add_char(key, '/');
	if (!is_cluster_wide(manifest))
		buf_add_text(key, manifest_namespace(release, manifest));
	buf_add_char(key, '/');
	buf_add_text(key, manifest->name);
}

/* Those of the name of a manifest, which is the first one when there are none
 * yet. */
static struct namesakes *namesakes(
    const struct release *release, struct seen *seen, struct manifest *manifest)
{
	struct namesakes *same;

	spell_name(release, manifest, &seen->key);
	same = map_find(&seen->by_name, buf_slice(&seen->key));
	if (!same) {
		same = arena_alloc(&seen->arena, sizeof(*same));
		same->first = manifest;
		*map_slot(&seen->by_name,
		    slice_copy(&seen->arena, buf_slice(&seen->key))) = same;
	}
	return same;
}

/* Twice in one file is one object too many; again in another file it is that
 * of another release. */
static void note_same(struct release *release, struct manifest *manifest,
    const struct manifest *other)
{
	struct manifest_seldom *seldom =
	    manifest_seldom(&release->arena, manifest);

	if (other->origin == manifest->origin)
		seldom->earlier = other;
	else if (!seldom->namesake)
		seldom->namesake = other;
}

/* Number i of the namesakes; NULL behind the last. */
static struct manifest *namesake_at(const struct namesakes *same, size_t i)
{
	if (!i)
		return same->first;
	return i <= same->others.n ? same->others.items[i - 1] : NULL;
}

/* Looks for one that the manifest collides with; the first in its file will
 * do. */
static void note_all_same(struct release *release, const struct namesakes *same,
    struct manifest *manifest)
{
	const struct manifest *other;

	for (size_t i = 0;
	     (other = namesake_at(same, i)) && !manifest->seldom->earlier;
	     i++) {
		if (collide(other, manifest))
			note_same(release, manifest, other);
	}
}

static void keep_apart(struct release *release, const struct namesakes *same,
    struct manifest *manifest)
{
	struct manifest *other;

	for (size_t i = 0; (other = namesake_at(same, i)); i++) {
		if (other->origin != manifest->origin)
			apart_keep(release, other, manifest);
	}
}

static void find_duplicate(
    struct release *release, struct seen *seen, struct manifest *manifest)
{
	struct namesakes *same;

	if (!*manifest->name || is_passing(manifest))
		return;
	same = namesakes(release, seen, manifest);
	if (same->first == manifest)
		return;
	note_all_same(release, same, manifest);
	if (manifest->seldom->earlier)
		return;
	if (manifest->seldom->namesake)
		keep_apart(release, same, manifest);
	vector_add(&same->others, manifest);
}

static bool is_in_two_files(const struct manifest *manifest)
{
	return manifest->seldom->namesake && !manifest->seldom->earlier;
}

static void list_repeated(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	const void **items;
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += is_in_two_files(list->items[i]);
	items = arena_array(&release->arena, n, sizeof(*items));
	release->repeated = (struct entity_list){n, items};
	for (size_t i = 0; i < list->n; i++) {
		if (is_in_two_files(list->items[i]))
			*items++ = list->items[i];
	}
}

static void find_duplicates(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct seen seen = {0};

	for (size_t i = 0; i < list->n; i++)
		find_duplicate(release, &seen,
		    (struct manifest *)(uintptr_t)list->items[i]);
	for (size_t i = 0; i < seen.by_name.n; i++)
		vector_release(
		    &((struct namesakes *)seen.by_name.entries[i].value)
			 ->others);
	map_release(&seen.by_name);
	buf_release(&seen.key);
	arena_release(&seen.arena);
	list_repeated(release);
}

/* What is said of an owner is not said of what it made again. */
static void leave_out_repeated(
    struct entity_list *list, struct arena *arena, enum entity_kind kind)
{
	const void **items = arena_array(arena, list->n, sizeof(*items));
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		if (!entity_manifest(kind, list->items[i])->is_repeated)
			items[n++] = list->items[i];
	}
	*list = (struct entity_list){n, items};
}

static void relate(struct release *release)
{
	struct relating relating = {.release = release};

	number_workloads(release);
	find_duplicates(release);
	index_init(&relating.index, release);
	resolve_templates(&relating);
	list_containers(release);
	index_labels(&relating.index);
	link_owners(release, &relating.index, &service_relation);
	relate_monitors(release, &relating.index);
	relate_scraped(release);
	relate_backends(release);
	relate_dangling(release);
	relate_caught(release);
	relate_grants(release);
	relate_defined(release);
	relate_ingress_entries(release);
	relate_lb_drains(release);
	relate_served(release);
	relate_service_ports(release);
	relate_reach(release);
	relate_node_ports(release);
	relate_named_services(release);
	link_owners(release, &relating.index, &pdb_relation);
	link_owners(release, &relating.index, &networkpolicy_relation);
	relate_policies(release);
	relate_blocked_ports(release);
	relate_shared_rules(release);
	link_owners(release, &relating.index, &autoscaler_relation);
	link_owners(release, &relating.index, &vpa_relation);
	relate_floors(release);
	relate_takings(release);
	relate_budgets(release);
	relate_targets(release);
	relate_hpa_names(release);
	relate_priorities(release);
	relate_limits(release);
	relate_classes(release);
	relate_rivals(release, &relating.index);
	relate_twins(release);
	relate_references(release);
	relate_conflicts(release);
	relate_schedules(release);
	relate_needs(release);
	relate_rendered(release);
	relate_removed(release);
	relate_claim_sharers(release);
	relate_deletes(release);
	relate_awaited(release);
	relate_warmups(release);
	relate_shares(release);
	relate_images(release);
	relate_grace(release);
	relate_refused_ports(release);
	relate_canary_pods(release);
	release->main = main_workload(release);
	relate_evidence(release);
	relate_proofs(release);
	index_release(&relating.index);
}

/* What one object of the stream says of all of them. */
static void keep_marks(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	for (size_t i = 0; i < nfacts; i++) {
		release->has_makers |= facts[i]->has_makers;
		release->may_evict |= facts[i]->may_evict;
		release->has_kustomization |= facts[i]->has_kustomization;
	}
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
		release->lists[kind] = facts_merge(
		    &release->arena, facts, nfacts, (enum entity_kind)kind);
		if (kind == ENTITY_manifest)
			relate_owners(release);
		else if (release->has_repeated)
			leave_out_repeated(&release->lists[kind],
			    &release->arena, (enum entity_kind)kind);
	}
	release->lists[ENTITY_drain] = release->lists[ENTITY_container];
	release->lists[ENTITY_update] =
	    list_updates(&release->arena, &release->lists[ENTITY_workload]);
	claims_index(release, facts, nfacts);
	backends_index(release);
	lb_policies_index(release, facts, nfacts);
	elsewhere_init(&release->foreign_labels, facts, nfacts);
	keep_marks(release, facts, nfacts);
	relate_drains(release, facts, nfacts);
	relate_file_times(release, facts, nfacts);
	relate_configurations(release, facts, nfacts);
	relate_missing_keys(release, facts, nfacts);
	relate(release);
	relate_pod_standards(release, facts, nfacts);
	relate_limit_ranges(release, facts, nfacts);
	relate_subsets(release, facts, nfacts);
	relate_peer_policies(release, facts, nfacts);
	relate_called_ports(release, facts, nfacts);
	relate_tokens(release, facts, nfacts);
	relate_trust(release, facts, nfacts);
	relate_attachments(release, facts, nfacts);
	relate_tls(release, facts, nfacts);
	relate_auth(release, facts, nfacts);
	relate_quotas(release, facts, nfacts);
	relate_quota_demands(release, facts, nfacts);
	for (size_t i = 0; i < nfacts; i++)
		facts_forget_links(facts[i]);
	return release;
}

void release_compare(struct release *release, struct release *previous)
{
	compare_releases(release, previous);
	relate_cuts(release);
	relate_overlap(release);
}

struct passage release_passage(const struct release *release, bool is_back)
{
	return is_back ? release->back : release->forward;
}

void release_free(struct release *release)
{
	if (!release)
		return;
	map_release(&release->claims);
	map_release(&release->backends);
	map_release(&release->scraped);
	map_release(&release->foreign_labels);
	map_release(&release->lb_policies);
	map_release(&release->pod_standards);
	map_release(&release->workload_namespaces);
	arena_release(&release->arena);
	free(release);
}

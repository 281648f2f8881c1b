/*
 * A transition -> what covers the old pods and covers the new ones less: probes
 * and preStop that are gone, a shorter drain, a budget or a policy that lets
 * more through.
 *
 * Containers are compared by their names.  What requests come to needs probes
 * and a preStop whatever was there before, which is told of the new release
 * alone, as is a grace period that its containers do not get by with.
 */
#include "fact/change/change.h"

#include "fact/computed.h"
#include "fact/drain/drain.h"
#include "fact/network/network.h"
#include "fact/pod/pod.h"
#include "fact/service/service.h"
#include "fact/update/update.h"

#include <string.h>

struct weakening {
	const struct release *release;
	struct asked *asked;
	struct transition *transition;
	const struct workload *old, *new; /* whose templates they are */
	struct buf text;
	struct fact first; /* of what is lost first, where it stands now */
};

/* Adds what stands at a place of the release that runs now. */
static struct buf *add(struct weakening *weakening,
    const struct manifest *manifest, uint32_t line, uint32_t col,
    uint32_t width)
{
	if (!weakening->text.len)
		weakening->first =
		    fact_at(fact_text(""), manifest, line, col, width);
	else
		buf_add_text(&weakening->text, ", ");
	return &weakening->text;
}

static struct buf *add_fact(struct weakening *weakening,
    const struct manifest *manifest, const struct fact *written)
{
	return add(
	    weakening, manifest, written->line, written->col, written->width);
}

static void compare_probes(struct weakening *weakening,
    const struct container *container, const struct probe *old,
    const struct probe *new)
{
	if (!old || new)
		return;
	buf_printf(add(weakening, weakening->old->manifest, old->line, old->col,
		       old->width),
	    "the %sProbe of container '%s'", old->kind, container->name.text);
}

static void compare_prestop(struct weakening *weakening,
    const struct container *old, const struct container *new, bool is_served)
{
	const struct fact *before = &old->prestop_seconds;
	const struct fact *after = &new->prestop_seconds;
	const struct manifest *manifest = weakening->old->manifest;

	if (old->prestop.state != FACT_KNOWN)
		return;
	if (new->prestop.state == FACT_ABSENT) {
		if (!is_served)
			buf_printf(add_fact(weakening, manifest, &old->prestop),
			    "the preStop of container '%s'", old->name.text);
		return;
	}
	if (before->state == FACT_KNOWN && after->state == FACT_KNOWN &&
	    after->integer < before->integer && (after->integer || !is_served))
		buf_printf(add_fact(weakening, manifest, before),
		    "a preStop of %lld s (%lld s are left) in container '%s'",
		    (long long)before->integer, (long long)after->integer,
		    old->name.text);
}

/* The first of each name. */
static void index_containers(
    struct map *by_name, const struct workload *workload)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];
		void **place;

		if (container->name.state != FACT_KNOWN)
			continue;
		place = map_slot(by_name, slice_of(container->name.text));
		if (!*place)
			*place = (void *)(uintptr_t)container;
	}
}

static void compare_containers(struct weakening *weakening)
{
	struct map by_name = {0};

	index_containers(&by_name, weakening->new);
	for (size_t i = 0; i < weakening->old->ncontainers; i++) {
		const struct container *old = &weakening->old->containers[i];
		const struct container *new;
		bool is_served;

		if (old->name.state != FACT_KNOWN)
			continue;
		new = map_find(&by_name, slice_of(old->name.text));
		if (!new || new->filled_in.boolean)
			continue;
		is_served =
		    fact_container_served(weakening->release, new).boolean;
		if (!is_served) {
			compare_probes(
			    weakening, old, old->readiness, new->readiness);
			compare_probes(
			    weakening, old, old->liveness, new->liveness);
		}
		compare_prestop(weakening, old, new, is_served);
	}
	map_release(&by_name);
}

/* Whether the containers of the new pods get by with their grace period. */
static bool is_enough(const struct weakening *weakening)
{
	const struct workload *new = weakening->new;

	for (size_t i = 0; i < new->ncontainers; i++) {
		struct fact needed = fact_drain_needed_seconds(
		    weakening->release, &new->containers[i]);

		if (needed.state == FACT_KNOWN &&
		    needed.integer > new->grace_seconds.integer)
			return false;
	}
	return new->grace_seconds.integer > 0;
}

static void compare_grace(struct weakening *weakening)
{
	const struct fact *before = &weakening->old->grace_seconds;
	const struct fact *after = &weakening->new->grace_seconds;

	if (before->state == FACT_KNOWN && after->state != FACT_UNKNOWN &&
	    after->integer < before->integer && is_enough(weakening))
		buf_printf(
		    add_fact(weakening, weakening->old->manifest, before),
		    "a grace period of %lld s (%lld s are left)",
		    (long long)before->integer, (long long)after->integer);
}

/* The one item of a list of links; NULL when there is another number. */
static const void *only(const struct links *links)
{
	return links->sure.n == 1 && !links->possible ? links->sure.items[0]
						      : NULL;
}

/* A budget that refused every eviction blocked drains, and one that refuses
 * none is told of by itself. */
static void compare_budgets(struct weakening *weakening)
{
	const struct transition *transition = weakening->transition;
	const struct release *previous = weakening->release->previous;
	const struct pdb *old = only(&transition->previous->pdbs);
	const struct pdb *new = only(&transition->workload->pdbs);
	struct fact before, after, pods;

	if (!old || !new)
		return;
	before = fact_pdb_allowed_disruptions(previous, old);
	after = fact_pdb_allowed_disruptions(weakening->release, new);
	pods = fact_pdb_expected_pods(weakening->release, new);
	if (before.state != FACT_KNOWN || after.state != FACT_KNOWN ||
	    pods.state != FACT_KNOWN ||
	    pods.integer != fact_pdb_expected_pods(previous, old).integer ||
	    !before.integer || before.integer >= after.integer ||
	    after.integer >= pods.integer)
		return;
	buf_printf(add(weakening, old->manifest, old->manifest->line,
		       old->manifest->col, old->manifest->width),
	    "PodDisruptionBudget '%s' that lets %lld of %lld pods go at once "
	    "(%lld from now on)",
	    old->manifest->name, (long long)before.integer,
	    (long long)pods.integer, (long long)after.integer);
}

static bool is_open(const struct networkpolicy *policy)
{
	if (policy->ingress_rules.state == FACT_UNKNOWN)
		return true;
	for (size_t i = 0; i < policy->nfrom; i++) {
		if (policy->from[i].is_open)
			return true;
	}
	return false;
}

static const struct networkpolicy *first_open(
    const struct entity_list *policies)
{
	for (size_t i = 0; i < policies->n; i++) {
		if (is_open(policies->items[i]))
			return policies->items[i];
	}
	return NULL;
}

/* The first policy with a rule for everybody and all ports, or NULL. */
static const struct networkpolicy *find_open(
    struct asked *asked, const struct workload *workload)
{
	static const struct networkpolicy none;
	const struct entity_list *policies = &workload->networkpolicies.sure;
	struct slice key = map_address_key(&policies->items);
	const struct networkpolicy *open = map_find(&asked->open, key);

	if (!open) {
		open = first_open(policies);
		if (!open)
			open = &none;
		*map_slot(&asked->open, key) = (void *)(uintptr_t)open;
	}
	return open == &none ? NULL : open;
}

static void compare_isolation(struct weakening *weakening)
{
	const struct transition *transition = weakening->transition;
	const struct workload *old = transition->previous;
	const struct workload *new = transition->workload;
	const struct networkpolicy *policy;

	if (old->networkpolicies.possible || new->networkpolicies.possible ||
	    !fact_workload_ingress_isolated(weakening->release->previous, old)
		 .boolean ||
	    !fact_workload_ingress_isolated(weakening->release, new).boolean ||
	    find_open(weakening->asked, old) ||
	    !find_open(weakening->asked, new))
		return;
	policy = isolating_policy(old);
	buf_printf(add(weakening, policy->manifest, policy->manifest->line,
		       policy->manifest->col, policy->manifest->width),
	    "the isolation of ingress (NetworkPolicy '%s' admits everybody)",
	    find_open(weakening->asked, new)->manifest->name);
}

/* Running pods keep the labels that they were made with: a budget or policy
 * that asks for new ones is for none of them until they are replaced. */
static void leave_uncovered(
    struct weakening *weakening, const struct manifest *manifest)
{
	buf_printf(add(weakening, manifest, manifest->line, manifest->col,
		       manifest->width),
	    "%s '%s', whose selector the running pods do not match",
	    manifest->kind, manifest->name);
}

/* Covered before and from now on, but in between by none of what covers the new
 * ones; all begin with their objects. */
static void compare_labels(struct weakening *weakening, const struct links *old,
    const struct links *new, const struct links *across)
{
	if (old->sure.n && new->sure.n && !new->possible &&
	    !have_common(weakening->asked, &new->sure, &across->sure))
		leave_uncovered(weakening,
		    *(const struct manifest *const *)old->sure.items[0]);
}

void find_weakened(struct release *release, struct asked *asked,
    struct transition *transition)
{
	const struct workload *old = transition->previous;
	const struct workload *new = transition->workload;
	struct weakening weakening = {
	    .release = release,
	    .asked = asked,
	    .transition = transition,
	    .old = old->template_owner,
	    .new = new->template_owner,
	};

	compare_containers(&weakening);
	compare_grace(&weakening);
	compare_budgets(&weakening);
	compare_isolation(&weakening);
	if (old_pods_live_on(transition)) {
		compare_labels(
		    &weakening, &old->pdbs, &new->pdbs, &old->across->pdbs);
		compare_labels(&weakening, &old->networkpolicies,
		    &new->networkpolicies, &old->across->policies);
	}
	if (weakening.text.len) {
		transition->weaker = weakening.first;
		transition->weaker.text =
		    text_copy(&release->arena, buf_text(&weakening.text));
	}
	buf_release(&weakening.text);
}

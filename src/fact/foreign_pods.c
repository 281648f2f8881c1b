/*
 * Labels of pods that no pod template has: those an operator gives the pods it
 * makes from a custom resource, those a Rollout gives the pods in one of its
 * roles.  A selector that asks for them selects what cannot be seen here.
 */
#include "fact/foreign_pods.h"

#include "fact/kind.h"

#include <ctype.h>
#include <string.h>

static bool is_listed(const char *text, const char *const *list)
{
	for (; *list; list++) {
		if (!strcmp(text, *list))
			return true;
	}
	return false;
}

/* Whether a domain is that one, or below it. */
static bool is_domain(struct slice domain, const char *of)
{
	size_t len = strlen(of);

	if (!slice_ends(domain, slice_of(of)))
		return false;
	return domain.len == len || domain.ptr[domain.len - len - 1] == '.';
}

/* Custom resources that are often in a chart and make no pods. */
static bool makes_no_pods(const struct manifest *manifest)
{
	static const char *const groups[] = {"cert-manager.io", "istio.io",
	    "keda.sh", "external-secrets.io", "bitnami.com", "traefik.io",
	    "traefik.containo.us", "cilium.io", "kyverno.io",
	    "projectcontour.io", "konghq.com", "linkerd.io", "openshift.io",
	    "googleapis.com", "secrets-store.csi.x-k8s.io",
	    "secrets.hashicorp.com", "gke.io", "k8s.aws", "projectcalico.org"};
	static const char *const kinds[] = {"ServiceMonitor", "PodMonitor",
	    "Probe", "PrometheusRule", "ScrapeConfig", "AlertmanagerConfig",
	    "AnalysisTemplate", "ClusterAnalysisTemplate", NULL};
	struct slice group = slice_of(manifest->group);

	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		if (is_domain(group, groups[i]))
			return true;
	}
	return is_listed(manifest->kind, kinds);
}

/* Of the API itself, and so known through and through. */
static bool is_built_in(const struct manifest *manifest)
{
	struct slice group = slice_of(manifest->group);

	return slice_find(group, SLICE("."), 0) < 0 ||
	       (is_domain(group, "k8s.io") && !is_domain(group, "x-k8s.io"));
}

static void add_pair(struct facts *facts, const char *key, const char *value)
{
	struct buf buf = {0};

	buf_printf(&buf, "%s=%s", key, value);
	vector_add(&facts->foreign_labels,
	    (void *)(uintptr_t)facts_text(facts, buf_slice(&buf)));
	buf_release(&buf);
}

/* A kind, as values of labels spell it. */
static void add_kind(struct facts *facts, const char *kind)
{
	struct buf buf = {0};

	for (; *kind; kind++)
		buf_printf(&buf, "%c", tolower((unsigned char)*kind));
	add_pair(facts, "", buf_text(&buf));
	buf_release(&buf);
}

static void add_labels(struct facts *facts, const struct node *node)
{
	struct label_list labels = facts_labels(facts, node);

	for (size_t i = 0; i < labels.n; i++)
		add_pair(facts, labels.items[i].key, labels.items[i].value);
}

/* Adds what stands under the key labels, at any depth.  Recursion is bounded by
 * the depth of documents. */
static void find_labels(struct facts *facts, const struct node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node_length(node); i++)
		find_labels(facts, node->items[i]);
	for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++) {
		struct slice key;

		if (node_to_text(node->pairs[i].key, &key) &&
		    slice_is(key, "labels"))
			add_labels(facts, node->pairs[i].value);
		find_labels(facts, node->pairs[i].value);
	}
}

void collect_elsewhere(struct facts *facts, const struct node *object,
    const struct manifest *manifest, bool is_workload)
{
	const struct node *spec = node_get(object, "spec");

	facts->has_kustomization |=
	    !strcmp(manifest->group, "kustomize.config.k8s.io");
	if (is_rollout(manifest))
		find_labels(facts, node_get(spec, "strategy"));
	if (is_workload || is_built_in(manifest) || makes_no_pods(manifest))
		return;
	facts->has_makers = true;
	find_labels(facts, spec);
	/* Operators put the name of the resource into some label, and maybe its
	 * kind: pods of a Prometheus are app.kubernetes.io/name: prometheus. */
	if (*manifest->name)
		add_pair(facts, "", manifest->name);
	add_kind(facts, manifest->kind);
}

void elsewhere_init(
    struct map *labels, struct facts *const *facts, size_t nfacts)
{
	for (size_t i = 0; i < nfacts; i++) {
		const struct vector *list = &facts[i]->foreign_labels;

		for (size_t j = 0; j < list->n; j++) {
			const char *pair = list->items[j];

			*map_slot(labels, slice_of(pair)) = list->items[j];
		}
	}
}

static bool is_foreign_label(
    const struct map *labels, const char *key, const char *value)
{
	struct buf buf = {0};
	bool found;

	buf_printf(&buf, "%s=%s", key, value);
	found = map_find(labels, buf_slice(&buf));
	buf_release(&buf);
	return found;
}

/* A label of somebody's own domain; those below kubernetes.io and helm.sh are
 * anybody's. */
static bool has_own_domain(const char *key)
{
	const char *slash = strchr(key, '/');
	struct slice domain;

	if (!slash)
		return false;
	domain = (struct slice){key, (size_t)(slash - key)};
	return !is_domain(domain, "kubernetes.io") &&
	       !is_domain(domain, "k8s.io") && !is_domain(domain, "helm.sh");
}

/* Whether pods that meet it may be made by somebody else: their labels are
 * given elsewhere, or of an operator's domain and in no pod template. */
static bool asks_elsewhere(
    const struct index *index, const struct requirement *requirement)
{
	const struct map *labels = &index->release->foreign_labels;
	bool is_in = requirement->operator== SELECTOR_IN;

	if (!is_in && requirement->operator!= SELECTOR_EXISTS)
		return false;
	if (has_own_domain(requirement->key) &&
	    !index_has_key(index, requirement->key))
		return true;
	for (size_t i = 0; is_in && i < requirement->nvalues; i++) {
		if (is_foreign_label(
			labels, requirement->key, requirement->values[i]) ||
		    is_foreign_label(labels, "", requirement->values[i]))
			return true;
	}
	return false;
}

bool selects_elsewhere(
    const struct index *index, const struct selector *selector)
{
	for (size_t i = 0; i < selector->n; i++) {
		if (asks_elsewhere(index, &selector->requirements[i]))
			return true;
	}
	return false;
}

/* Facts of the objects around workloads: Services, autoscalers, disruption
 * budgets, ConfigMaps; and who collects the other kinds. */
#include "fact/facts.h"

#include <string.h>

/* The API takes "" and 0 as left out. */
static bool has_target(const struct node *target)
{
	struct slice text;

	return node_to_text(target, &text) && text.len && !slice_is(text, "0");
}

struct fact facts_selector_text(struct facts *facts,
    const struct selector *selector, const struct node *node)
{
	struct buf spelled = {0};
	struct fact fact = {.state = FACT_ABSENT};

	if (selector->given) {
		selector_spell(selector, &spelled);
		fact = facts_placed(
		    fact_text(facts_text(facts, buf_slice(&spelled))),
		    node->key);
	}
	buf_release(&spelled);
	return fact;
}

static void collect_service_ports(
    struct facts *facts, const struct node *ports, struct service *service)
{
	struct service_port *kept;

	if (!ports || ports->kind != NODE_SEQUENCE)
		return;
	kept = arena_array(&facts->arena, ports->n, sizeof(*kept));
	service->ports = kept;
	service->nports = ports->n;
	for (uint32_t i = 0; i < ports->n; i++) {
		const struct node *target =
		    node_get(ports->items[i], "targetPort");

		if (!has_target(target))
			target = node_get(ports->items[i], "port");
		kept[i].protocols = protocols_of(ports->items[i]);
		if (!node_to_int(target, &kept[i].target_number))
			kept[i].target_name = facts_name(facts, target);
		kept[i].name =
		    facts_name(facts, node_get(ports->items[i], "name"));
		if (!target)
			target = ports->items[i];
		kept[i].line = target->span.line;
		kept[i].col = target->span.col;
		kept[i].width = facts_width(target);
	}
}

static struct fact headless_of(const struct node *cluster_ip)
{
	struct slice text;

	if (!node_to_text(cluster_ip, &text))
		return fact_bool(false);
	return facts_placed(fact_bool(slice_is(text, "None")), cluster_ip);
}

static void collect_service(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct service *service = arena_alloc(&facts->arena, sizeof(*service));

	service->manifest = manifest;
	service->labels =
	    facts_labels(facts, node_find(object, "metadata", "labels", NULL));
	service->type =
	    facts_node_text(facts, node_get(spec, "type"), "ClusterIP");
	/* The API ignores the selector of an ExternalName. */
	if (strcmp(service->type.text, "ExternalName"))
		service->pod_selector =
		    facts_map_selector(facts, node_get(spec, "selector"));
	service->selector = facts_selector_text(
	    facts, &service->pod_selector, node_get(spec, "selector"));
	if (service->pod_selector.invalid)
		service->selector = fact_unknown();
	service->headless = headless_of(node_get(spec, "clusterIP"));
	service->publishes_not_ready =
	    facts_bool(node_get(spec, "publishNotReadyAddresses"), false);
	collect_service_ports(facts, node_get(spec, "ports"), service);
	vector_add(&facts->lists[ENTITY_service], service);
}

/* The group of "apps/v1"; NULL when there is no apiVersion. */
static const char *group_of(struct facts *facts, const struct node *api_version)
{
	struct slice text;
	ptrdiff_t slash;

	if (!node_to_text(api_version, &text))
		return NULL;
	slash = slice_find(text, SLICE("/"), 0);
	return facts_text(
	    facts, (struct slice){text.ptr, slash < 0 ? 0 : (size_t)slash});
}

struct scale_target facts_target(struct facts *facts, const struct node *target,
    const char *kind_otherwise, struct fact *ret_kind, struct fact *ret_name)
{
	*ret_kind =
	    facts_node_text(facts, node_get(target, "kind"), kind_otherwise);
	*ret_name = facts_node_text(facts, node_get(target, "name"), "");
	return (struct scale_target){
	    .group = group_of(facts, node_get(target, "apiVersion"))};
}

static struct autoscaler *autoscaler_new(struct facts *facts,
    const struct node *target, const char *kind_otherwise,
    const struct manifest *manifest)
{
	struct autoscaler *autoscaler =
	    arena_alloc(&facts->arena, sizeof(*autoscaler));

	autoscaler->manifest = manifest;
	autoscaler->target = facts_target(facts, target, kind_otherwise,
	    &autoscaler->target_kind, &autoscaler->target_name);
	autoscaler->target_version =
	    facts_node_text(facts, node_get(target, "apiVersion"), NULL);
	autoscaler->target_fields = facts_fields(facts, target);
	vector_add(&facts->lists[ENTITY_autoscaler], autoscaler);
	return autoscaler;
}

static void collect_hpa(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct autoscaler *autoscaler = autoscaler_new(
	    facts, node_get(spec, "scaleTargetRef"), "", manifest);

	autoscaler->min_replicas = facts_int(node_get(spec, "minReplicas"), 1);
	autoscaler->max_replicas =
	    facts_int_or_none(node_get(spec, "maxReplicas"));
	collect_metrics(facts, spec, autoscaler);
}

/* KEDA scales a Deployment of group apps unless told otherwise. */
static void collect_scaled_object(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct autoscaler *autoscaler = autoscaler_new(
	    facts, node_get(spec, "scaleTargetRef"), "Deployment", manifest);

	if (!autoscaler->target.group)
		autoscaler->target.group = "apps";
	autoscaler->min_replicas =
	    facts_int(node_get(spec, "minReplicaCount"), 0);
	autoscaler->max_replicas =
	    facts_int(node_get(spec, "maxReplicaCount"), 100);
	collect_triggers(facts, spec, autoscaler);
}

static void collect_pdb(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *selector = node_get(spec, "selector");
	const struct node *least = node_get(spec, "minAvailable");
	const struct node *most = node_get(spec, "maxUnavailable");
	struct pdb *pdb = arena_alloc(&facts->arena, sizeof(*pdb));

	pdb->manifest = manifest;
	pdb->pod_selector = facts_selector(facts, selector);
	pdb->selector =
	    facts_selector_text(facts, &pdb->pod_selector, selector);
	pdb->min_available = facts_amount_text(facts, least, NULL);
	pdb->max_unavailable = facts_amount_text(facts, most, NULL);
	pdb->least = facts_amount(least, NULL);
	pdb->most = facts_amount(most, NULL);
	limit_percentage(&pdb->least);
	limit_percentage(&pdb->most);
	/* policy/v1beta1: an empty selector selects nothing. */
	if (!strcmp(manifest->version, "v1beta1") && !pdb->pod_selector.n)
		pdb->pod_selector.given = false;
	vector_add(&facts->lists[ENTITY_pdb], pdb);
}

/* Only the keys that say a drain time are kept, and only maps with such. */
static void collect_configmap(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *data = node_get(object, "data");
	size_t n = data && data->kind == NODE_MAPPING ? data->n : 0;
	struct buf drains = {0};

	for (size_t i = 0; i < n; i++) {
		struct slice key;

		collect_mangled(
		    facts, manifest, data->pairs[i].key, data->pairs[i].value);
		if (node_to_text(data->pairs[i].key, &key))
			add_drain_or_hide(
			    facts, key, data->pairs[i].value, &drains);
	}
	if (drains.len) {
		struct configmap *map =
		    arena_alloc(&facts->arena, sizeof(*map));

		map->manifest = manifest;
		map->drains = facts_keep(facts, &drains);
		map->ndrains = drains.len / sizeof(*map->drains);
		vector_add(&facts->configmaps, map);
	}
	buf_release(&drains);
}

/* What is in data is encoded, and was a text to whoever did it. */
static void collect_secret(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *data = node_get(object, "stringData");
	size_t n = data && data->kind == NODE_MAPPING ? data->n : 0;

	for (size_t i = 0; i < n; i++)
		collect_mangled(collection->facts, manifest, data->pairs[i].key,
		    data->pairs[i].value);
}

static const struct {
	const char *group, *kind;
	void (*collect)(const struct collection *collection,
	    const struct node *object, const struct manifest *manifest);
} collectors[] = {
    {"", "Service", collect_service},
    {"", "ConfigMap", collect_configmap},
    {"", "Secret", collect_secret},
    {"", "PersistentVolumeClaim", collect_claim},
    {"autoscaling", "HorizontalPodAutoscaler", collect_hpa},
    {"keda.sh", "ScaledObject", collect_scaled_object},
    {"monitoring.coreos.com", "ServiceMonitor", collect_monitor},
    {"monitoring.coreos.com", "PodMonitor", collect_monitor},
    {"autoscaling.k8s.io", "VerticalPodAutoscaler", collect_vpa},
    {"policy", "PodDisruptionBudget", collect_pdb},
    {"networking.k8s.io", "NetworkPolicy", collect_networkpolicy},
    {"argoproj.io", "AnalysisTemplate", collect_analysis},
    {"argoproj.io", "ClusterAnalysisTemplate", collect_analysis},
};

void collect_policy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	for (size_t i = 0; i < COUNT_OF(collectors); i++) {
		if (!strcmp(collectors[i].group, manifest->group) &&
		    !strcmp(collectors[i].kind, manifest->kind)) {
			collectors[i].collect(collection, object, manifest);
			return;
		}
	}
}

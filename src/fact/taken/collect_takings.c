/* Objects that write Secrets, ask for an address or name a volume -> what each
 * has to itself. */
#include "fact/taken/taken.h"

#include "fact/problem.h"

#include <stdlib.h>
#include <string.h>

struct taking *add_taking(struct facts *facts, const struct manifest *manifest,
    enum taker taker, const struct node *name)
{
	struct taking *taking = arena_alloc(&facts->arena, sizeof(*taking));
	const char *text = facts_name(facts, name);

	*taking = (struct taking){
	    .manifest = manifest,
	    .thing = text,
	    .nodes = "",
	    .taker = taker,
	    .name = facts_placed(fact_text(text), name),
	};
	vector_add(&facts->lists[ENTITY_taking], taking);
	return taking;
}

static bool has_entries(const struct node *node)
{
	return node && node->kind == NODE_MAPPING && node->n > 0;
}

/* Whether a key has a value: places for others to fill have none. */
static bool has_values(const struct node *node)
{
	for (uint32_t i = 0; has_entries(node) && i < node->n; i++) {
		if (scalar_text(node->pairs[i].value).len)
			return true;
	}
	return false;
}

/* One that the controller of SealedSecrets may take over. */
static bool is_given_away(const struct node *metadata)
{
	const struct node *annotations = node_get(metadata, "annotations");

	return node_get(annotations, "sealedsecrets.bitnami.com/managed") ||
	       node_get(annotations, "sealedsecrets.bitnami.com/patch");
}

/* One without data is a place that others fill, and one of a live cluster may
 * be what they have made. */
static void add_secret(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	const struct node *metadata = node_get(object, "metadata");
	const struct node *name = node_get(metadata, "name");

	if (scalar_text(name).len && !manifest->is_live &&
	    !is_given_away(metadata) &&
	    (has_values(node_get(object, "data")) ||
		has_values(node_get(object, "stringData"))))
		add_taking(facts, manifest, TAKER_SECRET, name);
}

/* creationPolicy: Owner when left out; Merge and Orphan leave the Secret to
 * others, or to itself. */
static void add_external(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	const struct node *target = node_find(object, "spec", "target", NULL);
	const struct node *policy = node_get(target, "creationPolicy");
	const struct node *name = node_get(target, "name");

	if (!scalar_text(name).len)
		name = node_find(object, "metadata", "name", NULL);
	if (scalar_text(name).len &&
	    (is_blank(policy) || slice_is(scalar_text(policy), "Owner")))
		add_taking(facts, manifest, TAKER_EXTERNAL, name);
}

/* As the shim of cert-manager decides whether an Ingress is its business. */
bool asks_for_certificates(const struct node *object)
{
	static const char *const names[] = {
	    "cert-manager.io/cluster-issuer", "cert-manager.io/issuer"};
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (scalar_text(node_get(annotations, names[i])).len)
			return true;
	}
	return slice_is(
	    scalar_text(node_get(annotations, "kubernetes.io/tls-acme")),
	    "true");
}

static void add_hosts(
    struct facts *facts, const struct node *list, struct taking *taking)
{
	size_t n = node_length(list);
	const char **hosts = arena_array(&facts->arena, n, sizeof(*hosts));

	for (size_t i = 0; i < n; i++)
		hosts[i] = facts_name(facts, list->items[i]);
	if (n)
		qsort(hosts, n, sizeof(*hosts), compare_texts);
	taking->hosts = (struct text_list){n, hosts};
}

static void add_ingress(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	const struct node *list = node_find(object, "spec", "tls", NULL);

	if (!asks_for_certificates(object))
		return;
	for (size_t i = 0; i < node_length(list); i++) {
		const struct node *name =
		    node_get(list->items[i], "secretName");

		if (scalar_text(name).len)
			add_hosts(facts, node_get(list->items[i], "hosts"),
			    add_taking(
				facts, manifest, TAKER_ANNOTATION, name));
	}
}

void collect_written_secrets(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *own = node_find(object, "metadata", "name", NULL);
	const struct node *secret =
	    node_find(object, "spec", "secretName", NULL);

	if (!strcmp(manifest->kind, "Secret"))
		add_secret(facts, object, manifest);
	else if (!strcmp(manifest->kind, "ExternalSecret"))
		add_external(facts, object, manifest);
	else if (!strcmp(manifest->kind, "Ingress"))
		add_ingress(facts, object, manifest);
	else if (!strcmp(manifest->kind, "SealedSecret") &&
		 scalar_text(own).len)
		add_taking(facts, manifest, TAKER_SEALED, own);
	else if (!strcmp(manifest->kind, "Certificate") &&
		 scalar_text(secret).len)
		add_hosts(facts, node_find(object, "spec", "dnsNames", NULL),
		    add_taking(facts, manifest, TAKER_CERTIFICATE, secret));
}

/* A port of a load balancer's address; MetalLB lets Services share one by an
 * annotation, of which others have their own. */
static void add_balancer(struct facts *facts, const struct node *object,
    const struct node *port, const struct manifest *manifest)
{
	const struct node *name =
	    node_find(object, "spec", "loadBalancerIP", NULL);
	struct slice protocol = scalar_text(node_get(port, "protocol"));
	struct slice number = scalar_text(node_get(port, "port"));
	struct taking *taking =
	    add_taking(facts, manifest, TAKER_BALANCER, name);

	if (!protocol.len)
		protocol = SLICE("TCP");
	taking->thing = arena_printf(&facts->arena, "%s/%.*s/%.*s",
	    taking->name.text, SLICE_ARGS(number), SLICE_ARGS(protocol));
}

void collect_addresses(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *cluster = node_get(spec, "clusterIP");
	const struct node *balancer = node_get(spec, "loadBalancerIP");
	const struct node *ports = node_get(spec, "ports");

	if (scalar_text(cluster).len && !slice_is(scalar_text(cluster), "None"))
		add_taking(
		    collection->facts, manifest, TAKER_CLUSTER_IP, cluster);
	if (!scalar_text(balancer).len ||
	    has_entries(node_find(object, "metadata", "annotations", NULL)))
		return;
	for (size_t i = 0; i < node_length(ports); i++)
		add_balancer(
		    collection->facts, object, ports->items[i], manifest);
}

void collect_named_volume(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *name = node_find(object, "spec", "volumeName", NULL);

	if (scalar_text(name).len)
		add_taking(collection->facts, manifest, TAKER_CLAIM, name);
}

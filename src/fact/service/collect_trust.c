/* Webhooks, Secrets and Certificates -> what each says of certificates. */
#include "fact/service/trust.h"

#include "base/x509.h"
#include "fact/computed.h"
#include "fact/problem.h"

RARE(workload, mounted_secrets)

/* The text of a key of data, decoded, or of stringData; NULL when there is
 * none. */
static const char *secret_text(
    struct facts *facts, const struct node *object, const char *key)
{
	const struct node *data = node_find(object, "data", key, NULL);
	const struct node *plain = node_find(object, "stringData", key, NULL);
	struct buf text = {0};
	const char *kept = NULL;

	if (scalar_text(plain).len)
		buf_add_slice(&text, scalar_text(plain));
	else if (!base64_decode(scalar_text(data), &text))
		buf_clear(&text);
	if (text.len)
		kept = slice_copy(&facts->linking, buf_slice(&text)).ptr;
	buf_release(&text);
	return kept;
}

void collect_served_certificate(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const char *chain = secret_text(facts, object, "tls.crt");
	struct served_certificate *served;

	if (!chain || !*manifest->name)
		return;
	served = arena_alloc(&facts->linking, sizeof(*served));
	*served = (struct served_certificate){manifest, chain};
	vector_add(&facts->served_certificates, served);
}

void collect_issued_certificate(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *names = node_get(spec, "dnsNames");
	struct issued_certificate *issued =
	    arena_alloc(&facts->linking, sizeof(*issued));
	size_t n = node_length(names);
	const char **hosts = arena_array(&facts->linking, n, sizeof(*hosts));

	for (size_t i = 0; i < n; i++)
		hosts[i] = facts_name(facts, names->items[i]);
	*issued = (struct issued_certificate){
	    .manifest = manifest,
	    .secret = facts_name(facts, node_get(spec, "secretName")),
	    .hosts = {n, hosts},
	};
	vector_add(&facts->issued_certificates, issued);
}

/* Who else fills caBundle in. */
static bool is_filled_in(const struct node *annotations)
{
	static const char *const names[] = {
	    "cert-manager.io/inject-ca-from-secret",
	    "cert-manager.io/inject-apiserver-ca",
	    "service.beta.openshift.io/inject-cabundle"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (node_get(annotations, names[i]))
			return true;
	}
	return false;
}

void collect_trust(const struct collection *collection,
    const struct node *object, const struct node *client_config,
    struct backend *backend)
{
	struct facts *facts = collection->facts;
	const struct node *bundle = node_get(client_config, "caBundle");
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	const struct node *injected =
	    node_get(annotations, "cert-manager.io/inject-ca-from");
	struct buf pem = {0};

	if (scalar_text(injected).len)
		backend->injected_from = facts_placed(
		    fact_text(facts_name(facts, injected)), injected);
	else if (!is_filled_in(annotations) &&
		 base64_decode(scalar_text(bundle), &pem) && pem.len)
		backend->bundle =
		    slice_copy(&facts->linking, buf_slice(&pem)).ptr;
	backend->bundle_at =
	    bundle ? facts_spot(facts, key_of(bundle)) : (struct spot){0};
	buf_release(&pem);
}

void collect_mounted_secrets(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *volumes = node_get(pod_spec, "volumes");
	struct text_list *list;
	struct buf names = {0};

	for (size_t i = 0; i < node_length(volumes); i++) {
		const char *name = facts_name(facts,
		    node_find(volumes->items[i], "secret", "secretName", NULL));

		if (*name)
			buf_add(&names, &name, sizeof(name));
	}
	if (!names.len)
		return;
	list = arena_alloc(&facts->arena, sizeof(*list));
	list->items = facts_keep(facts, &names);
	list->n = names.len / sizeof(*list->items);
	KEEP_RARE(&facts->arena, workload, mounted_secrets, fact_texts(list));
	buf_release(&names);
}

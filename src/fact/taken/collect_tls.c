/* Ingresses, Gateways and routes -> the Secrets whose certificates they show.
 */
#include "fact/taken/taken.h"

#include "fact/problem.h"

#include <string.h>

static struct tls_use *add_use(struct facts *facts,
    const struct manifest *manifest, const struct node *secret)
{
	struct tls_use *use;

	if (!scalar_text(secret).len)
		return NULL;
	use = arena_alloc(&facts->arena, sizeof(*use));
	*use = (struct tls_use){
	    .manifest = manifest,
	    .secret =
		facts_placed(fact_text(facts_name(facts, secret)), secret),
	};
	vector_add(&facts->tls_uses, use);
	return use;
}

static struct text_list texts_of(
    struct facts *facts, const struct node *const *nodes, size_t n)
{
	const char **texts = arena_array(&facts->arena, n, sizeof(*texts));

	for (size_t i = 0; i < n; i++)
		texts[i] = facts_name(facts, nodes[i]);
	return (struct text_list){n, texts};
}

static void collect_ingress(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	const struct node *list = node_find(object, "spec", "tls", NULL);

	for (size_t i = 0; i < node_length(list); i++) {
		const struct node *item = list->items[i];
		const struct node *hosts = node_get(item, "hosts");
		struct tls_use *use =
		    add_use(facts, manifest, node_get(item, "secretName"));

		if (use && node_length(hosts) && !asks_for_certificates(object))
			use->hosts = texts_of(facts,
			    (const struct node *const *)hosts->items,
			    node_length(hosts));
	}
}

/* A reference to another namespace, to another kind, or one of several is only
 * one that is used. */
static void collect_listener(struct facts *facts, const struct node *object,
    const struct node *listener, const struct manifest *manifest)
{
	const struct node *host = node_get(listener, "hostname");
	const struct node *refs =
	    node_find(listener, "tls", "certificateRefs", NULL);

	for (size_t i = 0; i < node_length(refs); i++) {
		const struct node *ref = refs->items[i];
		struct tls_use *use =
		    add_use(facts, manifest, node_get(ref, "name"));

		if (use && node_length(refs) == 1 && scalar_text(host).len &&
		    !node_get(ref, "namespace") && !node_get(ref, "kind") &&
		    !asks_for_certificates(object))
			use->hosts = texts_of(facts, &host, 1);
	}
}

/* The hosts of a rule: those in backquotes behind Host, as in
 * Host(`a`, `b`) && PathPrefix(`/`). */
static void add_matched(
    struct facts *facts, struct slice match, struct buf *hosts)
{
	bool is_host = false;

	while (match.len) {
		struct slice text = match;
		ptrdiff_t quote = slice_find(match, SLICE("`"), 0);
		const char *host;

		text.len = quote < 0 ? match.len : (size_t)quote;
		match.ptr += text.len + (quote >= 0);
		match.len -= text.len + (quote >= 0);
		if (slice_find(text, SLICE("("), 0) >= 0)
			is_host = slice_ends(text, SLICE("Host(")) &&
				  !slice_ends(text, SLICE("!Host("));
		quote = slice_find(match, SLICE("`"), 0);
		if (quote < 0)
			return;
		if (is_host) {
			host = facts_text(
			    facts, (struct slice){match.ptr, (size_t)quote});
			buf_add(hosts, &host, sizeof(host));
		}
		match.ptr += quote + 1;
		match.len -= (size_t)quote + 1;
	}
}

/* Of an IngressRoute the hosts of its routes, of an HTTPProxy its own. */
static void collect_route_tls(struct facts *facts, const struct node *spec,
    const struct manifest *manifest)
{
	const struct node *routes = node_get(spec, "routes");
	const struct node *proxied = node_get(spec, "virtualhost");
	const struct node *host = node_get(proxied, "fqdn");
	struct tls_use *use = add_use(
	    facts, manifest, node_find(spec, "tls", "secretName", NULL));
	struct buf hosts = {0};

	for (size_t i = 0; use && i < node_length(routes); i++)
		add_matched(facts,
		    scalar_text(node_get(routes->items[i], "match")), &hosts);
	if (hosts.len) {
		use->hosts.n = hosts.len / sizeof(const char *);
		use->hosts.items = facts_keep(facts, &hosts);
	}
	buf_release(&hosts);
	use = add_use(
	    facts, manifest, node_find(proxied, "tls", "secretName", NULL));
	if (use && scalar_text(host).len)
		use->hosts = texts_of(facts, &host, 1);
}

void collect_tls(const struct collection *collection, const struct node *object,
    const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *listeners = node_get(spec, "listeners");
	const struct node *servers = node_get(spec, "servers");

	if (!strcmp(manifest->kind, "Ingress"))
		collect_ingress(facts, object, manifest);
	for (size_t i = 0; i < node_length(listeners); i++)
		collect_listener(facts, object, listeners->items[i], manifest);
	for (size_t i = 0; i < node_length(servers); i++)
		add_use(facts, manifest,
		    node_find(
			servers->items[i], "tls", "credentialName", NULL));
	collect_route_tls(facts, spec, manifest);
}

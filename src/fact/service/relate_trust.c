/*
 * Webhooks against the certificates that their pods serve.
 *
 * A chain is trusted when a certificate of caBundle is one of it or may have
 * signed one of it (crypto/x509, Certificate.Verify): where no name fits, or
 * another key has it, the API server refuses to call for sure.
 */
#include "fact/service/trust.h"

#include "base/x509.h"
#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"

#include <stddef.h>
#include <string.h>

struct trusting {
	struct release *release;
	struct map served; /* struct served_certificate, by name + namespace */
	struct map issued; /* struct issued_certificate, by that of the
			      Secret */
	struct map named;  /* and by their own */
	struct arena arena;
	struct buf key, left, right;
};

/* The first of a name counts. */
static void put(struct trusting *trusting, struct map *map, const char *name,
    const struct manifest *manifest, const void *item)
{
	void **slot = object_slot(map, &trusting->arena, &trusting->key, name,
	    manifest_namespace(trusting->release, manifest));

	if (!*slot)
		*slot = (void *)(uintptr_t)item;
}

static void index_certificates(
    struct trusting *trusting, struct facts *const *facts, size_t nfacts)
{
	struct entity_list served = facts_in_order(&trusting->arena, facts,
	    nfacts, offsetof(struct facts, served_certificates));
	struct entity_list issued = facts_in_order(&trusting->arena, facts,
	    nfacts, offsetof(struct facts, issued_certificates));

	for (size_t i = 0; i < served.n; i++) {
		const struct served_certificate *item = served.items[i];

		put(trusting, &trusting->served, item->manifest->name,
		    item->manifest, item);
	}
	for (size_t i = 0; i < issued.n; i++) {
		const struct issued_certificate *item = issued.items[i];

		put(trusting, &trusting->issued, item->secret, item->manifest,
		    item);
		put(trusting, &trusting->named, item->manifest->name,
		    item->manifest, item);
	}
}

/* What map has for a Secret that the pods behind a webhook mount. */
static void *find_mounted(struct trusting *trusting, const struct map *map,
    const struct backend *backend)
{
	const struct entity_list *pods = &backend->service->workloads.sure;

	for (size_t i = 0; i < pods->n; i++) {
		const struct workload *workload =
		    ((const struct workload *)pods->items[i])->template_owner;
		struct fact names = RARE_FACT(workload, mounted_secrets);

		for (size_t j = 0; names.has_value && j < names.texts->n; j++) {
			void *found = map_find(map,
			    object_key(&trusting->key, names.texts->items[j],
				manifest_namespace(
				    trusting->release, workload->manifest)));

			if (found)
				return found;
		}
	}
	return NULL;
}

/* Whether the certificates of a PEM text hold one that may have signed other;
 * what cannot be read may be anything. */
static bool may_trust(
    struct trusting *trusting, const char *bundle, const struct x509 *other)
{
	struct x509 authority;
	size_t at = 0, n = 0;

	for (;; n++) {
		buf_clear(&trusting->left);
		if (!pem_next(slice_of(bundle), &at, &trusting->left))
			return n == 0;
		if (!x509_read(buf_slice(&trusting->left), &authority) ||
		    x509_may_sign(&authority, other))
			return true;
	}
}

static bool is_trusted(
    struct trusting *trusting, const char *bundle, const char *chain)
{
	struct x509 certificate;
	size_t at = 0, n = 0;

	for (;; n++) {
		buf_clear(&trusting->right);
		if (!pem_next(slice_of(chain), &at, &trusting->right))
			return n == 0;
		if (!x509_read(buf_slice(&trusting->right), &certificate) ||
		    may_trust(trusting, bundle, &certificate))
			return true;
	}
}

/* A Secret that is live, or that others write, need not say what is served. */
static void judge_bundle(struct trusting *trusting, struct backend *backend)
{
	const struct served_certificate *served =
	    find_mounted(trusting, &trusting->served, backend);

	if (!served || find_mounted(trusting, &trusting->issued, backend))
		return;
	if (!is_trusted(trusting, backend->bundle, served->chain) &&
	    !are_apart(trusting->release, backend->manifest, served->manifest))
		backend->untrusted_secret = served->manifest;
}

static bool covers(const struct text_list *hosts, const char *host)
{
	for (size_t i = 0; i < hosts->n; i++) {
		if (x509_name_is_for(hosts->items[i], host))
			return true;
	}
	return false;
}

/* The API server calls a webhook by this name (webhook.ClientManager). */
static void judge_hosts(struct trusting *trusting, struct backend *backend,
    const struct issued_certificate *issued)
{
	const char *host = arena_printf(&trusting->release->arena, "%s.%s.svc",
	    backend->service_name.text, backend->service_namespace);

	if (issued->hosts.n && *backend->service_namespace &&
	    !covers(&issued->hosts, host)) {
		backend->uncovered = host;
		backend->issued_by = issued->manifest;
	}
}

/* NAMESPACE/NAME of a Certificate; one that the stream has in a namespace that
 * is not known may be the one. */
static void judge_injection(struct trusting *trusting, struct backend *backend)
{
	const char *text = backend->injected_from.text;
	const char *slash = strchr(text, '/');
	const struct issued_certificate *served =
	    find_mounted(trusting, &trusting->issued, backend);
	const struct issued_certificate *named;
	const char *namespace;

	if (!slash || !served)
		return;
	namespace = slice_copy(
	    &trusting->arena, (struct slice){text, (size_t)(slash - text)})
			.ptr;
	named = map_find(
	    &trusting->named, object_key(&trusting->key, slash + 1, namespace));
	judge_hosts(trusting, backend, served);
	if (!named &&
	    (strcmp(served->manifest->name, slash + 1) != 0 ||
		*manifest_namespace(trusting->release, served->manifest)))
		backend->injected_for = served->manifest;
}

void relate_trust(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];
	struct trusting trusting = {.release = release};

	index_certificates(&trusting, facts, nfacts);
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct backend *backend =
		    (struct backend *)(uintptr_t)list->items[i];

		if (!backend->service)
			continue;
		if (backend->injected_from.has_value)
			judge_injection(&trusting, backend);
		else if (backend->bundle)
			judge_bundle(&trusting, backend);
	}
	map_release(&trusting.served);
	map_release(&trusting.issued);
	map_release(&trusting.named);
	arena_release(&trusting.arena);
	buf_release(&trusting.key);
	buf_release(&trusting.left);
	buf_release(&trusting.right);
}

SIMPLE(backend, untrusted_secret, fact_entity(backend->untrusted_secret))
SIMPLE(backend, uncovered, fact_of_word(backend->uncovered))
SIMPLE(backend, issued_by, fact_entity(backend->issued_by))
SIMPLE(backend, injected_for, fact_entity(backend->injected_for))

/* Where it is written; its text says nothing to people. */
struct fact fact_backend_bundle(
    const struct release *release, const struct backend *backend)
{
	const struct spot *spot = &backend->bundle_at;
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	if (!spot->text)
		return fact;
	fact = fact_text(spot->text);
	fact.line = spot->line;
	fact.col = spot->col;
	fact.width = spot->width;
	return fact;
}

/*
 * Certificates of cert-manager that nobody uses, while an Ingress or Gateway
 * shows a certificate for their hosts from a Secret that nothing makes.
 *
 * Nothing is told where others may make Secrets: an object of the name, or a
 * kind of objects that are for that.
 */
#include "fact/taken/taken.h"

#include "base/nearest.h"
#include "base/x509.h"
#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"

#include <stddef.h>
#include <string.h>

struct tls {
	const struct release *release;
	struct map made; /* object_key() of what has a name or is written */
	struct map used; /* likewise of Secrets */
	struct map uses; /* struct tls_use of a Secret that nothing makes, the
			    first of its namespace, by its first host and by
			    the wildcard for that */
	struct arena arena;
	struct buf key;
};

static void put(struct tls *tls, struct map *map, const char *name,
    const struct manifest *manifest)
{
	*object_slot(map, &tls->arena, &tls->key, name,
	    manifest ? manifest_namespace(tls->release, manifest) : "") = tls;
}

static bool has(struct tls *tls, const struct map *map, const char *name,
    const struct manifest *manifest)
{
	return map_find(map,
		   object_key(&tls->key, name,
		       manifest ? manifest_namespace(tls->release, manifest)
				: "")) != NULL;
}

/* ExternalSecret, VaultStaticSecret, SecretProviderClass ... */
static bool makes_secrets(const struct manifest *manifest)
{
	return *manifest->group && strstr(manifest->kind, "Secret");
}

/* What has the name of a Secret; false where any may come from elsewhere.  An
 * Ingress is often called like its Secret. */
static bool index_made(struct tls *tls)
{
	const struct entity_list *list = &tls->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (makes_secrets(manifest))
			return false;
		if (!strcmp(manifest->kind, "Secret") ||
		    strchr(manifest->group, '.'))
			put(tls, &tls->made, manifest->name, manifest);
	}
	list = &tls->release->lists[ENTITY_taking];
	for (size_t i = 0; i < list->n; i++) {
		const struct taking *taking = list->items[i];

		if (taking->taker <= TAKER_SEALED)
			put(tls, &tls->made, taking->thing, taking->manifest);
	}
	return true;
}

/* By pods in whatever namespace, and by who shows them. */
static void index_used(struct tls *tls, const struct entity_list *uses)
{
	const struct entity_list *list = &tls->release->lists[ENTITY_workload];

	for (size_t i = 0; i < uses->n; i++) {
		const struct tls_use *use = uses->items[i];

		put(tls, &tls->used, use->secret.text, NULL);
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];
		struct fact names = RARE_FACT(workload, mounted_secrets);

		for (size_t j = 0; names.has_value && j < names.texts->n; j++)
			put(tls, &tls->used, names.texts->items[j], NULL);
	}
}

static bool are_all_hosts(
    const struct text_list *names, const struct text_list *hosts)
{
	for (size_t i = 0; i < hosts->n; i++) {
		size_t j = 0;

		while (j < names->n &&
		       !x509_name_is_for(names->items[j], hosts->items[i]))
			j++;
		if (j == names->n)
			return false;
	}
	return hosts->n > 0;
}

static void put_use(
    struct tls *tls, const char *host, const struct tls_use *use)
{
	void **slot = object_slot(&tls->uses, &tls->arena, &tls->key, host,
	    manifest_namespace(tls->release, use->manifest));

	if (!*slot)
		*slot = (void *)(uintptr_t)use;
}

static void index_uses(struct tls *tls, const struct entity_list *uses)
{
	for (size_t i = 0; i < uses->n; i++) {
		const struct tls_use *use = uses->items[i];
		const char *dot;

		if (!use->hosts.n ||
		    has(tls, &tls->made, use->secret.text, use->manifest))
			continue;
		put_use(tls, use->hosts.items[0], use);
		dot = strchr(use->hosts.items[0], '.');
		if (dot)
			put_use(
			    tls, arena_printf(&tls->arena, "*%s", dot), use);
	}
}

static void hold_to_uses(struct tls *tls, struct taking *certificate)
{
	const char *namespace =
	    manifest_namespace(tls->release, certificate->manifest);

	if (certificate->taker != TAKER_CERTIFICATE ||
	    has(tls, &tls->used, certificate->thing, NULL))
		return;
	for (size_t i = 0; i < certificate->hosts.n; i++) {
		const struct tls_use *use = map_find(
		    &tls->uses, object_key(&tls->key,
				    certificate->hosts.items[i], namespace));

		if (use && are_all_hosts(&certificate->hosts, &use->hosts) &&
		    !are_apart(
			tls->release, certificate->manifest, use->manifest)) {
			certificate->passed = use;
			return;
		}
	}
}

void relate_tls(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	const struct entity_list *list = &release->lists[ENTITY_taking];
	struct tls tls = {.release = release};
	struct entity_list uses = facts_in_order(
	    &tls.arena, facts, nfacts, offsetof(struct facts, tls_uses));

	if (uses.n && list->n && index_made(&tls)) {
		index_used(&tls, &uses);
		index_uses(&tls, &uses);
		for (size_t i = 0; i < list->n; i++)
			/* Made by collect and const for all but relate. */
			hold_to_uses(
			    &tls, (struct taking *)(uintptr_t)list->items[i]);
	}
	map_release(&tls.made);
	map_release(&tls.used);
	map_release(&tls.uses);
	arena_release(&tls.arena);
	buf_release(&tls.key);
}

struct fact fact_taking_passed(
    const struct release *release, const struct taking *taking)
{
	(void)release;
	return taking->passed ? taking->passed->secret
			      : (struct fact){.state = FACT_ABSENT};
}

/* One is a part of the other, or a letter away. */
struct fact fact_taking_passed_like(
    const struct release *release, const struct taking *taking)
{
	const char *one = taking->thing;
	const char *other = taking->passed ? taking->passed->secret.text : "";

	(void)release;
	return fact_bool(
	    *other && (strstr(one, other) || strstr(other, one) ||
			  is_one_letter_off(slice_of(one), slice_of(other))));
}

SIMPLE(taking, passed_by,
    fact_entity(taking->passed ? taking->passed->manifest : NULL))

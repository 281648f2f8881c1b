/* An object held to what the API takes -> a refusal for each of its faults. */
#include "fact/refusal/refusal.h"

#include "fact/computed.h"
#include "fact/settings.h"
#include "schema/schema.h"

/* NULL: of its kind nothing is known. */
static const struct kind *known_kind(const struct manifest *manifest)
{
	return schema_kind(manifest->group, manifest->version, manifest->kind);
}

static const struct kind *kind_of(const struct manifest *manifest)
{
	const struct kind *kind = known_kind(manifest);

	return kind && !kind->is_partial ? kind : NULL;
}

bool is_described(const struct manifest *manifest)
{
	return manifest->is_held || kind_of(manifest);
}

/* What is described is served, so it was meant. */
static const struct served *meant_by(const struct manifest *manifest)
{
	if (kind_of(manifest))
		return NULL;
	return schema_meant(manifest->group, manifest->version, manifest->kind);
}

static struct fact meant_kind(const struct manifest *manifest)
{
	const struct served *meant = meant_by(manifest);

	return fact_of_word(meant ? api_text(meant->kind) : NULL);
}

static struct fact meant_api_version(const struct manifest *manifest)
{
	const struct served *meant = meant_by(manifest);

	return fact_of_word(meant ? api_text(meant->api_version) : NULL);
}

SIMPLE(manifest, described, fact_bool(is_described(manifest)))
SIMPLE(manifest, meant_kind, meant_kind(manifest))
SIMPLE(manifest, meant_api_version, meant_api_version(manifest))
SIMPLE(refusal, manifest, fact_entity(refusal->part.manifest))

/* Those that were not chosen are all that the program knows. */
static struct minors minors_of_settings(const struct settings *settings)
{
	if (!settings || !settings->kube_most)
		return (struct minors){MINORS_LEAST, MINORS_MOST};
	return (struct minors){settings->kube_least, settings->kube_most};
}

struct fact fact_release_kube_least(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_int(minors_of_settings(release->settings).least);
}

struct fact fact_release_applied_by(
    const struct release *whole, const struct release *release)
{
	const struct settings *settings = release->settings;

	(void)whole;
	return fact_text(
	    settings && settings->applied_by ? settings->applied_by : "helm");
}

void collect_refusals(const struct collection *collection,
    const struct node *object, struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct kind *kind = known_kind(manifest);
	struct reading reading = {
	    .facts = facts,
	    .manifest = manifest,
	    .object = object,
	};
	struct refusal_sink sink = {add_refusal, &reading};

	if (!kind || kind->is_partial)
		collect_custom(collection, object, manifest);
	/* A definition that was given says all of it. */
	if (kind && !manifest->is_held)
		schema_hold(
		    kind, minors_of_settings(facts->settings), object, &sink);
	collect_definition(collection, object, manifest);
}

/* An object held to what the API takes -> a refusal for each of its faults. */
#include "fact/refusal/refusal.h"

#include "fact/computed.h"
#include "fact/settings.h"
#include "schema/schema.h"

#include <string.h>

static const struct kind *kind_of(const struct manifest *manifest)
{
	return schema_kind(manifest->group, manifest->version, manifest->kind);
}

bool is_described(const struct manifest *manifest)
{
	return kind_of(manifest) != NULL;
}

static const struct served *meant_by(const struct manifest *manifest)
{
	return schema_meant(manifest->group, manifest->version, manifest->kind);
}

static struct fact meant_kind(const struct manifest *manifest)
{
	const struct served *meant = meant_by(manifest);

	return fact_of_word(meant ? meant->kind : NULL);
}

static struct fact meant_api_version(const struct manifest *manifest)
{
	const struct served *meant = meant_by(manifest);

	return fact_of_word(meant ? meant->api_version : NULL);
}

SIMPLE(manifest, described, fact_bool(is_described(manifest)))
SIMPLE(manifest, meant_kind, meant_kind(manifest))
SIMPLE(manifest, meant_api_version, meant_api_version(manifest))
SIMPLE(refusal, manifest, fact_entity(refusal->part.manifest))

static const char *const class_names[] = {
    [REFUSAL_TYPE] = "type",
    [REFUSAL_VALUE] = "value",
    [REFUSAL_MISSING] = "missing",
    [REFUSAL_UNKNOWN] = "unknown",
    [REFUSAL_TWICE] = "twice",
};

static const char *judge_of(
    struct facts *facts, const struct refusal_fault *fault)
{
	struct buf words = {0};
	const char *kept;

	buf_add_text(&words, fault->by_controller
				 ? "the Argo Rollouts controller"
				 : "the API server");
	if (fault->since)
		buf_printf(
		    &words, " of Kubernetes 1.%u and later", fault->since);
	else if (fault->before)
		buf_printf(&words, " of Kubernetes before 1.%u", fault->before);
	kept = facts_text(facts, buf_slice(&words));
	buf_release(&words);
	return kept;
}

/* "spec.replicas", and "spec" with the field "replicas", which is not there;
 * items that have a name are called by it, as people know them. */
static const char *path_of(struct facts *facts, const struct part *part,
    const struct refusal_fault *fault)
{
	struct buf path = {0};
	const char *kept;

	buf_add_text(&path, part->stable_path);
	if (fault->field.len)
		buf_printf(&path, "%s%.*s", path.len ? "." : "",
		    SLICE_ARGS(fault->field));
	kept = path.len ? facts_text(facts, buf_slice(&path)) : "object";
	buf_release(&path);
	return kept;
}

/* In words, the minors of Kubernetes that refuse it when not all do. */
static struct fact minors_of(
    struct facts *facts, const struct refusal_fault *fault)
{
	struct buf words = {0};
	struct fact fact = {0};

	if (fault->since)
		buf_printf(&words, "since 1.%u", fault->since);
	else if (fault->before)
		buf_printf(&words, "before 1.%u", fault->before);
	if (words.len)
		fact = fact_text(facts_text(facts, buf_slice(&words)));
	buf_release(&words);
	return fact;
}

static void add_refusal(void *context, const struct refusal_fault *fault)
{
	const struct reading *reading = context;
	struct facts *facts = reading->facts;
	struct refusal *refusal = arena_alloc(&facts->arena, sizeof(*refusal));

	refusal->part = part_at(reading, fault->at);
	refusal->class = fact_text(class_names[fault->class]);
	refusal->path = fact_text(path_of(facts, &refusal->part, fault));
	refusal->text = fact_text(facts_text(facts, fault->text));
	if (fault->hint.len)
		refusal->hint = fact_text(facts_text(facts, fault->hint));
	refusal->judge = fact_text(judge_of(facts, fault));
	refusal->minors = minors_of(facts, fault);
	vector_add(&facts->lists[ENTITY_refusal], refusal);
}

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

void collect_refusals(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	const struct kind *kind =
	    schema_kind(manifest->group, manifest->version, manifest->kind);
	struct reading reading = {
	    .facts = facts,
	    .manifest = manifest,
	    .object = object,
	};
	struct refusal_sink sink = {add_refusal, &reading};

	if (kind)
		schema_hold(
		    kind, minors_of_settings(facts->settings), object, &sink);
}

/* Denials, refusals and conflicts -> whether a release can be applied over
 * another, in a word and a reason. */
#include "fact/apply/apply.h"
#include "fact/change/applier.h"
#include "fact/change/change.h"
#include "fact/kind.h"
#include "fact/refusal/refusal.h"
#include "fact/settings.h"

#include <string.h>

/* How many are left out, and the first and worst. */
struct reasons {
	struct release *release;
	struct passage passage;
	size_t nworst;
};

/* A field of an object, or the object itself where path is NULL. */
static void add_reason(struct reasons *reasons, enum passage_verdict verdict,
    const char *path, const struct manifest *manifest)
{
	if (verdict < reasons->passage.verdict || verdict == PASSAGE_FREE)
		return;
	if (verdict > reasons->passage.verdict) {
		reasons->passage = (struct passage){verdict,
		    arena_printf(&reasons->release->arena, "%s%s%s '%s'",
			path ? path : "", path ? " of " : "", manifest->kind,
			manifest->name)};
		reasons->nworst = 0;
	}
	reasons->nworst++;
}

/* Whether it is known which of the two Helms it is, or that it is none. */
static bool has_one_version(const struct release *release)
{
	const char *by =
	    release->settings ? release->settings->applied_by : NULL;

	return by && strcmp(by, "helm") != 0;
}

/* What only server-side apply refuses: nothing, something, or all there is. */
static enum passage_verdict server_side_verdict(const struct release *release)
{
	static const char *const never[] = {"helm3", "kubectl", "argocd"};
	const char *by =
	    release->settings ? release->settings->applied_by : NULL;

	if (!has_one_version(release))
		return PASSAGE_BY_ONE;
	for (size_t i = 0; i < COUNT_OF(never); i++) {
		if (!strcmp(by, never[i]))
			return PASSAGE_FREE;
	}
	return PASSAGE_REFUSED;
}

static void add_denials(struct reasons *reasons, bool is_back)
{
	struct release *release = reasons->release;
	const struct entity_list *list = &release->lists[ENTITY_denial];

	for (size_t i = 0; i < list->n; i++) {
		const struct denial *denial = list->items[i];
		enum passage_verdict verdict = PASSAGE_REFUSED;

		if (strcmp(denial->way.text, is_back ? "back" : "forward") != 0)
			continue;
		/* Those of who applies nothing on the server are not listed. */
		if (denial->server_side_only.boolean &&
		    !has_one_version(release))
			verdict = PASSAGE_BY_ONE;
		else if (!denial->sure.boolean)
			verdict = PASSAGE_UNKNOWN;
		add_reason(reasons, verdict,
		    denial->whole.boolean ? NULL : denial->path.text,
		    denial->part.manifest);
	}
}

/* A refused upgrade deletes nothing, and the rollback of Helm takes over
 * nothing that the failed release lacks. */
static void add_undeleted(struct reasons *reasons)
{
	const struct entity_list *list =
	    &reasons->release->lists[ENTITY_denial];

	for (size_t i = 0; i < list->n; i++) {
		const struct denial *denial = list->items[i];

		if (strcmp(denial->way.text, "forward") != 0 ||
		    !denial->sure.boolean || denial->server_side_only.boolean ||
		    denial->undeleted.state != FACT_KNOWN)
			continue;
		reasons->passage = (struct passage){PASSAGE_REFUSED,
		    arena_printf(&reasons->release->arena,
			"%s, not deleted by the refused upgrade",
			denial->undeleted.text)};
		reasons->nworst = 1;
		return;
	}
}

/* Whether what is in it goes with an object: claims give their volumes back,
 * definitions and namespaces take all objects with them, and a StatefulSet its
 * claims where it says so. */
static bool holds_data(const struct manifest *manifest)
{
	static const char path[] =
	    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted";
	const char *kind = manifest->kind;

	if (!strcmp(kind, "StatefulSet"))
		return manifest->seldom->kept &&
		       !strcmp(kept_value(manifest->seldom->kept, path),
			   "Delete") &&
		       kept_has(
			   manifest->seldom->kept, "spec.volumeClaimTemplates");
	return !strcmp(kind, "PersistentVolumeClaim") ||
	       !strcmp(kind, "CustomResourceDefinition") ||
	       !strcmp(kind, "Namespace");
}

static bool is_deleted(const struct change *change)
{
	return !strcmp(change->what.text, "removed") ||
	       !strcmp(change->what.text, "remade");
}

/* What a deletion took is not there again when the object is. */
static void add_lost_data(struct reasons *reasons)
{
	const struct release *release = reasons->release;
	const struct entity_list *list = &release->lists[ENTITY_change];

	if (fact_release_skips_deletions(release, release).boolean)
		return;
	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];
		const struct manifest *manifest = change->part.manifest;

		if (is_deleted(change) && holds_data(manifest) &&
		    !is_hook(manifest) &&
		    !outlives_release(release->previous, manifest))
			add_reason(reasons, PASSAGE_REFUSED, "deleted contents",
			    manifest);
	}
}

static void add_refusals(struct reasons *reasons)
{
	struct release *release = reasons->release;
	const struct entity_list *list = &release->lists[ENTITY_refusal];

	for (size_t i = 0; i < list->n; i++) {
		const struct refusal *refusal = list->items[i];
		enum passage_verdict verdict = PASSAGE_REFUSED;

		if (is_refused_on_server(refusal))
			verdict = server_side_verdict(release);
		else if (!is_refused_everywhere(refusal))
			verdict = PASSAGE_UNKNOWN;
		add_reason(reasons, verdict, refusal->path.text,
		    refusal->part.manifest);
	}
}

static void add_conflicts(struct reasons *reasons)
{
	struct release *release = reasons->release;
	const struct entity_list *list = &release->lists[ENTITY_conflict];

	for (size_t i = 0; i < list->n; i++) {
		const struct conflict *conflict = list->items[i];

		const struct manifest *manifest =
		    conflict->objects.n ? conflict->objects.items[0]
					: conflict->part.manifest;

		if (fact_conflict_strikes(release, conflict).boolean &&
		    manifest->seldom->other &&
		    !is_applied_by(release, "flux") &&
		    !is_applied_by(release, "argocd"))
			add_reason(reasons, server_side_verdict(release),
			    conflict->field.text, manifest);
	}
}

static struct passage passage_of(struct release *release, bool is_back)
{
	struct reasons reasons = {
	    .release = release, .passage = {.because = ""}};

	add_denials(&reasons, is_back);
	if (is_back) {
		add_lost_data(&reasons);
		add_undeleted(&reasons);
	} else {
		add_refusals(&reasons);
		add_conflicts(&reasons);
	}
	if (reasons.nworst > 1)
		reasons.passage.because =
		    arena_printf(&release->arena, "%s and %zu more",
			reasons.passage.because, reasons.nworst - 1);
	return reasons.passage;
}

void judge_passages(struct release *release)
{
	release->forward = passage_of(release, false);
	release->back = passage_of(release, true);
}

static struct fact refusal_of(const struct passage *passage)
{
	return passage->verdict == PASSAGE_REFUSED ? fact_text(passage->because)
						   : (struct fact){0};
}

/* Helm goes on with what is not refused and then ends; Flux asks about all
 * before it applies anything. */
struct fact fact_release_skips_deletions(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return fact_bool(
	    release->forward.verdict == PASSAGE_REFUSED &&
	    (is_applied_by(release, "helm") || is_applied_by(release, "flux")));
}

struct fact fact_release_upgrade_refused(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return refusal_of(&release->forward);
}

struct fact fact_release_rollback_refused(
    const struct release *whole, const struct release *release)
{
	(void)whole;
	return refusal_of(&release->back);
}

/* Where entities and facts stand, what they are part of, how they are called:
 * one row per kind of entity. */
#include "fact/entity.h"

#include "fact/apply/apply.h"
#include "fact/attach/attach.h"
#include "fact/change/change.h"
#include "fact/contract/contract_facts.h"
#include "fact/command/command.h"
#include "fact/cut/cut.h"
#include "fact/cut/entrances.h"
#include "fact/evidence/proof.h"
#include "fact/network/network.h"
#include "fact/overlap/overlap.h"
#include "fact/pod/pod.h"
#include "fact/refusal/refusal.h"
#include "fact/rollout/rollout.h"
#include "fact/scale/scale.h"
#include "fact/service/backends.h"
#include "fact/service/ingress.h"
#include "fact/service/service.h"
#include "fact/service/subsets.h"
#include "fact/taken/taken.h"
#include "fact/update/update.h"
#include "fact/warmup/warmup.h"

#include <stddef.h>
#include <string.h>

static struct span span_at(uint32_t line, uint32_t col, uint32_t width)
{
	return (struct span){line, col, line, col + (width ? width : 1)};
}

static struct place manifest_place(const struct manifest *m)
{
	return (struct place){m->origin, span_at(m->line, m->col, m->width)};
}

/* What entity_manifest() takes for granted. */
#define BEGINS_WITH(type, member) \
	_Static_assert(           \
	    offsetof(type, member) == 0, #type " begins with its " #member)

BEGINS_WITH(struct workload, manifest);
BEGINS_WITH(struct warmup, manifest);
BEGINS_WITH(struct conflict, part.manifest);
BEGINS_WITH(struct misspelt_command, part.manifest);
BEGINS_WITH(struct step, part.manifest);
BEGINS_WITH(struct problem, part.manifest);
BEGINS_WITH(struct refusal, part.manifest);
BEGINS_WITH(struct gap, part.manifest);
BEGINS_WITH(struct reference, part.manifest);
BEGINS_WITH(struct need, part.manifest);
BEGINS_WITH(struct change, part.manifest);
BEGINS_WITH(struct denial, part.manifest);
BEGINS_WITH(struct transition, manifest);
BEGINS_WITH(struct cut, manifest);
BEGINS_WITH(struct removal, manifest);
BEGINS_WITH(struct exclusion, manifest);
BEGINS_WITH(struct emptied, manifest);
BEGINS_WITH(struct inherited, manifest);
BEGINS_WITH(struct skipped, manifest);
BEGINS_WITH(struct service, manifest);
BEGINS_WITH(struct backend, manifest);
BEGINS_WITH(struct ingress_entry, manifest);
BEGINS_WITH(struct entrance, manifest);
BEGINS_WITH(struct monitor, manifest);
BEGINS_WITH(struct destination, manifest);
BEGINS_WITH(struct autoscaler, manifest);
BEGINS_WITH(struct vpa, manifest);
BEGINS_WITH(struct attachment, manifest);
BEGINS_WITH(struct taking, manifest);
BEGINS_WITH(struct pdb, manifest);
BEGINS_WITH(struct networkpolicy, manifest);
BEGINS_WITH(struct mangled, manifest);
BEGINS_WITH(struct probe, container);

static bool is_part(enum entity_kind kind)
{
	return kind == ENTITY_step || kind == ENTITY_problem ||
	       kind == ENTITY_refusal || kind == ENTITY_gap ||
	       kind == ENTITY_reference || kind == ENTITY_need ||
	       kind == ENTITY_conflict || kind == ENTITY_change ||
	       kind == ENTITY_denial || kind == ENTITY_command;
}

/* What is of no object has its place in a file of its own; the release has
 * none. */
static struct place evidence_place(enum entity_kind kind, const void *entity)
{
	if (kind == ENTITY_toggle)
		return ((const struct held_toggle *)entity)->place;
	if (kind == ENTITY_agreement)
		return ((const struct agreement *)entity)->place;
	if (kind == ENTITY_install)
		return ((const struct matrix_profile *)entity)->name.place;
	if (kind == ENTITY_scenario)
		return ((const struct matrix_scenario *)entity)->name.place;
	if (kind == ENTITY_asset)
		return ((const struct asset *)entity)->place;
	if (kind == ENTITY_evidence)
		return ((const struct proof *)entity)->place;
	return (struct place){0};
}

struct place entity_place(enum entity_kind kind, const void *entity)
{
	const struct manifest *manifest = entity_manifest(kind, entity);
	const struct container *container = entity;
	const struct probe *probe = entity;
	const struct part *part = entity;
	const struct profile *profile = entity;

	if (kind == ENTITY_contract)
		return profile->place;
	if (!manifest)
		return evidence_place(kind, entity);
	if (kind == ENTITY_container || kind == ENTITY_drain)
		return (struct place){manifest->origin,
		    span_at(container->line, container->col, container->width)};
	if (kind == ENTITY_probe)
		return (struct place){manifest->origin,
		    span_at(probe->line, probe->col, probe->width)};
	if (is_part(kind))
		return (struct place){manifest->origin,
		    span_at(part->line, part->col, part->width)};
	return manifest_place(manifest);
}

const struct demand *entity_demand(enum entity_kind kind, const void *entity)
{
	if (kind == ENTITY_toggle)
		return ((const struct held_toggle *)entity)->demand;
	if (kind == ENTITY_agreement)
		return ((const struct agreement *)entity)->demand;
	if (kind == ENTITY_evidence)
		return ((const struct proof *)entity)->demand;
	return NULL;
}

struct place fact_place(const struct release *release, enum entity_kind kind,
    const void *entity, struct fact fact)
{
	const struct manifest *manifest;
	const struct origin *origin;

	if (!fact.line)
		return (struct place){0};
	manifest = entity_manifest(kind, entity);
	origin =
	    manifest ? manifest->origin : entity_place(kind, entity).origin;
	if (fact.file_index)
		origin = release->origins[fact.file_index - 1];
	if (!origin)
		return (struct place){0};
	return (struct place){origin, span_at(fact.line, fact.col, fact.width)};
}

static void add_list_path(
    const struct workload *workload, bool is_init, struct buf *buf)
{
	const char *const *key = workload->kind->template_path;

	for (; *key; key++)
		buf_printf(buf, "%s.", *key);
	buf_printf(buf, "spec.%s", is_init ? "initContainers" : "containers");
}

static void container_path(const struct container *container, struct buf *buf)
{
	add_list_path(container->workload, container->is_init, buf);
	buf_printf(buf, "[%u]", (unsigned)container->index);
}

void entity_path(enum entity_kind kind, const void *entity, struct buf *buf)
{
	const struct probe *probe = entity;
	const struct part *part = entity;

	if (is_part(kind))
		buf_add_text(buf, part->path);
	if (kind == ENTITY_toggle)
		buf_add_text(
		    buf, ((const struct held_toggle *)entity)->path.text);
	if (kind == ENTITY_container || kind == ENTITY_drain)
		container_path(entity, buf);
	if (kind == ENTITY_probe) {
		container_path(probe->container, buf);
		buf_printf(buf, ".%sProbe", probe->kind);
	}
}

/* A container without a name has its number. */
static void add_container(const struct container *container, struct buf *buf)
{
	const char *name =
	    container->name.has_value ? container->name.text : "";

	if (!*name) {
		container_path(container, buf);
		return;
	}
	add_list_path(container->workload, container->is_init, buf);
	buf_printf(buf, "[name=%s]", name);
}

void entity_stable_path(
    enum entity_kind kind, const void *entity, struct buf *buf)
{
	const struct probe *probe = entity;

	if (is_part(kind))
		buf_add_text(buf, ((const struct part *)entity)->stable_path);
	if (kind == ENTITY_mangled)
		buf_add_text(buf, ((const struct mangled *)entity)->name.text);
	if (kind == ENTITY_container || kind == ENTITY_drain)
		add_container(entity, buf);
	if (kind == ENTITY_probe) {
		add_container(probe->container, buf);
		buf_printf(buf, ".%sProbe", probe->kind);
	}
}

static void container_spell(const struct container *container, struct buf *buf)
{
	const struct manifest *manifest = container->workload->manifest;

	buf_printf(buf, "container %s of %s %s", container->name.text,
	    manifest->kind, manifest->shown_name);
}

/* The name of the file that a proof is in; "no file" for one that nothing is
 * there to show. */
static const char *proof_file(const struct proof *proof)
{
	return proof->place.origin ? proof->place.origin->name : "no file";
}

static void evidence_spell(
    enum entity_kind kind, const void *entity, struct buf *buf)
{
	const struct asset *asset = entity;

	if (kind == ENTITY_toggle)
		buf_printf(buf, "toggle %s",
		    ((const struct held_toggle *)entity)->clause.text);
	else if (kind == ENTITY_agreement)
		buf_printf(buf, "%s of the install matrix",
		    ((const struct agreement *)entity)->field.text);
	else if (kind == ENTITY_install)
		buf_printf(buf, "profile %s of the install matrix",
		    ((const struct matrix_profile *)entity)->name.text);
	else if (kind == ENTITY_scenario)
		buf_printf(buf, "scenario %s",
		    ((const struct matrix_scenario *)entity)->name.text);
	else if (kind == ENTITY_asset)
		buf_printf(buf, "%s %s", asset_form_name(asset->form),
		    asset->id.text ? asset->id.text : asset->origin->name);
	else if (kind == ENTITY_evidence)
		buf_printf(buf, "evidence of %s", proof_file(entity));
}

void entity_spell(enum entity_kind kind, const void *entity, struct buf *buf)
{
	const struct manifest *manifest = entity_manifest(kind, entity);
	const struct probe *probe = entity;
	const struct part *part = entity;
	const struct profile *profile = entity;

	if (kind == ENTITY_release) {
		buf_add_text(buf, "the release");
	} else if (!manifest && kind != ENTITY_contract) {
		evidence_spell(kind, entity, buf);
	} else if (kind == ENTITY_contract) {
		buf_printf(buf, "profile %s", profile->id.text);
	} else if (kind == ENTITY_container || kind == ENTITY_drain) {
		container_spell(entity, buf);
	} else if (kind == ENTITY_probe) {
		buf_printf(buf, "%sProbe of ", probe->kind);
		container_spell(probe->container, buf);
	} else if (is_part(kind) && *part->path) {
		buf_printf(buf, "%s of %s %s", part->path, manifest->kind,
		    manifest->shown_name);
	} else {
		buf_printf(buf, "%s %s", manifest->kind, manifest->shown_name);
	}
}

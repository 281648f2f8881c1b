/* Where entities and facts stand, what they are part of, how they are called:
 * one row per kind of entity. */
#include "fact/model.h"

#include <string.h>

static struct span span_at(uint32_t line, uint32_t col, uint32_t width)
{
	return (struct span){line, col, line, col + (width ? width : 1)};
}

static struct place manifest_place(const struct manifest *m)
{
	return (struct place){m->origin, span_at(m->line, m->col, m->width)};
}

static const struct manifest *of_manifest(const void *entity)
{
	return entity;
}

static const struct manifest *of_workload(const void *entity)
{
	return ((const struct workload *)entity)->manifest;
}

static const struct manifest *of_container(const void *entity)
{
	return of_workload(((const struct container *)entity)->workload);
}

static const struct manifest *of_probe(const void *entity)
{
	return of_container(((const struct probe *)entity)->container);
}

static const struct manifest *of_warmup(const void *entity)
{
	return ((const struct warmup *)entity)->manifest;
}

/* A step, a problem, a reference, a need: each begins with its part. */
static const struct manifest *of_part(const void *entity)
{
	return ((const struct part *)entity)->manifest;
}

static const struct manifest *of_service(const void *entity)
{
	return ((const struct service *)entity)->manifest;
}

static const struct manifest *of_monitor(const void *entity)
{
	return ((const struct monitor *)entity)->manifest;
}

static const struct manifest *of_autoscaler(const void *entity)
{
	return ((const struct autoscaler *)entity)->manifest;
}

static const struct manifest *of_vpa(const void *entity)
{
	return ((const struct vpa *)entity)->manifest;
}

static const struct manifest *of_pdb(const void *entity)
{
	return ((const struct pdb *)entity)->manifest;
}

static const struct manifest *of_networkpolicy(const void *entity)
{
	return ((const struct networkpolicy *)entity)->manifest;
}

static const struct manifest *of_mangled(const void *entity)
{
	return ((const struct mangled *)entity)->manifest;
}

const struct manifest *entity_manifest(
    enum entity_kind kind, const void *entity)
{
	static const struct manifest *(*const rows[])(const void *) = {
	    [ENTITY_manifest] = of_manifest,
	    [ENTITY_workload] = of_workload,
	    [ENTITY_container] = of_container,
	    [ENTITY_probe] = of_probe,
	    [ENTITY_drain] = of_container,
	    [ENTITY_update] = of_workload,
	    [ENTITY_warmup] = of_warmup,
	    [ENTITY_step] = of_part,
	    [ENTITY_problem] = of_part,
	    [ENTITY_reference] = of_part,
	    [ENTITY_need] = of_part,
	    [ENTITY_service] = of_service,
	    [ENTITY_monitor] = of_monitor,
	    [ENTITY_autoscaler] = of_autoscaler,
	    [ENTITY_vpa] = of_vpa,
	    [ENTITY_pdb] = of_pdb,
	    [ENTITY_networkpolicy] = of_networkpolicy,
	    [ENTITY_mangled] = of_mangled,
	    [ENTITY_MAX] = NULL,
	};

	return rows[kind] ? rows[kind](entity) : NULL;
}

static bool is_part(enum entity_kind kind)
{
	return kind == ENTITY_step || kind == ENTITY_problem ||
	       kind == ENTITY_reference || kind == ENTITY_need;
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
	return NULL;
}

struct place fact_place(const struct release *release, enum entity_kind kind,
    const void *entity, struct fact fact)
{
	const struct manifest *manifest = entity_manifest(kind, entity);
	const struct origin *origin = manifest ? manifest->origin : NULL;

	if (!manifest)
		origin = entity_place(kind, entity).origin;
	if (fact.file_index)
		origin = release->origins[fact.file_index - 1];
	if (!fact.line || !origin)
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
	    manifest->kind, manifest->name);
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
		    manifest->name);
	} else {
		buf_printf(buf, "%s %s", manifest->kind, manifest->name);
	}
}

/* Facts by themselves, and the object that an entity is part of. */
#include "fact/model.h"

struct fact fact_int(int64_t value)
{
	return (struct fact){
	    .integer = value, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_bool(bool value)
{
	return (struct fact){
	    .boolean = value, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_text(const char *text)
{
	return (struct fact){
	    .text = text, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_entity(const void *entity)
{
	if (!entity)
		return (struct fact){.state = FACT_ABSENT};
	return (struct fact){
	    .entity = entity, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_list(const struct entity_list *list)
{
	return (struct fact){
	    .list = list, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_texts(const struct text_list *texts)
{
	return (struct fact){
	    .texts = texts, .state = FACT_KNOWN, .has_value = true};
}

struct fact fact_unknown(void)
{
	return (struct fact){.state = FACT_UNKNOWN};
}

void rare_keep(struct arena *arena, const struct rare **list, unsigned field,
    struct fact fact)
{
	struct rare *rare;

	if (fact.state == FACT_ABSENT && !fact.has_value && !fact.line)
		return;
	rare = arena_alloc(arena, sizeof(*rare));
	*rare = (struct rare){*list, field, fact};
	*list = rare;
}

struct fact rare_find(const struct rare *list, unsigned field)
{
	for (; list; list = list->next) {
		if (list->field == field)
			return list->fact;
	}
	return (struct fact){.state = FACT_ABSENT};
}

const struct manifest_seldom manifest_without_seldom;
const struct workload_seldom workload_without_seldom;
const struct workload_rollout workload_without_rollout;
const struct container_seldom container_without_seldom;

/* What member of the owner points to: a struct of its own in place of the one
 * for all that have nothing.  Whatever is not that one was made here. */
#define OWN(name, owner, member, nothing)                               \
	struct name *name(struct arena *arena, struct owner *owner)     \
	{                                                               \
		if (owner->member == &(nothing))                        \
			owner->member =                                 \
			    arena_alloc(arena, sizeof(*owner->member)); \
		return (struct name *)(uintptr_t)owner->member;         \
	}

OWN(manifest_seldom, manifest, seldom, manifest_without_seldom)
OWN(workload_seldom, workload, seldom, workload_without_seldom)
OWN(workload_rollout, workload, rollout, workload_without_rollout)
OWN(container_seldom, container, seldom, container_without_seldom)

const struct manifest *entity_manifest(
    enum entity_kind kind, const void *entity)
{
	switch (kind) {
	case ENTITY_release:
	case ENTITY_contract:
	case ENTITY_toggle:
	case ENTITY_agreement:
	case ENTITY_install:
	case ENTITY_scenario:
	case ENTITY_asset:
	case ENTITY_evidence:
	case ENTITY_MAX: return NULL;
	case ENTITY_manifest: return entity;
	case ENTITY_container:
	case ENTITY_drain:
		return ((const struct container *)entity)->workload->manifest;
	case ENTITY_probe:
		/* It begins with its container. */
		return (*(const struct container *const *)entity)
		    ->workload->manifest;
	case ENTITY_workload:
	case ENTITY_update:
	case ENTITY_warmup:
	case ENTITY_step:
	case ENTITY_problem:
	case ENTITY_refusal:
	case ENTITY_gap:
	case ENTITY_reference:
	case ENTITY_need:
	case ENTITY_conflict:
	case ENTITY_change:
	case ENTITY_transition:
	case ENTITY_denial:
	case ENTITY_entrance:
	case ENTITY_cut:
	case ENTITY_removal:
	case ENTITY_exclusion:
	case ENTITY_emptied:
	case ENTITY_inherited:
	case ENTITY_skipped:
	case ENTITY_service:
	case ENTITY_monitor:
	case ENTITY_destination:
	case ENTITY_backend:
	case ENTITY_entry:
	case ENTITY_autoscaler:
	case ENTITY_vpa:
	case ENTITY_attachment:
	case ENTITY_taking:
	case ENTITY_pdb:
	case ENTITY_networkpolicy:
	case ENTITY_mangled:
	case ENTITY_command:
		/* All of them begin with their object; see entity.c. */
		return *(const struct manifest *const *)entity;
	}
	BUG("an entity of no kind");
}

const struct container *container_named(
    const struct workload *workload, const char *name)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (!strcmp(workload->containers[i].name.text, name))
			return &workload->containers[i];
	}
	return NULL;
}

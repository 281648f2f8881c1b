/*
 * A transition whose old pods live on for a while -> what of their
 * configuration changes under them: a key that they name and that is gone, and
 * a ConfigMap that they have mounted.
 *
 * A name that stays is one object for the pods of both versions.  A key that a
 * Secret got by stringData stays in it when it leaves the manifest (Helm 3
 * sends null for stringData, which deletes nothing of data), so that of such is
 * not told; nor are values of Secrets, which templates make up anew.
 */
#include "fact/change/change.h"

#include "fact/computed.h"
#include "fact/config/configuration.h"
#include "fact/kind.h"
#include "fact/namespace.h"

#include <string.h>

static bool is_data(const char *path)
{
	return !strncmp(path, "data", 4) || !strncmp(path, "binaryData", 10);
}

void index_changed_data(const struct release *release, struct map *changed)
{
	const struct entity_list *list = &release->lists[ENTITY_change];

	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];

		if (!strcmp(change->part.manifest->kind, "ConfigMap") &&
		    change->path.state == FACT_KNOWN &&
		    is_data(change->path.text))
			*map_slot(
			    changed, map_address_key(&change->part.manifest)) =
			    (void *)(uintptr_t)change;
	}
}

void find_stale_config(const struct map *changed, struct transition *transition)
{
	const struct workload *owner = transition->workload->template_owner;
	const struct configuration *configuration = owner->configuration;
	const struct config_use *found = NULL;

	if (!configuration || strcmp(transition->what.text, "same") != 0)
		return;
	for (size_t i = 0; i < configuration->n; i++) {
		const struct config_use *use = &configuration->uses[i];

		if (use->object &&
		    map_find(changed, map_address_key(&use->object)) &&
		    (!found || found->way < use->way))
			found = use;
	}
	if (!found)
		return;
	transition->stale_object = found->object;
	transition->stale_config = fact_at(fact_text(found->name),
	    owner->manifest, found->line, found->col, found->width);
	transition->stale_way = fact_text(config_way_name(found->way));
}

static struct slice config_key(
    struct buf *text, const char *kind, const char *name, const char *namespace)
{
	buf_clear(text);
	buf_printf(text, "%s/%s/%s", kind, name, namespace);
	return buf_slice(text);
}

static bool is_configuration(const struct manifest *manifest)
{
	return !*manifest->group && manifest->seldom->other &&
	       manifest->seldom->kept &&
	       manifest->seldom->other->seldom->kept && !is_hook(manifest) &&
	       (!strcmp(manifest->kind, "ConfigMap") ||
		   !strcmp(manifest->kind, "Secret"));
}

void index_old_configuration(struct release *release, struct map *index)
{
	const struct release *previous = release->previous;
	const struct entity_list *list = &previous->lists[ENTITY_manifest];
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		struct slice key;

		if (!is_configuration(manifest))
			continue;
		key = config_key(&text, manifest->kind, manifest->name,
		    manifest_namespace(previous, manifest));
		*map_slot(index, slice_copy(&release->arena, key)) =
		    (void *)(uintptr_t)manifest;
	}
	buf_release(&text);
}

static const struct kept_leaf *find_value(
    const struct kept *kept, const char *field, const char *key)
{
	struct buf path = {0};
	const struct kept_leaf *leaf;

	buf_add_text(&path, field);
	kept_add_step(&path, slice_of(key));
	leaf = kept_find(kept, buf_text(&path));
	buf_release(&path);
	return leaf && leaf->value && !leaf->is_null ? leaf : NULL;
}

static bool has_key(const struct kept *kept, const char *key)
{
	return find_value(kept, "data", key) ||
	       find_value(kept, "binaryData", key);
}

static bool is_gone(const struct manifest *object, const char *key)
{
	return !object->seldom->kept->has_string_data &&
	       has_key(object->seldom->kept, key) &&
	       !has_key(object->seldom->other->seldom->kept, key);
}

/* How a container that starts again takes it. */
static const char *way_of(const struct key_use *use)
{
	return use->way == CONFIG_KEY	 ? "a variable"
	       : use->way == CONFIG_COPY ? "a file by subPath"
					 : "a file";
}

static void note_missing(struct transition *transition,
    const struct workload *owner, const struct key_use *use,
    const struct manifest *object)
{
	if (transition->missing_object)
		return;
	transition->missing_object = object->seldom->other;
	transition->missing_key = fact_at(fact_text(use->key), owner->manifest,
	    use->line, use->col, use->width);
	transition->missing_way = fact_text(way_of(use));
}

static void note_stirred(struct transition *transition,
    const struct workload *owner, const struct key_use *use,
    const struct manifest *object)
{
	if (transition->stirred_object)
		return;
	transition->stirred_object = object->seldom->other;
	transition->stirred_config = fact_at(fact_text(use->name),
	    owner->manifest, use->line, use->col, use->width);
}

void find_changed_config(const struct release *release, const struct map *index,
    const struct map *changed, struct transition *transition)
{
	const struct release *previous = release->previous;
	const struct workload *owner = transition->previous->template_owner;
	struct buf text = {0};

	if (strcmp(transition->what.text, "rolls") != 0 ||
	    !old_pods_live_on(transition))
		return;
	for (size_t i = 0; i < owner->nkey_uses; i++) {
		const struct key_use *use = &owner->key_uses[i];
		const struct manifest *object = map_find(
		    index, config_key(&text, use->kind, use->name,
			       manifest_namespace(previous, owner->manifest)));

		if (!object)
			continue;
		if (use->key && is_gone(object, use->key))
			note_missing(transition, owner, use, object);
		else if (use->way == CONFIG_FILE &&
			 map_find(
			     changed, map_address_key(&object->seldom->other)))
			note_stirred(transition, owner, use, object);
	}
	buf_release(&text);
}

SIMPLE(transition, missing_object, fact_entity(transition->missing_object))
SIMPLE(transition, stirred_object, fact_entity(transition->stirred_object))
SIMPLE(transition, stale_object, fact_entity(transition->stale_object))

/*
 * A transition that replaces no pod -> the ConfigMap that its pods read and
 * whose data the upgrade changes.
 *
 * Labels of the chart's version are no change that pods see.  Secrets are left
 * out: passwords and certificates that a template makes up differ in each
 * render, and their values are not kept.
 */
#include "fact/change/change.h"

#include "fact/computed.h"
#include "fact/config/configuration.h"

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

SIMPLE(transition, stale_object, fact_entity(transition->stale_object))

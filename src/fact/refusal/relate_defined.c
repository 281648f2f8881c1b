/* Definitions in the stream -> the first object of each that is applied with
 * them. */
#include "fact/refusal/refusal.h"

#include "custom/custom.h"
#include "fact/computed.h"
#include "fact/kind.h"

void relate_defined(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		const struct custom_kind *kind = manifest->seldom->definition;
		/* Made by collect and const for everybody but relate. */
		struct manifest *owner =
		    kind ? (struct manifest *)(uintptr_t)kind->owner : NULL;

		if (owner && !owner->seldom->first_use && !is_hook(manifest))
			manifest_seldom(&release->arena, owner)->first_use =
			    manifest;
	}
}

SIMPLE(manifest, first_use, fact_entity(manifest->seldom->first_use))

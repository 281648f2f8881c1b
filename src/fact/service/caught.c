/* Custom resources of the release that a webhook of the release must admit, as
 * they are created: on the first install none of its pods is ready by then. */
#include "fact/service/backends.h"

#include "fact/computed.h"
#include "fact/kind.h"

#include <ctype.h>
#include <string.h>

/* The plural of a kind, as the API's own tools guess it
 * (meta.UnsafeGuessKindToResource), and its group: gadgets.example.org. */
static struct slice resource_of(
    struct buf *text, const struct manifest *manifest)
{
	size_t len = strlen(manifest->kind);
	char last = len ? manifest->kind[len - 1] : '\0';

	buf_clear(text);
	for (size_t i = 0; i + (last == 'y') < len; i++) {
		char c = (char)tolower((unsigned char)manifest->kind[i]);

		buf_add(text, &c, 1);
	}
	buf_add_text(text, last == 's' ? "es" : last == 'y' ? "ies" : "s");
	buf_printf(text, ".%s", manifest->group);
	return buf_slice(text);
}

static void index_asked(const struct release *release, struct map *asked)
{
	const struct entity_list *list = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < list->n; i++) {
		const struct backend *backend = list->items[i];

		for (size_t j = 0; backend->asked && j < backend->asked->n; j++)
			*map_slot(asked, slice_of(backend->asked->items[j])) =
			    (void *)(uintptr_t)backend;
	}
}

/* The webhook that is asked about an object by its kind, or about all of its
 * group. */
static struct backend *asked_about(
    const struct map *asked, struct buf *text, const struct manifest *manifest)
{
	struct backend *backend = map_find(asked, resource_of(text, manifest));

	if (backend)
		return backend;
	buf_clear(text);
	buf_printf(text, "*.%s", manifest->group);
	return map_find(asked, buf_slice(text));
}

void relate_caught(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct map asked = {0};
	struct buf text = {0};

	index_asked(release, &asked);
	for (size_t i = 0; i < list->n && asked.n; i++) {
		const struct manifest *manifest = list->items[i];
		struct backend *backend;

		if (!strchr(manifest->group, '.') || is_hook(manifest))
			continue;
		backend = asked_about(&asked, &text, manifest);
		if (backend && !backend->caught_manifest)
			backend->caught_manifest = manifest;
	}
	map_release(&asked);
	buf_release(&text);
}

SIMPLE(backend, caught, fact_entity(backend->caught_manifest))

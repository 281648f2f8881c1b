/* The parts of an image: host:5000/path/name:tag@digest; and images of one name
 * that differ. */
#include "fact/image.h"

#include "fact/kind.h"

#include <string.h>

static ptrdiff_t last_of(struct slice text, char c)
{
	ptrdiff_t i = (ptrdiff_t)text.len - 1;

	while (i >= 0 && text.ptr[i] != c)
		i--;
	return i;
}

/* Cuts off what comes after the byte at offset; "" when offset is none. */
static const char *cut(
    struct facts *facts, struct slice *text, ptrdiff_t offset)
{
	struct slice rest;

	if (offset < 0)
		return "";
	rest = (struct slice){
	    text->ptr + offset + 1, text->len - (size_t)offset - 1};
	text->len = (size_t)offset;
	return facts_text(facts, rest);
}

void collect_image(struct facts *facts, struct container *container)
{
	struct slice text = slice_of(container->image.text);
	ptrdiff_t colon;

	container->image_digest =
	    cut(facts, &text, slice_find(text, SLICE("@"), 0));
	colon = last_of(text, ':');
	/* Before a slash it is the port of a registry. */
	container->image_tag =
	    cut(facts, &text, colon > last_of(text, '/') ? colon : -1);
	container->image_name = facts_text(facts, text);
}

/* Different for sure: by the digests, or by the tags where one has none. */
static bool differ(const struct container *a, const struct container *b)
{
	const char *left = a->image_tag, *right = b->image_tag;

	if (*a->image_digest && *b->image_digest) {
		left = a->image_digest;
		right = b->image_digest;
	}
	return *left && *right && strcmp(left, right);
}

void relate_images(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_container];
	struct map first = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct container *container =
		    (struct container *)(uintptr_t)list->items[i];
		void **slot;

		if (!*container->image_name || container->is_stale ||
		    is_test_hook(container->workload->manifest))
			continue;
		slot = map_slot(&first, slice_of(container->image_name));
		if (!*slot)
			*slot = container;
		else if (differ(*slot, container))
			container->drifted = *slot;
	}
	map_release(&first);
}

/* The parts of an image: host:5000/path/name:tag@digest. */
#include "fact/facts.h"

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

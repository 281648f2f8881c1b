/* An image -> why the kubelet answers InvalidImageName, where that is certain:
 * ParseNormalizedNamed() of distribution/reference refuses it. */
#include "fact/pod/pod.h"

#include "fact/computed.h"

#include <ctype.h>
#include <string.h>

static bool has(struct slice text, const char *words)
{
	return slice_find(text, slice_of(words), 0) >= 0;
}

/* What envsubst, Kustomize or ko put another image in the place of. */
static bool is_placeholder(struct slice image)
{
	return has(image, "$") || slice_starts(image, SLICE("ko://"));
}

static bool has_blank(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (isspace((unsigned char)text.ptr[i]))
			return true;
	}
	return false;
}

/* The path of the repository: without a tag, a digest and what may be the name
 * of a registry, in which capitals are allowed. */
static struct slice path_of(struct slice image)
{
	ptrdiff_t digest = slice_find(image, SLICE("@"), 0), slash, colon;

	if (digest >= 0)
		image.len = (size_t)digest;
	slash = slice_find(image, SLICE("/"), 0);
	if (slash >= 0) {
		image.ptr += slash + 1;
		image.len -= (size_t)slash + 1;
	}
	colon = slice_find(image, SLICE(":"), 0);
	if (colon >= 0)
		image.len = (size_t)colon;
	return image;
}

/* All capitals are a placeholder as often as not. */
static bool has_capital(struct slice path)
{
	bool upper = false, lower = false;

	for (size_t i = 0; i < path.len; i++) {
		upper |= isupper((unsigned char)path.ptr[i]) != 0;
		lower |= islower((unsigned char)path.ptr[i]) != 0;
	}
	return upper && lower;
}

const char *image_fault(struct slice image)
{
	if (!image.len || is_placeholder(image))
		return NULL;
	if (has(image, "{{") || has(image, "}}"))
		return "contains a template action that was not rendered";
	if (has(image, "<no value>") || has(image, "<nil>") || has(image, "%!"))
		return "contains a part that a template printed without its "
		       "value";
	if (has_blank(image))
		return "contains a blank";
	if (has(image, "://"))
		return "is an address, not the name of an image";
	if (*image.ptr == ':' || *image.ptr == '/' || *image.ptr == '@')
		return "has no repository";
	if (image.ptr[image.len - 1] == ':' || has(image, ":@"))
		return "has an empty tag";
	return has_capital(path_of(image)) ? "has capital letters in its path"
					   : NULL;
}

static struct fact fault_of(const struct container *container)
{
	return container->image.state == FACT_KNOWN
		   ? fact_of_word(image_fault(slice_of(container->image.text)))
		   : (struct fact){.state = FACT_ABSENT};
}

SIMPLE(container, image_fault, fault_of(container))

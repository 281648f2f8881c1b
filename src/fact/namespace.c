/* Which namespace an object is in, as far as that is known. */
#include "fact/namespace.h"

#include <string.h>

const char *manifest_namespace(
    const struct release *release, const struct manifest *manifest)
{
	if (*manifest->namespace)
		return manifest->namespace;
	return release->namespace ? release->namespace : "";
}

enum tri namespaces_equal(const struct release *release,
    const struct manifest *a, const struct manifest *b)
{
	const char *left = manifest_namespace(release, a);
	const char *right = manifest_namespace(release, b);

	if (!strcmp(left, right))
		return TRI_YES;
	return *left && *right ? TRI_NO : TRI_UNKNOWN;
}

struct slice object_key(
    struct buf *text, const char *name, const char *namespace)
{
	buf_clear(text);
	buf_printf(text, "%s/%s", name, namespace);
	return buf_slice(text);
}

/* Ids of profiles -> names of files, and the renders that have them. */
#include "batch/profile_files.h"

#include "base/map.h"

#include <string.h>
#include <unistd.h>

void profile_file_add(struct buf *buf, const char *id)
{
	bool is_dots = id[strspn(id, ".")] == '\0';

	for (; *id; id++)
		buf_add_char(buf, *id == '/' || is_dots ? '-' : *id);
}

int profile_files_check(
    const struct profile *profiles, size_t n, struct fault *fault)
{
	struct map seen = {0};
	struct buf name = {0};
	struct arena arena = {0};
	int result = 0;

	for (size_t i = 0; i < n && !result; i++) {
		const char *id = profiles[i].id.text;
		void **slot;

		buf_clear(&name);
		profile_file_add(&name, id);
		slot = map_slot(&seen, slice_copy(&arena, buf_slice(&name)));
		if (*slot)
			result = fault_set(fault,
			    "profiles '%s' and '%s' are both called '%s' in "
			    "names of files; give one of them another id",
			    (const char *)*slot, id, buf_text(&name));
		*slot = (void *)(uintptr_t)id;
	}
	buf_release(&name);
	map_release(&seen);
	arena_release(&arena);
	return result;
}

int profile_render_find(struct arena *arena, const char *folder, const char *id,
    const char **ret_path, struct fault *fault)
{
	static const char *const ends[] = {".yaml", ".yml", ".json", ""};
	const char *slash = slice_ends(slice_of(folder), SLICE("/")) ? "" : "/";
	struct buf name = {0};
	int result = 0;

	profile_file_add(&name, id);
	*ret_path = NULL;
	for (size_t i = 0; i < COUNT_OF(ends) && !result; i++) {
		const char *path = arena_printf(
		    arena, "%s%s%s%s", folder, slash, buf_text(&name), ends[i]);

		if (access(path, F_OK))
			continue;
		if (*ret_path)
			result = fault_set(fault,
			    "both '%s' and '%s' may be its render; leave only "
			    "one of them there",
			    *ret_path, path);
		*ret_path = path;
	}
	if (!*ret_path)
		result = fault_set(fault, "there is no '%s.yaml' in '%s'",
		    buf_text(&name), folder);
	buf_release(&name);
	return result;
}

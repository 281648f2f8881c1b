/*
 * Pod templates that change -> what only server-side apply refuses of them.
 *
 * It takes away what the manifest had written and leaves what the API server
 * had filled in, or what is written as null: a mapping of which nothing is left
 * but that may be one that the API refuses (prune() of
 * kubernetes-sigs/structured-merge-diff, merge/update.go).
 */
#include "fact/change/denial.h"

#include <stdio.h>
#include <string.h>

/* A mapping that is null and was not: it stays, without what was written. */
static void deny_null(struct judging *judging, const struct kept_leaf *leaf)
{
	const struct kept_leaf *from =
	    kept_find(judging->before->seldom->kept, leaf->path);
	struct denied denied = {
	    .path = leaf->path,
	    .text = "server-side apply leaves a null field there without what "
		    "it said, and that is refused",
	    .way_out = "leave the field out instead of setting null",
	    .server_side = true,
	};

	if (from && !from->is_null)
		deny(judging, &denied);
}

/* "spec.template.spec.volumes[1].configMap" is a source of a volume. */
static const char *source_of_volume(const struct kept_leaf *leaf, size_t *ret)
{
	const char *item = strstr(leaf->path, ".volumes[");
	const char *end = item ? strchr(item, ']') : NULL;

	if (!end || end[1] != '.' || !strcmp(end + 2, "name"))
		return NULL;
	*ret = (size_t)(end + 1 - leaf->path);
	return end + 2;
}

/* The source of a volume that is at path, or NULL; but may be one that does not
 * count. */
static const char *find_source(
    const struct kept *kept, const char *path, size_t len, const char *but)
{
	for (size_t i = kept_from(kept, (struct slice){path, len}); i < kept->n;
	     i++) {
		const char *source;
		size_t own;

		if (strncmp(kept->leaves[i].path, path, len) != 0)
			return NULL;
		source = source_of_volume(&kept->leaves[i], &own);
		if (source && own == len && !kept->leaves[i].is_null &&
		    !(but && !strcmp(source, but)))
			return source;
	}
	return NULL;
}

/* The names of volumes, each where it stands first. */
static void index_volumes(struct map *volumes, const struct kept *kept)
{
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];
		const char *item = strstr(leaf->path, ".volumes[");
		const char *end = item ? strchr(item, ']') : NULL;
		void **place;

		if (!end || strcmp(end, "].name") != 0 || !leaf->value)
			continue;
		place = map_slot(volumes, slice_of(leaf->value));
		if (!*place)
			*place = (void *)(uintptr_t)leaf;
	}
}

/* Sources that may be empty. */
static bool may_be_empty(const char *source)
{
	return !strcmp(source, "emptyDir") || !strcmp(source, "projected") ||
	       !strcmp(source, "downwardAPI");
}

/* A volume without a source is an emptyDir, which the API fills in. */
static void deny_source(struct judging *judging, const struct map *volumes,
    const struct kept_leaf *leaf)
{
	const struct kept *new = judging->after->seldom->kept;
	size_t len;
	const char *source = source_of_volume(leaf, &len), *before;
	char name[512];
	const struct kept_leaf *old;
	struct denied denied = {
	    .path = leaf->path,
	    .text = "the API server made the volume without a source an "
		    "emptyDir, which server-side apply keeps beside it",
	    .way_out = "another name for the volume",
	    .server_side = true,
	};

	if (!source)
		return;
	snprintf(name, sizeof(name), "%.*s.name", (int)len, leaf->path);
	old = map_find(volumes, slice_of(kept_value(new, name)));
	if (!old)
		return;
	before = find_source(judging->before->seldom->kept, old->path,
	    strlen(old->path) - strlen(".name"), NULL);
	if (!leaf->is_null && !before && strcmp(source, "emptyDir") != 0)
		deny(judging, &denied);
	else if (leaf->is_null && before && !strcmp(before, source) &&
		 (find_source(new, leaf->path, len, source) ||
		     !may_be_empty(source)))
		deny_null(judging, leaf);
}

void judge_templates(struct judging *judging)
{
	const struct kept *kept = judging->after->seldom->kept;
	struct map volumes = {0}; /* of the object before */

	index_volumes(&volumes, judging->before->seldom->kept);
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (kept_rows[leaf->row].how == KEPT_SHALLOW && !leaf->value)
			deny_source(judging, &volumes, leaf);
		if (kept_rows[leaf->row].how == KEPT_BRANCH && leaf->is_null)
			deny_null(judging, leaf);
	}
	map_release(&volumes);
}

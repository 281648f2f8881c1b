/* Members of an archive to the files of a chart. */
#include "helm/archive.h"

#include "input/gunzip.h"
#include "input/tar.h"

#include <ctype.h>
#include <stdlib.h>

#define MOST_FILES 20000

/* An archive being read. */
struct unpacking {
	const char *path;
	struct arena *arena;
	struct archive *archive;
	size_t cap, nmembers;
};

static int refuse(const struct unpacking *unpacking, struct slice name,
    const char *why, struct fault *fault)
{
	return fault_set(fault, "'%s' is refused: '%.*s' in it %s",
	    unpacking->path, SLICE_ARGS(name), why);
}

/* The first segment of a path, which is cut off it. */
static struct slice cut_segment(struct slice *path)
{
	ptrdiff_t slash = slice_find(*path, SLICE("/"), 0);
	size_t len = slash < 0 ? path->len : (size_t)slash;
	size_t taken = len + (slash >= 0);
	struct slice segment = {path->ptr, len};

	*path = (struct slice){path->ptr + taken, path->len - taken};
	return segment;
}

/* With slashes for the backslashes that Windows writes. */
static struct slice with_slashes(struct arena *arena, struct slice name)
{
	char *text = arena_chars(arena, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		text[i] = (char)(name.ptr[i] == '\\' ? '/' : name.ptr[i]);
	text[name.len] = '\0';
	return (struct slice){text, name.len};
}

/* Why a path below the chart's folder may not be, or NULL. */
static const char *problem_of(struct slice path)
{
	struct slice rest = path;

	if (slice_starts(path, SLICE("/")))
		return "is an absolute path";
	if (path.len > 1 && isalpha((unsigned char)path.ptr[0]) &&
	    path.ptr[1] == ':')
		return "is a path of a drive";
	if (memchr(path.ptr, '\0', path.len))
		return "has a NUL byte in its name";
	while (rest.len) {
		if (slice_is(cut_segment(&rest), ".."))
			return "leads out of its folder";
	}
	return path.len ? NULL : "is in no folder";
}

/* What is read of a chart. */
static bool is_of_use(struct slice path)
{
	return slice_is(path, "Chart.yaml") || slice_is(path, "values.yaml") ||
	       slice_is(path, "requirements.yaml") ||
	       slice_starts(path, SLICE("templates/")) ||
	       slice_starts(path, SLICE("crds/")) ||
	       slice_starts(path, SLICE("charts/"));
}

/* Without "." and empty segments, which Helm cleans away. */
static struct slice clean_path(struct arena *arena, struct slice path)
{
	struct buf buf = {0};
	struct slice clean;

	while (path.len) {
		struct slice segment = cut_segment(&path);

		if (!segment.len || slice_is(segment, "."))
			continue;
		if (buf.len)
			buf_add_char(&buf, '/');
		buf_add_slice(&buf, segment);
	}
	clean = slice_copy(arena, buf_slice(&buf));
	buf_release(&buf);
	return clean;
}

/* The chart is below the folder that its first file is in. */
static void add_file(struct unpacking *unpacking, struct slice folder,
    struct slice path, struct slice text)
{
	struct archive *archive = unpacking->archive;

	if (!archive->root)
		archive->root = arena_printf(unpacking->arena, "%s/%.*s",
		    unpacking->path, SLICE_ARGS(folder));
	if (!is_of_use(path))
		return;
	if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
		text = (struct slice){text.ptr + 3, text.len - 3};
	archive->files = grow(archive->files, archive->nfiles, &unpacking->cap,
	    sizeof(*archive->files));
	archive->files[archive->nfiles++] = (struct archive_file){
	    slice_of(arena_printf(
		unpacking->arena, "%s/%.*s", archive->root, SLICE_ARGS(path))),
	    slice_copy(unpacking->arena, text), unpacking->nmembers};
}

static int add_member(struct unpacking *unpacking,
    const struct tar_member *member, struct fault *fault)
{
	struct slice name = with_slashes(unpacking->arena, member->name);
	struct slice path = name, folder = cut_segment(&path);
	const char *problem = problem_of(path);

	if (member->kind == TAR_FOLDER)
		return 0;
	if (slice_is(folder, ".."))
		problem = "leads out of its folder";
	if (member->kind == TAR_LINK)
		problem = "is a link";
	if (member->kind == TAR_OTHER)
		problem = "is neither a file nor a folder";
	if (++unpacking->nmembers > MOST_FILES)
		return fault_set(fault, "'%s' has more than %d files",
		    unpacking->path, MOST_FILES);
	if (problem)
		return refuse(unpacking, member->name, problem, fault);
	add_file(unpacking, folder, clean_path(unpacking->arena, path),
	    member->bytes);
	return 0;
}

static int by_path(const void *left, const void *right)
{
	const struct archive_file *a = left, *b = right;
	int order = slice_cmp(a->path, b->path);

	if (order)
		return order;
	return (a->number > b->number) - (a->number < b->number);
}

/* The files, which the arena keeps, in order.  Of members of one path Helm
 * renders the last. */
static void keep_files(struct unpacking *unpacking)
{
	struct archive *archive = unpacking->archive;
	struct archive_file *files = archive->files;
	size_t n = archive->nfiles;

	archive->files = arena_array(unpacking->arena, n, sizeof(*files));
	archive->nfiles = 0;
	if (n)
		qsort(files, n, sizeof(*files), by_path);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 == n || !slice_eq(files[i].path, files[i + 1].path))
			archive->files[archive->nfiles++] = files[i];
	}
	free(files);
}

static int read_members(
    struct unpacking *unpacking, struct slice bytes, struct fault *fault)
{
	struct tar tar = {unpacking->path, bytes, 0, unpacking->arena};
	struct tar_member member;
	int more;

	while ((more = tar_next(&tar, &member, fault)) > 0) {
		if (add_member(unpacking, &member, fault))
			return -1;
	}
	if (!more && !unpacking->archive->root)
		return fault_set(
		    fault, "'%s' is an empty archive", unpacking->path);
	return more;
}

int archive_read(const char *path, struct slice packed, size_t *left,
    struct arena *arena, struct archive *ret_archive, struct fault *fault)
{
	struct unpacking unpacking = {
	    .path = path, .arena = arena, .archive = ret_archive};
	struct buf bytes = {0};
	int result;

	*ret_archive = (struct archive){.path = slice_of(path)};
	result = gunzip(path, packed, *left, &bytes, fault);
	*left -= bytes.len < *left ? bytes.len : *left;
	if (!result)
		result = read_members(&unpacking, buf_slice(&bytes), fault);
	keep_files(&unpacking);
	buf_release(&bytes);
	return result;
}

bool archive_holds(const struct archive *archive, struct slice path)
{
	return path.len > archive->path.len &&
	       path.ptr[archive->path.len] == '/' &&
	       slice_starts(path, archive->path);
}

/* The first file whose path is not before that one. */
static size_t first_from(const struct archive *archive, struct slice path)
{
	size_t from = 0, to = archive->nfiles;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (slice_cmp(archive->files[middle].path, path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct archive_file *archive_find(
    const struct archive *archive, struct slice path)
{
	size_t at = first_from(archive, path);

	return at < archive->nfiles && slice_eq(archive->files[at].path, path)
		   ? &archive->files[at]
		   : NULL;
}

/* What of a file's path is behind the folder; empty: it is not in there. */
static struct slice below(struct slice path, struct slice folder)
{
	if (path.len <= folder.len + 1 || path.ptr[folder.len] != '/' ||
	    !slice_starts(path, folder))
		return SLICE("");
	return (struct slice){
	    path.ptr + folder.len + 1, path.len - folder.len - 1};
}

bool archive_has_folder(const struct archive *archive, struct slice path)
{
	size_t at = 0;

	return archive_next_name(archive, path, &at).len > 0;
}

struct slice archive_next_name(
    const struct archive *archive, struct slice folder, size_t *at)
{
	struct slice name = {0}, rest, other;

	if (!*at)
		*at = first_from(archive, folder);
	for (; !name.len && *at < archive->nfiles; ++*at) {
		if (!slice_starts(archive->files[*at].path, folder))
			return name;
		rest = below(archive->files[*at].path, folder);
		name = cut_segment(&rest);
	}
	for (; name.len && *at < archive->nfiles; ++*at) {
		rest = below(archive->files[*at].path, folder);
		other = cut_segment(&rest);
		if (!slice_eq(other, name))
			break;
	}
	return name;
}

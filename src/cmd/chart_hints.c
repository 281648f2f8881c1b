/* The texts of a chart's templates, and its values -> hints. */
#include "cmd/chart_hints.h"

#include "doc/file.h"
#include "doc/scalar.h"
#include "helm/chart_files.h"

#include <string.h>
#include <strings.h>

/* Folders of templates and values that stand in each other. */
#define DEPTH_MAX 5

/* More make an example no clearer. */
#define TOGGLES_MAX 4

/* What a part of a path is called that switches something of a rollout. */
static const char *const switched[] = {
    "autoscal", "hpa", "disruption", "pdb", "networkpolic", "rollout"};

/* Whether a line of the text says that kind, and nothing else. */
static bool writes_kind(struct slice text, const char *kind)
{
	size_t len = strlen(kind);
	ptrdiff_t at = -1;

	while (
	    (at = slice_find(text, SLICE("kind: "), (size_t)(at + 1))) >= 0) {
		size_t end = (size_t)at + strlen("kind: ");

		if ((at == 0 || text.ptr[at - 1] == '\n') &&
		    text.len - end >= len &&
		    !memcmp(text.ptr + end, kind, len) &&
		    (text.len - end == len || text.ptr[end + len] == '\n' ||
			text.ptr[end + len] == '\r'))
			return true;
	}
	return false;
}

/* Recursion is bounded by depth. */
static void read_templates(struct chart_files *files, const char *folder,
    unsigned depth, struct chart_hints *hints)
{
	size_t n;
	const char *const *names = chart_files_list(files, folder, &n);

	for (size_t i = 0; i < n; i++) {
		const char *path = chart_files_join(files, folder, names[i]);
		struct slice text;

		if (chart_files_is_folder(files, path)) {
			if (depth)
				read_templates(files, path, depth - 1, hints);
			continue;
		}
		text = chart_files_read(files, path);
		hints->has_rollout |= writes_kind(text, "Rollout");
		hints->has_autoscaler |=
		    writes_kind(text, "HorizontalPodAutoscaler") ||
		    writes_kind(text, "ScaledObject");
	}
}

static const struct node *read_document(
    struct chart_files *files, const char *name)
{
	struct origin origin = {.name = name};
	const char *path = chart_files_join(files, files->top, name);
	const struct node *root = NULL;
	struct fault unused = {0};

	if (!chart_files_is_file(files, path) ||
	    file_parse_or_nothing(&origin, chart_files_read(files, path),
		files->arena, &root, &unused))
		root = NULL;
	fault_release(&unused);
	return root;
}

/* A key that is a part of a path as contracts write them. */
static bool is_part(struct slice key)
{
	static const char marks[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

	for (size_t i = 0; i < key.len; i++) {
		if (!memchr(marks, key.ptr[i], sizeof(marks) - 1))
			return false;
	}
	return key.len && key.len <= 40;
}

static bool is_about_rollouts(const char *path)
{
	for (size_t i = 0; i < COUNT_OF(switched); i++) {
		if (strcasestr(path, switched[i]))
			return true;
	}
	return false;
}

/* The toggles that were found. */
struct toggles {
	struct buf text;
	size_t n;
};

static void add_toggle(
    struct toggles *toggles, const char *path, const struct node *value)
{
	const char *dot = strrchr(path, '.');
	bool is_on;

	if (!dot ||
	    (strcmp(dot, ".enabled") != 0 && strcmp(dot, ".create") != 0) ||
	    !is_about_rollouts(path) || !node_to_bool(value, &is_on) ||
	    toggles->n == TOGGLES_MAX)
		return;
	buf_printf(&toggles->text, "%s%s=%s", toggles->n++ ? ", " : "", path,
	    is_on ? "true" : "false");
}

/* Recursion is bounded by depth. */
static void find_toggles(const struct node *node, const char *path,
    unsigned depth, struct arena *arena, struct toggles *toggles)
{
	for (size_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		struct slice key = pair->key->text;
		const char *below;

		if (pair->key->kind != NODE_SCALAR || !is_part(key))
			continue;
		below = arena_printf(
		    arena, "%s%s%.*s", path, *path ? "." : "", SLICE_ARGS(key));
		add_toggle(toggles, below, pair->value);
		if (depth)
			find_toggles(
			    pair->value, below, depth - 1, arena, toggles);
	}
}

/* What Helm takes for the name of a release, without the dots. */
static bool is_release(struct slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-",
			name.ptr[i]))
			return false;
	}
	return name.len && name.len <= 53 && name.ptr[0] != '-' &&
	       name.ptr[name.len - 1] != '-';
}

struct chart_hints chart_hints_read(const char *folder, struct arena *arena)
{
	struct chart_hints hints = {0};
	struct toggles toggles = {0};
	struct chart_files files;
	const struct node *chart, *values;
	struct slice type, name;

	chart_files_init(&files, folder, arena);
	chart = read_document(&files, "Chart.yaml");
	hints.is_library = node_to_text(node_get(chart, "type"), &type) &&
			   slice_is(type, "library");
	if (node_to_text(node_get(chart, "name"), &name) && is_release(name))
		hints.release = slice_copy(arena, name).ptr;
	read_templates(&files, chart_files_join(&files, files.top, "templates"),
	    DEPTH_MAX, &hints);
	values = read_document(&files, "values.yaml");
	if (values)
		find_toggles(values, "", DEPTH_MAX, arena, &toggles);
	if (toggles.n)
		hints.toggles =
		    arena_printf(arena, "[%s]", buf_text(&toggles.text));
	buf_release(&toggles.text);
	return hints;
}

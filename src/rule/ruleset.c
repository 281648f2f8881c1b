/* Where rules come from: the program itself, files, directories. */
#include "rule/rule.h"

#include "doc/file.h"
#include "rule/sources.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct origin *origin_new(
    struct ruleset *ruleset, const char *name)
{
	struct origin *origin = arena_alloc(&ruleset->arena, sizeof(*origin));

	*origin = (struct origin){
	    .name = arena_printf(&ruleset->arena, "%s", name),
	    .role = ORIGIN_CONTRACT,
	};
	return origin;
}

int ruleset_add_text(struct ruleset *ruleset, const struct origin *origin,
    struct slice text, struct fault *fault)
{
	const struct node *root;

	if (file_parse(origin, "rule", text, &ruleset->arena, &root, fault))
		return -1;
	return ruleset_add_root(ruleset, origin, root, fault);
}

static int add_file(
    struct ruleset *ruleset, const char *path, struct fault *fault)
{
	const struct origin *origin = origin_new(ruleset, path);
	const struct node *root;

	if (file_load(origin, "rule", &ruleset->arena, &root, fault))
		return -1;
	return ruleset_add_root(ruleset, origin, root, fault);
}

static int is_rule_file(const struct dirent *entry)
{
	struct slice name = slice_of(entry->d_name);

	return entry->d_name[0] != '.' && (slice_ends(name, SLICE(".yaml")) ||
					      slice_ends(name, SLICE(".yml")));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_directory(
    struct ruleset *ruleset, const char *path, struct fault *fault)
{
	struct dirent **entries;
	int n = xcounted(scandir(path, &entries, is_rule_file, by_name));
	int result = 0;

	if (n < 0)
		return fault_set(fault, "cannot read the rules in '%s': %s",
		    path, strerror(errno));
	if (n == 0)
		result = fault_set(fault,
		    "'%s' holds no rules: no file whose name ends in .yaml "
		    "or .yml",
		    path);
	for (int i = 0; i < n; i++) {
		struct buf file = {0};

		buf_printf(&file, "%s/%s", path, entries[i]->d_name);
		/* Of what is wrong in files all is told. */
		if (!result || fault->is_placed)
			result |= add_file(ruleset, buf_text(&file), fault);
		buf_release(&file);
		free(entries[i]);
	}
	free(entries);
	return result;
}

int ruleset_add_path(
    struct ruleset *ruleset, const char *path, struct fault *fault)
{
	struct stat status;

	if (stat(path, &status))
		return fault_set(fault, "cannot read the rules in '%s': %s",
		    path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return add_directory(ruleset, path, fault);
	return add_file(ruleset, path, fault);
}

void ruleset_add_sources(struct ruleset *ruleset)
{
	struct fault fault = {0};

	for (size_t i = 0; i < nrule_sources; i++) {
		const struct rule_source *file = &rule_sources[i];
		const char *name =
		    arena_printf(&ruleset->arena, "<built-in>/%s", file->name);

		if (ruleset_add_text(ruleset, origin_new(ruleset, name),
			(struct slice){file->text, file->len}, &fault))
			BUG(fault_text(&fault));
	}
	fault_release(&fault);
}

void ruleset_silence(struct ruleset *ruleset, const struct levels *levels)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		struct rule *rule = ruleset->rules[i];

		rule->is_silent = !levels_turn_on(levels, &rule->kind);
	}
}

bool ruleset_reads_raw(const struct ruleset *ruleset)
{
	for (size_t i = 0; i < ruleset->programs.n; i++) {
		if (cel_program_reads_raw(ruleset->programs.items[i]))
			return true;
	}
	return false;
}

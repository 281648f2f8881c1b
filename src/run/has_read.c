/* A file to write, and all that the command line names -> whether it is read,
 * too. */
#include "run/has_read.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Beside its folders, all that Helm and we read of a chart. */
static const char *const chart_files[] = {"Chart.yaml", "Chart.lock",
    "requirements.yaml", "requirements.lock", "values.yaml",
    "values.schema.json", ".helmignore"};
static const char *const chart_folders[] = {"templates/", "charts/", "crds/"};

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Of standard input it is the file that a shell opened for it, if any. */
static int stat_origin(const struct origin *origin, struct stat *ret_status)
{
	return origin->is_stdin ? fstat(STDIN_FILENO, ret_status)
				: stat(origin->name, ret_status);
}

static bool is_origin(const struct program *program, const struct stat *file)
{
	struct stat origin;

	for (size_t i = 0; i < program->norigins; i++) {
		if (!stat_origin(program->origins[i], &origin) &&
		    is_same(&origin, file))
			return true;
	}
	return false;
}

/* What stands behind a folder in the name of a file below it, both resolved; or
 * NULL. */
static const char *path_below(const char *folder, const char *file)
{
	char *root = xmade(realpath(folder, NULL));
	size_t len = root ? strlen(root) : 0;
	bool is_below = root && !strncmp(root, file, len) && file[len] == '/';

	free(root);
	return is_below ? file + len + 1 : NULL;
}

static bool is_of_chart(const char *path)
{
	for (size_t i = 0; i < COUNT_OF(chart_files); i++) {
		if (!strcmp(path, chart_files[i]))
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(chart_folders); i++) {
		if (!strncmp(path, chart_folders[i], strlen(chart_folders[i])))
			return true;
	}
	return false;
}

/* Whether the file is one of these, or a document in a folder that is. */
static bool is_named(const char *const *names, size_t n, const char *path,
    const struct stat *file)
{
	struct stat named;

	for (size_t i = 0; i < n; i++) {
		if (stat(names[i], &named))
			continue;
		if (is_same(&named, file) ||
		    (S_ISDIR(named.st_mode) && is_document_name(path) &&
			path_below(names[i], path)))
			return true;
	}
	return false;
}

static bool is_in_chart(const struct options *options, const char *path)
{
	for (size_t i = 0; i < options->ncharts; i++) {
		const char *below = path_below(options->charts[i], path);

		if (below && is_of_chart(below))
			return true;
	}
	return false;
}

bool program_has_read(const struct program *program, const char *name)
{
	const struct options *options = &program->options;
	struct stat file;
	char *path;
	bool result;

	if (stat(name, &file) || !S_ISREG(file.st_mode))
		return false;
	path = xmade(realpath(name, NULL));
	result =
	    is_origin(program, &file) ||
	    (path && (is_named(options->rules, options->nrules, path, &file) ||
			 is_in_chart(options, path)));
	free(path);
	return result;
}

/* A file's kind, mode and real path -> whether --fix may replace it. */
#include "cmd/mend_targets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Root may write everywhere, but what nobody may write is meant to stay. */
static bool is_read_only(const char *name, const struct stat *status)
{
	return !(status->st_mode & 0222) || access(name, W_OK);
}

/* Whether path is what is named, or below it; both are real paths. */
static bool is_within(const char *path, const char *named)
{
	size_t len = strlen(named);

	return !strncmp(path, named, len) &&
	       (!path[len] || path[len] == '/' || !strcmp(named, "/"));
}

static bool is_within_any(const char *path, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *named = xmade(realpath(names[i], NULL));
		bool within = named && is_within(path, named);

		free(named);
		if (within)
			return true;
	}
	return false;
}

static int check_place(
    const struct options *options, const char *name, struct fault *fault)
{
	char *path = xmade(realpath(name, NULL));
	int result = 0;

	if (!path)
		return fault_set(
		    fault, "cannot write '%s': %s", name, strerror(errno));
	if (!is_within_any(path, options->files, options->nfiles) &&
	    !is_within_any(path, options->charts, options->ncharts))
		result = fault_set(fault,
		    "'%s' is not changed: a link leads from it to '%s', "
		    "outside of what was named",
		    name, path);
	free(path);
	return result;
}

int mend_target_check(
    const struct options *options, const char *name, struct fault *fault)
{
	struct stat status;

	if (stat(name, &status))
		return fault_set(
		    fault, "cannot write '%s': %s", name, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fault_set(fault,
		    "'%s' is not changed: it is not a regular file", name);
	if (is_read_only(name, &status))
		return fault_set(
		    fault, "'%s' is not changed: it is read-only", name);
	if (status.st_nlink > 1)
		return fault_set(fault,
		    "'%s' is not changed: it has %lu names (hard links), and "
		    "the others would keep the old text",
		    name, (unsigned long)status.st_nlink);
	return check_place(options, name, fault);
}

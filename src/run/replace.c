/* A new file under a passing name, complete and on the disk, then renamed. */
#include "run/replace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(const char *name, int error, struct fault *fault)
{
	return fault_set(fault, "cannot write '%s': %s", name,
	    strerror(error ? error : EIO));
}

/* What a new file would get, or the mode of the one that is replaced. */
static mode_t mode_for(const struct stat *old)
{
	mode_t mask;

	if (old)
		return old->st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Writes the open file; it is closed in any case. */
static int fill(int fd, mode_t mode,
    void (*write)(FILE *out, const void *context), const void *context)
{
	FILE *out = fdopen(fd, "w");
	int result;

	if (!out) {
		close(fd);
		return -1;
	}
	errno = 0;
	write(out, context);
	result = ferror(out) || fflush(out) || fchmod(fd, mode) || fsync(fd);
	return fclose(out) || result ? -1 : 0;
}

/* path has no link at its end. */
static int replace(const char *path, mode_t mode,
    void (*write)(FILE *out, const void *context), const void *context)
{
	struct buf passing = {0};
	int fd, error, result = -1;

	buf_printf(&passing, "%s.XXXXXX", path);
	buf_text(&passing);
	fd = mkstemp(passing.ptr);
	if (fd >= 0) {
		result = fill(fd, mode, write, context);
		if (!result)
			result = rename(passing.ptr, path);
		error = errno;
		if (result)
			unlink(passing.ptr);
		errno = error;
	}
	buf_release(&passing);
	return result;
}

int replace_file(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault)
{
	struct stat old;
	bool exists = !stat(name, &old);
	char *path;
	int result;

	if (!exists && errno != ENOENT)
		return refuse(name, errno, fault);
	if (exists && !S_ISREG(old.st_mode))
		return fault_set(fault,
		    "cannot replace '%s': it is not a regular file", name);
	path = realpath(name, NULL);
	errno = 0;
	result = replace(
	    path ? path : name, mode_for(exists ? &old : NULL), write, context);
	if (result)
		refuse(name, errno, fault);
	free(path);
	return result;
}

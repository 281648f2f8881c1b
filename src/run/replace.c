/* A new file under a passing name, complete and on the disk, then renamed. */
#include "run/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
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
	FILE *out = xmade(fdopen(fd, "w"));
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

/* A new file in the folder of path that no name leads to yet, so that nothing
 * is left of it whatever ends the program; -1 where the file system has none
 * such. */
static int open_nameless(const char *path)
{
#ifdef O_TMPFILE
	struct buf copy = {0};
	int fd;

	buf_add_text(&copy, path);
	buf_text(&copy);
	fd = open(dirname(copy.ptr), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	buf_release(&copy);
	return fd;
#else
	(void)path;
	return -1;
#endif
}

/* Gives a nameless file a name that nothing has: that of no file, as random as
 * mkstemp() makes it. */
static int name_file(int fd, char *passing)
{
	struct buf self = {0};
	int made = mkstemp(passing), result = -1;

	if (made < 0)
		return -1;
	close(made);
	unlink(passing);
	buf_printf(&self, "/proc/self/fd/%d", fd);
	result = linkat(
	    AT_FDCWD, buf_text(&self), AT_FDCWD, passing, AT_SYMLINK_FOLLOW);
	buf_release(&self);
	return result;
}

/* Renames what was filled, which has no name yet when nameless is its file. */
static int put_in_place(int nameless, char *passing, const char *path)
{
	if (nameless >= 0 && name_file(nameless, passing))
		return -1;
	return rename(passing, path);
}

/* path has no link at its end. */
static int replace(const char *path, mode_t mode,
    void (*write)(FILE *out, const void *context), const void *context)
{
	struct buf passing = {0};
	int nameless = open_nameless(path), fd, error, result = -1;

	buf_printf(&passing, "%s.XXXXXX", path);
	buf_text(&passing);
	fd = nameless >= 0 ? dup(nameless) : mkstemp(passing.ptr);
	if (fd >= 0) {
		result = fill(fd, mode, write, context);
		if (!result)
			result = put_in_place(nameless, passing.ptr, path);
		error = errno;
		if (result && nameless < 0)
			unlink(passing.ptr);
		errno = error;
	}
	error = errno;
	if (nameless >= 0)
		close(nameless);
	buf_release(&passing);
	errno = error;
	return result;
}

int replace_file(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault)
{
	struct stat old;
	bool exists = !stat(name, &old);
	char *path;
	int result, error;

	if (!exists && errno != ENOENT)
		return refuse(name, errno, fault);
	if (exists && !S_ISREG(old.st_mode))
		return fault_set(fault,
		    "cannot replace '%s': it is not a regular file", name);
	path = xmade(realpath(name, NULL));
	errno = 0;
	result = replace(
	    path ? path : name, mode_for(exists ? &old : NULL), write, context);
	error = errno;
	if (result)
		refuse(name, error, fault);
	free(path);
	errno = error;
	return result;
}

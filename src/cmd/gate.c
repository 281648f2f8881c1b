/*
 * Standard input, kept until the verdict is there, then written to standard
 * output as it came: bytes, not text, as a byte order mark and broken UTF-8
 * are the reader's own.
 */
#include "cmd/gate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

static int refuse(struct fault *fault, const char *what)
{
	return fault_set(fault, "cannot %s: %s", what, strerror(errno));
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes += done;
		n -= (size_t)done;
	}
	return 0;
}

/* From where it stands to its end.  -1 with the fault set, or without one when
 * nobody reads what is written. */
static int copy(int from, int to, const char *writing, struct fault *fault)
{
	char *block = xmalloc(BLOCK_SIZE);
	ssize_t n;
	int result = 0;

	while (!result && (n = read(from, block, BLOCK_SIZE)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			result = refuse(fault, "read standard input");
		else if (write_all(to, block, (size_t)n))
			result = errno == EPIPE ? -1 : refuse(fault, writing);
	}
	free(block);
	return result;
}

int gate_keep_input(struct fault *fault)
{
	static const char keep[] = "keep standard input in a temporary file";
	FILE *kept;
	int result;

	/* From where it stands on: what is before it went elsewhere. */
	if (!lseek(STDIN_FILENO, 0, SEEK_CUR))
		return 0;
	kept = tmpfile();
	if (!kept)
		return refuse(fault, keep);
	result = copy(STDIN_FILENO, fileno(kept), keep, fault);
	if (!result && (lseek(fileno(kept), 0, SEEK_SET) < 0 ||
			   dup2(fileno(kept), STDIN_FILENO) < 0))
		result = refuse(fault, keep);
	fclose(kept);
	return result;
}

int gate_pass_on(struct fault *fault)
{
	if (lseek(STDIN_FILENO, 0, SEEK_SET) < 0)
		return refuse(fault, "read standard input again");
	return copy(
	    STDIN_FILENO, STDOUT_FILENO, "write to standard output", fault);
}

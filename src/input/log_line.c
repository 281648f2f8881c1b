/*
 * Messages told from YAML by how they begin: the log packages of Go (log, klog,
 * logrus) and the sentences that helm prints beside manifests.
 */
#include "input/log_line.h"

#include <ctype.h>
#include <string.h>

/* What helm writes to standard error, or puts around what it renders. */
static const char *const beginnings[] = {
    "WARNING: ",
    "Warning: ",
    "warning: ",
    "Error: ",
    "level=",
    "time=\"",
    "Pulled: ",
    "Digest: sha256:",
    "Saving ",
    "Downloading ",
    "Deleting outdated charts",
    "Hang tight while we grab",
    "...Successfully got an update",
    "Update Complete.",
    "Release \"",
};

/* The text behind n digits; an empty one when there are fewer. */
static struct slice behind_digits(struct slice text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i == text.len || !isdigit((unsigned char)text.ptr[i]))
			return (struct slice){text.ptr, 0};
	}
	return (struct slice){text.ptr + n, text.len - n};
}

/* Go's log: "2026/01/15 12:00:00 message", or "coalesce.go:289: message". */
static bool is_go_log(struct slice line)
{
	ptrdiff_t file = slice_find(line, SLICE(".go:"), 0);
	struct slice rest = behind_digits(line, 4);

	if (rest.len && rest.ptr[0] == '/') {
		rest = behind_digits(
		    (struct slice){rest.ptr + 1, rest.len - 1}, 2);
		return rest.len && rest.ptr[0] == '/';
	}
	if (file <= 0)
		return false;
	for (ptrdiff_t i = 0; i < file; i++) {
		char c = line.ptr[i];

		if (!isalnum((unsigned char)c) && !memchr("_-./", c, 4))
			return false;
	}
	return line.len > (size_t)file + 4 &&
	       isdigit((unsigned char)line.ptr[file + 4]);
}

/* klog: a letter, month and day, the time: "W0115 12:00:00.000000 ...". */
static bool is_klog(struct slice line)
{
	struct slice rest;

	if (!line.len || !memchr("IWEF", line.ptr[0], 4))
		return false;
	rest = behind_digits((struct slice){line.ptr + 1, line.len - 1}, 4);
	if (!rest.len || rest.ptr[0] != ' ')
		return false;
	rest = behind_digits((struct slice){rest.ptr + 1, rest.len - 1}, 2);
	return rest.len && rest.ptr[0] == ':';
}

bool is_log_line(struct slice line)
{
	for (size_t i = 0; line.len && i < COUNT_OF(beginnings); i++) {
		if (line.ptr[0] == beginnings[i][0] &&
		    slice_starts(line, slice_of(beginnings[i])))
			return true;
	}
	return is_go_log(line) || is_klog(line);
}

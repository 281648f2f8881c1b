/*
 * Bytes from a file, a descriptor or memory -> UTF-8 text without a byte
 * order mark.  What comes from a pipe can be kept in an unlinked file, so
 * that lines can be quoted after the end.
 */
#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Binary data shows a NUL early; a later one is left to the YAML parser,
 * which knows its line. */
#define PROBE_SIZE 8192

static ssize_t read_fd(void *context, void *bytes, size_t size)
{
	struct source *source = context;

	return read(source->fd, bytes, size);
}

static ssize_t read_memory(void *context, void *bytes, size_t size)
{
	struct slice *left = &((struct source *)context)->memory;

	if (size > left->len)
		size = left->len;
	if (!size)
		return 0;
	memcpy(bytes, left->ptr, size);
	left->ptr += size;
	left->len -= size;
	return (ssize_t)size;
}

static int refuse(const struct source *source, struct fault *fault)
{
	return fault_set(fault, "cannot read '%s': %s", source->origin->name,
	    strerror(errno));
}

/* A descriptor of a file that has no name, or -1. */
static int open_unlinked(void)
{
	FILE *file = tmpfile();
	int fd;

	if (!file)
		return -1;
	fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
	fclose(file);
	return fd;
}

int source_open(struct source *source, const struct origin *origin, bool spool,
    struct fault *fault)
{
	struct stat about;

	if (origin->packed) {
		source_init_memory(source, origin, *origin->packed);
		return 0;
	}
	*source = (struct source){
	    .origin = origin,
	    .read = read_fd,
	    .context = source,
	    .fd = STDIN_FILENO,
	    .spool = -1,
	};
	if (!origin->is_stdin)
		source->fd = open(origin->name, O_RDONLY | O_CLOEXEC);
	if (source->fd < 0 || fstat(source->fd, &about) < 0) {
		refuse(source, fault);
		source_release(source);
		return -1;
	}
	if (S_ISDIR(about.st_mode)) {
		source_release(source);
		return fault_set(fault, "'%s' is a directory%s", origin->name,
		    origin->role == ORIGIN_MANIFEST ||
			    origin->role == ORIGIN_PREVIOUS
			? "; name the files in it, or pipe `helm template` in"
			: ", not a file");
	}
	source->start = lseek(source->fd, 0, SEEK_CUR);
	source->is_regular = source->start >= 0 && S_ISREG(about.st_mode);
	if (source->is_regular && about.st_size > source->start)
		source->size = (uint64_t)(about.st_size - source->start);
	if (spool && source->start < 0)
		source->spool = open_unlinked();
	return 0;
}

void source_init_memory(
    struct source *source, const struct origin *origin, struct slice bytes)
{
	*source = (struct source){
	    .origin = origin,
	    .read = read_memory,
	    .context = source,
	    .fd = -1,
	    .start = -1,
	    .whole = bytes,
	    .memory = bytes,
	    .spool = -1,
	};
}

/* Standard input is not ours to close. */
static void close_fd(int *fd)
{
	if (*fd > STDIN_FILENO)
		close(*fd);
	*fd = -1;
}

void source_release(struct source *source)
{
	close_fd(&source->fd);
	close_fd(&source->spool);
	buf_release(&source->raw);
	buf_release(&source->text);
}

/* Whether the failed read() is worth another try. */
static bool may_retry(const struct source *source)
{
	struct pollfd wait = {.fd = source->fd, .events = POLLIN};

	if (errno == EAGAIN && source->fd >= 0)
		return poll(&wait, 1, -1) > 0 || errno == EINTR;
	return errno == EINTR;
}

static ssize_t read_raw(
    struct source *source, void *bytes, size_t size, struct fault *fault)
{
	ssize_t n;

	do
		n = source->read(source->context, bytes, size);
	while (n < 0 && may_retry(source));
	if (n < 0)
		return refuse(source, fault);
	source->ended = n == 0;
	return n;
}

/* Refuses what has a NUL near its start. */
static int probe(struct source *source, struct slice bytes, struct fault *fault)
{
	size_t room = PROBE_SIZE - source->probed;
	size_t len = bytes.len < room ? bytes.len : room;
	const char *nul = len ? memchr(bytes.ptr, '\0', len) : NULL;

	if (nul)
		return fault_set(fault,
		    "'%s' is not text: a NUL byte at offset %zu",
		    source->origin->name,
		    source->probed + (size_t)(nul - bytes.ptr));
	source->probed += len;
	return 0;
}

static void drop_raw(struct source *source, size_t len)
{
	source->raw.len -= len;
	if (source->raw.len)
		memmove(
		    source->raw.ptr, source->raw.ptr + len, source->raw.len);
}

/* After raw has grown or ended. */
static int keep_raw(struct source *source, struct fault *fault)
{
	if (source->wide.size) {
		drop_raw(
		    source, wide_decode(source->wide, buf_slice(&source->raw),
				source->ended, &source->text));
		return 0;
	}
	if (probe(source, buf_slice(&source->raw), fault) < 0)
		return -1;
	buf_add_slice(&source->text, buf_slice(&source->raw));
	buf_clear(&source->raw);
	return 0;
}

static int read_to_raw(struct source *source, struct fault *fault)
{
	char bytes[4096];
	ssize_t n = read_raw(source, bytes, sizeof(bytes), fault);

	if (n < 0)
		return -1;
	buf_add(&source->raw, bytes, (size_t)n);
	return 0;
}

static void drop_mark(struct source *source, size_t len)
{
	drop_raw(source, len);
	source->probed += len;
}

/* Finds out from the first bytes what the rest is. */
static int start(struct source *source, struct fault *fault)
{
	struct slice head;

	while (source->raw.len < WIDE_MARK_MAX && !source->ended) {
		if (read_to_raw(source, fault) < 0)
			return -1;
	}
	head = buf_slice(&source->raw);
	source->started = true;
	if (slice_starts(head, SLICE("\x1f\x8b")))
		return fault_set(fault,
		    "'%s' is not text but gzip data (a packed chart?): render "
		    "it first, helm template RELEASE CHART",
		    source->origin->name);
	source->wide = wide_marked(head);
	if (source->wide.size) {
		drop_mark(source, source->wide.size);
		return 0;
	}
	source->marked = slice_starts(head, SLICE("\xEF\xBB\xBF"));
	if (source->marked)
		drop_mark(source, 3);
	return 0;
}

/* Fills text until there is something to hand out or nothing left. */
static int fill_text(struct source *source, struct fault *fault)
{
	if (!source->started && start(source, fault) < 0)
		return -1;
	source->handed = 0;
	buf_clear(&source->text);
	if (keep_raw(source, fault) < 0)
		return -1;
	while (!source->text.len && !source->ended) {
		if (read_to_raw(source, fault) < 0 ||
		    keep_raw(source, fault) < 0)
			return -1;
	}
	return 0;
}

static size_t hand_out(struct source *source, char *bytes, size_t size)
{
	size_t left = source->text.len - source->handed;

	if (size > left)
		size = left;
	if (size)
		memcpy(bytes, source->text.ptr + source->handed, size);
	source->handed += size;
	return size;
}

/* Copies to the spool; a full disk costs the copy, not the run. */
static void keep(struct source *source, const char *bytes, size_t len)
{
	while (source->spool >= 0 && len) {
		ssize_t n = write(source->spool, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close_fd(&source->spool);
			return;
		}
		bytes += n;
		len -= (size_t)n;
	}
}

ssize_t source_read(
    struct source *source, char *bytes, size_t size, struct fault *fault)
{
	bool direct = source->started && !source->wide.size &&
		      !source->raw.len && source->handed == source->text.len;
	ssize_t n;

	if (direct) {
		n = source->ended ? 0 : read_raw(source, bytes, size, fault);
		if (n > 0 &&
		    probe(source, (struct slice){bytes, (size_t)n}, fault) < 0)
			return -1;
	} else {
		if (source->handed == source->text.len &&
		    fill_text(source, fault) < 0)
			return -1;
		n = (ssize_t)hand_out(source, bytes, size);
	}
	if (n > 0)
		keep(source, bytes, (size_t)n);
	return n;
}

/* Puts the spool in the place of the pipe it is a copy of. */
static void read_spool(struct source *source)
{
	close_fd(&source->fd);
	source->fd = source->spool;
	source->spool = -1;
	source->start = 0;
	source->read = read_fd;
	source->context = source;
	source->is_copy = true;
}

bool source_is_file(const struct source *source)
{
	return source->is_regular;
}

uint64_t source_size(const struct source *source)
{
	return source->fd < 0 ? source->whole.len : source->size;
}

int source_reread(struct source *source)
{
	if (source->spool >= 0)
		read_spool(source);
	if (source->fd >= 0 &&
	    (source->start < 0 ||
		lseek(source->fd, source->start, SEEK_SET) < 0))
		return -1;
	buf_clear(&source->raw);
	buf_clear(&source->text);
	source->handed = 0;
	source->wide = (struct wide){0};
	source->memory = source->whole;
	source->started = source->is_copy;
	source->probed = source->is_copy ? PROBE_SIZE : 0;
	source->ended = false;
	return 0;
}

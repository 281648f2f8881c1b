/*
 * For LD_PRELOAD: the allocation of that number fails, whoever asks for it, the
 * libraries included.
 *
 *	FAILING_AT      which one, from 1; none without it
 *	FAILING_ON      when set, all that follow fail as well
 *	FAILING_COUNT   a file for how many there were
 *
 * The C library's own functions of these names are taken over, as looking them
 * up would allocate.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_ulong count;

static int must_fail(void)
{
	const char *text = getenv("FAILING_AT");
	unsigned long at = text ? strtoul(text, NULL, 10) : 0;
	unsigned long number = atomic_fetch_add(&count, 1) + 1;

	if (!at || number < at || (number > at && !getenv("FAILING_ON")))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return must_fail() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return must_fail() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	return must_fail() ? NULL : __libc_realloc(old, size);
}

__attribute__((destructor)) static void tell(void)
{
	const char *name = getenv("FAILING_COUNT");
	char text[32];
	int fd = name ? open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	int len = snprintf(text, sizeof(text), "%lu\n", count);

	if (fd >= 0 && write(fd, text, (size_t)len) == len)
		close(fd);
}

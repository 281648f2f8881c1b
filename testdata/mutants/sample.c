/* What scripts/mutants makes of it is in sample.names; if (this) changes, it
 * must have been a comment. */
#include "sample.h"

#define MOST 8
#define TEXT "if (1 < 2)"
#define TWICE(x) ((x) * 2)

static const int table[] = {1, 2, 3};

int declared(int first, int second);

static int count(const struct list *list, struct buf *buf)
{
	static const char *const words[] = {"a", "b"};
	struct item item = {0};
	int n = 0;

	for (size_t i = 0; i < list->n; i++)
		n++;
	buf_add(buf, "n == 1", words[n]);
	buf_release(buf);
	return n;
}

static int choose(
    int a, int b)
{
	switch (a) {
	case 1: return b;
	default: break;
	}
	if (a >= b &&
	    a != '1') /* if (a) */
		return TWICE(a);
	return most(saturated_sum(a, b), b) + 10u;
}

static int order(const char *a, const char *b)
{
	while (*a < *b)
		a++;
	return *a > *b ? 1 : -1;
}

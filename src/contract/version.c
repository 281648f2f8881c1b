/* Two versions into their order, as Semantic Versioning 2.0.0 section 11 has
 * it. */
#include "contract/scenario.h"

#include <string.h>

/* MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD]; a "v" may stand in front. */
struct version {
	struct slice numbers[3];
	struct slice prerelease; /* empty: none */
};

static bool is_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len > 0;
}

/* What stands before the first separator, or all; taken off text. */
static struct slice cut_until(struct slice *text, char separator)
{
	const char *at =
	    text->len ? memchr(text->ptr, separator, text->len) : NULL;
	struct slice part = {
	    text->ptr, at ? (size_t)(at - text->ptr) : text->len};
	size_t skip = part.len + (at != NULL);

	*text = (struct slice){text->ptr + skip, text->len - skip};
	return part;
}

static bool parse(const char *text, struct version *ret_version)
{
	struct slice all = slice_of(*text == 'v' ? text + 1 : text);
	struct slice rest = cut_until(&all, '+');
	struct slice numbers = cut_until(&rest, '-');

	for (size_t i = 0; i < COUNT_OF(ret_version->numbers); i++) {
		ret_version->numbers[i] = cut_until(&numbers, '.');
		if (!is_digits(ret_version->numbers[i]))
			return false;
	}
	ret_version->prerelease = rest;
	return !numbers.len;
}

/* Numbers of any length, without what their first zeros would say. */
static int compare_numbers(struct slice a, struct slice b)
{
	while (a.len > 1 && *a.ptr == '0')
		a = (struct slice){a.ptr + 1, a.len - 1};
	while (b.len > 1 && *b.ptr == '0')
		b = (struct slice){b.ptr + 1, b.len - 1};
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return slice_cmp(a, b);
}

/* Numbers come before words. */
static int compare_identifiers(struct slice a, struct slice b)
{
	if (is_digits(a) && is_digits(b))
		return compare_numbers(a, b);
	if (is_digits(a) != is_digits(b))
		return is_digits(a) ? -1 : 1;
	return slice_cmp(a, b);
}

/* A release comes after all that lead to it. */
static int compare_prereleases(struct slice a, struct slice b)
{
	int order = 0;

	if (!a.len || !b.len)
		return (a.len == 0) - (b.len == 0);
	while (!order && a.len && b.len)
		order =
		    compare_identifiers(cut_until(&a, '.'), cut_until(&b, '.'));
	return order ? order : (a.len > 0) - (b.len > 0);
}

bool versions_compare(const char *a, const char *b, int *ret_order)
{
	struct version left, right;
	int order = 0;

	if (!parse(a, &left) || !parse(b, &right))
		return false;
	for (size_t i = 0; i < COUNT_OF(left.numbers) && !order; i++)
		order = compare_numbers(left.numbers[i], right.numbers[i]);
	if (!order)
		order = compare_prereleases(left.prerelease, right.prerelease);
	*ret_order = order;
	return true;
}

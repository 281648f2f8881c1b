/* Numbers as a template prints them when they came from YAML as floats: 1e+06,
 * 8.589934592e+09. */
#include "fact/facts.h"

/* The exponents from which a float is printed so, and which an int64 holds. */
#define LEAST_EXPONENT 6
#define MOST_EXPONENT 17

static size_t count_digits(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
		n++;
	return n;
}

static void skip(struct slice *text, size_t n)
{
	text->ptr += n;
	text->len -= n;
}

/* The digits from one point to the end: "e+09" to 9; false for any other. */
static bool parse_exponent(struct slice text, int64_t *ret_exponent)
{
	return text.len == 4 && slice_starts(text, SLICE("e+")) &&
	       slice_to_int((struct slice){text.ptr + 2, 2}, ret_exponent);
}

/* One digit, maybe a fraction, and an exponent that makes it whole. */
static bool parse_mangled(struct slice text, int64_t *ret_number)
{
	bool is_negative = slice_starts(text, SLICE("-"));
	size_t nfraction = 0;
	int64_t exponent, number;

	skip(&text, is_negative);
	if (count_digits(text) != 1)
		return false;
	number = text.ptr[0] - '0';
	skip(&text, 1);
	if (slice_starts(text, SLICE("."))) {
		skip(&text, 1);
		nfraction = count_digits(text);
	}
	if (nfraction > MOST_EXPONENT)
		return false;
	for (size_t i = 0; i < nfraction; i++)
		number = number * 10 + text.ptr[i] - '0';
	skip(&text, nfraction);
	if (!parse_exponent(text, &exponent) || exponent < LEAST_EXPONENT ||
	    exponent > MOST_EXPONENT || (size_t)exponent < nfraction)
		return false;
	for (size_t i = nfraction; i < (size_t)exponent; i++)
		number *= 10;
	*ret_number = is_negative ? -number : number;
	return true;
}

void collect_mangled(struct facts *facts, const struct manifest *manifest,
    const struct node *name, const struct node *value)
{
	struct mangled *mangled;
	struct slice text;
	int64_t number;

	if (!node_to_text(value, &text) || !parse_mangled(text, &number))
		return;
	mangled = arena_alloc(&facts->arena, sizeof(*mangled));
	mangled->manifest = manifest;
	mangled->name = facts_node_text(facts, name, "");
	mangled->value = facts_node_text(facts, value, "");
	mangled->number = fact_int(number);
	vector_add(&facts->lists[ENTITY_mangled], mangled);
}

/* Numbers as a template prints them when they came from YAML as floats: 1e+06,
 * 8.589934592e+09. */
#include "fact/pod/pod.h"

#include "fact/computed.h"

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
	*text = slice_after(*text, n);
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

/* What was found: a value as it is written, and what it was to be. */
struct find {
	struct slice name, value;
	int64_t number;
	bool is_within; /* a longer text */
	uint32_t line;	/* of that text, from 0 */
};

/* Where it stands: in a block its own line, of which no column is known. */
static struct fact place_find(
    struct fact fact, const struct node *at, const struct find *find)
{
	fact = facts_placed(fact, at);
	if (!find->is_within || !at->literal)
		return fact;
	fact.line += 1 + find->line;
	fact.col = 1;
	fact.width = 1;
	return fact;
}

static void add_mangled(struct facts *facts, const struct manifest *manifest,
    const struct node *at, const struct find *find)
{
	struct mangled *mangled = arena_alloc(&facts->arena, sizeof(*mangled));

	mangled->manifest = manifest;
	mangled->name = fact_text(facts_text(facts, find->name));
	mangled->value =
	    place_find(fact_text(facts_text(facts, find->value)), at, find);
	mangled->number = fact_int(find->number);
	mangled->within = fact_bool(find->is_within);
	vector_add(&facts->lists[ENTITY_mangled], mangled);
}

static size_t line_end(struct slice text, size_t from)
{
	while (from < text.len && text.ptr[from] != '\n')
		from++;
	return from;
}

/* The value of a line "key: value" or "key = value", without its quotes and
 * without a comment behind it. */
static struct slice setting_of(struct slice line)
{
	ptrdiff_t comment = slice_find(line, SLICE(" #"), 0);
	struct slice value = {0};

	if (comment >= 0)
		line.len = (size_t)comment;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != ':' && line.ptr[i] != '=')
			continue;
		value = slice_trim(
		    (struct slice){line.ptr + i + 1, line.len - i - 1});
		if (value.len && value.ptr[value.len - 1] == ',')
			value.len--;
		if (value.len > 1 && value.ptr[0] == '"' &&
		    value.ptr[value.len - 1] == '"')
			value = (struct slice){value.ptr + 1, value.len - 2};
		break;
	}
	return value;
}

/* The first of the settings in a file. */
static bool find_setting(struct slice text, struct find *find)
{
	for (size_t i = 0; i < text.len; i++, find->line++) {
		size_t end = line_end(text, i);

		find->value = setting_of((struct slice){text.ptr + i, end - i});
		find->is_within = true;
		if (parse_mangled(find->value, &find->number))
			return true;
		i = end;
	}
	return false;
}

void collect_mangled(struct facts *facts, const struct manifest *manifest,
    const struct node *name, const struct node *value)
{
	struct find find = {0};

	node_to_text(name, &find.name);
	if (!node_to_text(value, &find.value))
		return;
	if (parse_mangled(find.value, &find.number) ||
	    find_setting(find.value, &find))
		add_mangled(facts, manifest, value, &find);
}

/* --limit=1e+06, or --limit and then 1e+06. */
void collect_mangled_arguments(struct facts *facts,
    const struct manifest *manifest, const struct node *list)
{
	struct slice last = {0};

	for (size_t i = 0; i < node_length(list); i++) {
		struct find find = {.name = last};
		struct slice text;
		ptrdiff_t equals;

		if (!node_to_text(list->items[i], &text))
			continue;
		last = find.value = text;
		equals = slice_find(text, SLICE("="), 0);
		if (equals > 0) {
			find.name = (struct slice){text.ptr, (size_t)equals};
			find.value = (struct slice){text.ptr + equals + 1,
			    text.len - (size_t)equals - 1};
		}
		if (slice_starts(find.name, SLICE("-")) &&
		    parse_mangled(find.value, &find.number))
			add_mangled(facts, manifest, list->items[i], &find);
	}
}

SIMPLE(mangled, manifest, fact_entity(mangled->manifest))

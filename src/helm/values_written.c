/* The items of an action -> whether it writes into .Values. */
#include "helm/values_written.h"

#include "helm/action.h"

static bool is_one_of(struct slice word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return false;
}

/* Sprig's functions that change the dict they are given first. */
static bool writes(struct slice function)
{
	static const char *const words[] = {"set", "unset", "merge",
	    "mergeOverwrite", "mustMerge", "mustMergeOverwrite"};

	return is_one_of(function, words, COUNT_OF(words));
}

/* Functions that may give back what they are given, and no copy of it. */
static bool passes_on(struct slice function)
{
	static const char *const words[] = {"default", "coalesce", "ternary",
	    "index", "get", "dig", "required", "first", "last"};

	return is_one_of(function, words, COUNT_OF(words));
}

static bool is_values(const struct item *item)
{
	return (item->kind == ITEM_FIELD || item->kind == ITEM_VARIABLE) &&
	       slice_find(item->text, SLICE(".Values"), 0) >= 0;
}

/* Whether the values are among what stands before the bracket's end. */
static bool has_values(struct slice rest)
{
	struct item item;
	unsigned depth = 1;

	while (depth && item_next(&rest, &item)) {
		if (is_values(&item))
			return true;
		depth += item.kind == ITEM_OPEN;
		depth -= item.kind == ITEM_CLOSE;
	}
	return false;
}

/* Whether the argument that rest begins with is a part of the values, or what
 * they are in: set .Values.a "b" 1, set $ "Values" $x. */
static bool begins_with_values(struct slice rest)
{
	struct item item;

	do {
		if (!item_next(&rest, &item))
			return false;
	} while (item.kind == ITEM_OPEN);
	if (item.kind == ITEM_WORD)
		return passes_on(item.text) && has_values(rest);
	if (is_values(&item))
		return true;
	return (item.kind == ITEM_FIELD || item.kind == ITEM_VARIABLE) &&
	       item_next(&rest, &item) && slice_is(item.text, "\"Values\"");
}

bool action_writes_values(struct slice action)
{
	struct slice rest = action;
	struct item item;

	while (item_next(&rest, &item)) {
		if (item.kind == ITEM_WORD && writes(item.text) &&
		    begins_with_values(rest))
			return true;
	}
	return false;
}

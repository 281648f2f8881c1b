/* The words of functions. */
#include "helm/dict_functions.h"

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
bool function_writes(struct slice function)
{
	static const char *const words[] = {"set", "unset", "merge",
	    "mergeOverwrite", "mustMerge", "mustMergeOverwrite"};

	return is_one_of(function, words, COUNT_OF(words));
}

/* Functions that may give back what they are given, and no copy of it. */
bool function_passes_on(struct slice function)
{
	static const char *const words[] = {"default", "coalesce", "ternary",
	    "index", "get", "dig", "required", "first", "last"};

	return function_writes(function) ||
	       is_one_of(function, words, COUNT_OF(words));
}

bool action_writes(struct slice action)
{
	struct item item;

	while (item_next(&action, &item)) {
		if (item.kind == ITEM_WORD && function_writes(item.text))
			return true;
	}
	return false;
}

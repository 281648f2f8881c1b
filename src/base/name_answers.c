/* Names -> answers, as many as are met first. */
#include "base/name_answers.h"

/* Names that are kept, and the bytes of one: what is beyond is asked again. */
#define MOST_NAMES 1024
#define LONGEST_NAME 128

bool name_answers_has(struct name_answers *answers,
    const struct name_list *list, struct slice name)
{
	static const bool yes = true, no = false;
	const bool *known = map_find(&answers->known, name);
	bool has;

	if (known)
		return *known;
	has = name_list_has(list, name);
	if (answers->known.n < MOST_NAMES && name.len <= LONGEST_NAME)
		*map_slot(&answers->known, slice_copy(&answers->arena, name)) =
		    (void *)(has ? &yes : &no);
	return has;
}

void name_answers_release(struct name_answers *answers)
{
	map_release(&answers->known);
	arena_release(&answers->arena);
}

/* Questions of macros over lists -> their answers. */
#include "cel/answers.h"

static struct slice key_of(const struct cel_answer *answer)
{
	return (struct slice){
	    (const char *)&answer->question, sizeof(answer->question)};
}

const struct cel_answer *cel_answers_find(
    const struct cel_answers *answers, const struct cel_answer *asked)
{
	return map_find(&answers->by_question, key_of(asked));
}

void cel_answers_keep(
    struct cel_answers *answers, const struct cel_answer *answer)
{
	struct cel_answer *kept =
	    map_find(&answers->by_question, key_of(answer));

	if (kept) {
		*kept = *answer;
		return;
	}
	kept = arena_alloc(&answers->arena, sizeof(*kept));
	*kept = *answer;
	*map_slot(&answers->by_question, key_of(kept)) = kept;
}

void cel_answers_release(struct cel_answers *answers)
{
	map_release(&answers->by_question);
	arena_release(&answers->arena);
	*answers = (struct cel_answers){0};
}

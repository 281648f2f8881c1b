/*
 * What a list of words said of names that come again: releases of one chart
 * have the same variables and keys.
 */
#ifndef BASE_NAME_ANSWERS_H
#define BASE_NAME_ANSWERS_H

#include "base/map.h"
#include "base/name_list.h"

/* Of one list, for one thread.  All zero is empty and ready; release it with
 * name_answers_release(). */
struct name_answers {
	struct map known; /* name -> the mark of its answer */
	struct arena arena;
};

/* What name_list_has() says.  So much is kept that no input makes it large. */
bool name_answers_has(struct name_answers *answers,
    const struct name_list *list, struct slice name);

void name_answers_release(struct name_answers *answers);

#endif

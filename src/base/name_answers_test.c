/* Names that come again -> what the list said of them. */
#include "base/name_answers.h"

#include <criterion/criterion.h>

static struct name_list *list_of(const char *const *says, size_t n)
{
	struct name_list *list = name_list_new();
	struct fault fault = {0};

	cr_assert_eq(
	    name_list_add(list,
		&(struct name_words){.says = says, .nsays = n}, &fault),
	    0);
	return list;
}

Test(base_name_answers, a_name_is_asked_once)
{
	static const char *const drain[] = {"drain"};
	static const char *const other[] = {"other"};
	struct name_list *list = list_of(drain, 1), *after = list_of(other, 1);
	struct name_answers answers = {0};

	cr_assert(name_answers_has(&answers, list, SLICE("DRAIN_SECONDS")));
	cr_assert_not(name_answers_has(&answers, list, SLICE("OTHER")));
	/* Of another list, which shows that nobody was asked again. */
	cr_assert(name_answers_has(&answers, after, SLICE("DRAIN_SECONDS")));
	cr_assert_not(name_answers_has(&answers, after, SLICE("OTHER")));
	name_answers_release(&answers);
	name_list_free(list);
	name_list_free(after);
}

Test(base_name_answers, few_names_are_kept)
{
	static const char *const drain[] = {"drain"};
	struct name_list *list = list_of(drain, 1);
	struct name_answers answers = {0};
	struct buf name = {0};

	for (int i = 0; i < 5000; i++) {
		buf_clear(&name);
		buf_printf(&name, "drain_%d", i);
		cr_assert(name_answers_has(&answers, list, buf_slice(&name)));
	}
	cr_assert_leq(answers.known.n, 1024);
	buf_clear(&name);
	for (int i = 0; i < 1000; i++)
		buf_add_text(&name, "drain");
	name_answers_release(&answers);
	answers = (struct name_answers){0};
	cr_assert_not(name_answers_has(&answers, list, buf_slice(&name)));
	cr_assert_eq(answers.known.n, 0);
	buf_release(&name);
	name_answers_release(&answers);
	name_list_free(list);
}

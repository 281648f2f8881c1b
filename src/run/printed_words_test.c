/* Where rendered words are on the line of their template. */
#include "run/printed_words.h"

#include <criterion/criterion.h>

static struct span columns(uint32_t col, uint32_t end_col)
{
	return (struct span){
	    .line = 9, .col = col, .end_line = 9, .end_col = end_col};
}

/* Columns count characters, words are bytes. */
Test(words, are_cut_by_columns)
{
	struct slice line = SLICE("  \xC3\xA9t\xC3\xA9: web");
	struct span span = columns(8, 11);

	cr_assert(slice_is(printed_words(line, span), "web"));
	cr_assert(
	    slice_is(printed_words(line, columns(3, 6)), "\xC3\xA9t\xC3\xA9"));
	cr_assert_eq(
	    printed_words(line, columns(11, 20)).len, 0, "behind the line");
	cr_assert_eq(printed_words(line, columns(8, 7)).len, 0, "backwards");
	span.end_line++;
	cr_assert_eq(printed_words(line, span).len, 0, "on two lines");
}

/* What stands there once is found; what is printed by an action, or stands
 * there twice, leaves the line. */
Test(words, are_found_when_there_once)
{
	static const struct {
		const char *line, *words;
		uint32_t col, end_col;
	} cases[] = {
	    {"  kind: Rollout", "Rollout", 9, 16},
	    {"  \xC3\xA9: web # x", "web", 6, 9},
	    {"  name: {{ .Values.name }}  ", "web", 3, 27},
	    {"  - web: web", "web", 3, 13},
	    {"  kind: Rollout", "", 3, 16},
	    {"  - name: {{ .Values.web.name }}", "web", 3, 33},
	    {"  - name: web{{ .Values.web }} {{ x }}", "web", 11, 14},
	    {"  {{ if .web }}web{{ end }}", "web", 16, 19},
	    {"", "web", 1, 1},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct span span = printed_words_span(
		    slice_of(cases[i].line), 7, slice_of(cases[i].words));

		cr_assert_eq(span.line, 7);
		cr_assert_eq(span.end_line, 7);
		cr_assert_eq(span.col, cases[i].col, "%s", cases[i].line);
		cr_assert_eq(
		    span.end_col, cases[i].end_col, "%s", cases[i].line);
	}
}

/* What of a template stands beside a line of it. */
#include "map/likeness.h"

#include <criterion/criterion.h>

static bool has_beside(const char *text, uint32_t line, const char *key)
{
	const struct template_file file = {.text = slice_of(text)};

	return template_has_beside(&file, line, slice_of(key));
}

Test(map_likeness, entries_beside_a_line)
{
	static const char text[] = "spec:\n"		  /* 1 */
				   "  containers:\n"	  /* 2 */
				   "    - probe: a\n"	  /* 3 */
				   "      image: b\n"	  /* 4 */
				   "      {{- if .x }}\n" /* 5 */
				   "      \"stop\": c\n"  /* 6 */
				   "{{ end }}\n"	  /* 7 */
				   "      env:\n"	  /* 8 */
				   "        - deep: d\n"  /* 9 */
				   "      # last: e\n"	  /* 10 */
				   "    - image: f\n"	  /* 11 */
				   "      other: g\n"	  /* 12 */
				   "  next: h";		  /* 13 */

	/* In its item: before, behind an action, in quotes. */
	cr_expect(has_beside(text, 4, "probe"));
	cr_expect(has_beside(text, 4, "stop"));
	cr_expect(has_beside(text, 8, "stop"));
	/* Below it, in a comment, in another item, outside. */
	cr_expect_not(has_beside(text, 4, "deep"));
	cr_expect_not(has_beside(text, 4, "last"));
	cr_expect_not(has_beside(text, 4, "other"));
	cr_expect_not(has_beside(text, 12, "probe"));
	cr_expect_not(has_beside(text, 4, "next"));
	cr_expect_not(has_beside(text, 4, "spec"));
	/* A part of a key is another key; the line itself is no other. */
	cr_expect_not(has_beside(text, 4, "pro"));
	cr_expect_not(has_beside(text, 12, "other"));
	cr_expect(has_beside(text, 2, "next"));
}

/* At column 0 only the end of the document ends the mapping. */
Test(map_likeness, entries_of_a_document)
{
	cr_expect(has_beside("a: 1\nb: 2\n", 1, "b"));
	cr_expect_not(has_beside("a: 1\n---\nb: 2\n", 1, "b"));
	cr_expect_not(has_beside("a: 1\n---\nb: 2\n", 3, "a"));
}

static bool has_port(const char *text, const char *edit)
{
	const struct template_file file = {.text = slice_of(text)};

	return template_has_port(&file, slice_of(edit));
}

Test(map_likeness, ports_that_the_template_says)
{
	cr_expect(has_port("p: [{containerPort: 80}]", "a: {port: 80}"));
	cr_expect_not(has_port("p: {{ .Values.port }}", "a: {port: 80}"));
	cr_expect_not(has_port("p: 8080", "a: {port: 80}"));
	cr_expect_not(has_port("p: 80.5", "a: {port: 80}"));
	cr_expect(has_port("p: 8080\nq: 80", "a: {port: 80}"));
	cr_expect(has_port("name: http", "a: {port: http}"));
	cr_expect(has_port("", "sleep: {seconds: 10}"));
}

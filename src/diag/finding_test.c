/* Lists of findings: who owns the texts, in which order they are. */
#include "diag/finding.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct origin first = {.name = "a.yaml", .index = 0};
static const struct origin second = {.name = "b.yaml", .index = 1};
static const struct diag_kind kind_a = {.id = "aa"};
static const struct diag_kind kind_b = {.id = "bb"};

static struct place at(const struct origin *origin, uint32_t line, uint32_t col)
{
	return (struct place){origin, {line, col, line, col + 1}};
}

static void add(struct finding_list *list, const struct diag_kind *kind,
    struct place place, const char *text)
{
	finding_add(list,
	    &(struct finding){.kind = kind, .place = place, .text = text});
}

Test(diag_finding, severities_have_names)
{
	for (int i = 0; i < SEVERITY_MAX; i++) {
		enum severity severity;
		const char *name = severity_name((enum severity)i);

		cr_assert(severity_parse(slice_of(name), &severity));
		cr_assert_eq((int)severity, i);
	}
	cr_assert_str_eq(severity_name(SEVERITY_WARNING), "warning");
	cr_assert_str_eq(severity_name(SEVERITY_OFF), "off");
}

Test(diag_finding, other_words_are_no_severities)
{
	static const char *const words[] = {
	    "", "Error", "errors", "err", "info", "none"};
	enum severity severity;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		cr_assert_not(severity_parse(slice_of(words[i]), &severity));
}

/* Every row is complete, and no id or code is there twice. */
Test(diag_finding, own_kinds_are_complete)
{
	for (int i = 0; i < KIND_MAX; i++) {
		const struct diag_kind *kind = own_kind((enum own_kind)i);

		cr_assert_str_eq(kind->group,
		    i == KIND_CLAUSE_UNVERIFIED ? "values" : "input");
		cr_assert(*kind->invariant && *kind->message && *kind->why &&
			  *kind->fix && *kind->name);
		for (int j = 0; j < i; j++) {
			const struct diag_kind *other =
			    own_kind((enum own_kind)j);

			cr_assert_str_neq(kind->id, other->id);
			cr_assert_str_neq(kind->code, other->code);
		}
	}
	cr_assert_str_eq(own_kind(KIND_YAML_SYNTAX)->id, "yaml-syntax");
}

/* What the finding was made from may change or go afterwards. */
Test(diag_finding, a_list_owns_its_texts)
{
	struct finding_list list = {0};
	char text[] = "text", path[] = "spec", name[] = "web";
	char note_text[] = "note", quote[] = "a: b", stable[] = "named";
	char args[] = "one\0two";
	struct subject subject = {.name = name};
	struct note note = {.text = note_text, .quote = quote};
	struct finding finding = {.kind = &kind_a,
	    .text = text,
	    .path = path,
	    .stable_path = stable,
	    .subject = &subject,
	    .args = args,
	    .nargs = 2,
	    .notes = &note,
	    .nnotes = 1,
	    .quote = quote};

	finding_add(&list, &finding);
	text[0] = path[0] = name[0] = note_text[0] = quote[0] = 'X';
	stable[0] = 'X';
	args[0] = args[4] = 'X';
	subject.name = NULL;
	note.text = NULL;
	cr_assert_str_eq(list.items[0].text, "text");
	cr_assert_str_eq(list.items[0].path, "spec");
	cr_assert_str_eq(list.items[0].stable_path, "named");
	cr_assert_str_eq(list.items[0].subject->name, "web");
	cr_assert_null(list.items[0].subject->source);
	cr_assert_str_eq(list.items[0].args, "one");
	cr_assert_str_eq(list.items[0].args + 4, "two");
	cr_assert_str_eq(list.items[0].notes[0].text, "note");
	cr_assert_str_eq(list.items[0].notes[0].quote, "a: b");
	cr_assert_str_eq(list.items[0].quote, "a: b");
	finding_list_release(&list);
}

static const struct subject *add_of(
    struct finding_list *list, const char *kind, const char *name)
{
	struct subject subject = {.kind = kind, .name = name};

	finding_add(list, &(struct finding){.kind = &kind_a,
			      .text = "text",
			      .path = "spec",
			      .subject = &subject});
	return list->items[list->n - 1].subject;
}

/* One after the other share what they say of their object, and no more. */
Test(diag_finding, findings_of_one_object_share_it)
{
	struct finding_list list = {0};
	const struct subject *web = add_of(&list, "Service", "web");
	const struct subject *api;

	cr_assert_eq(add_of(&list, "Service", "web"), web);
	cr_assert_eq(list.items[1].path, list.items[0].path);
	api = add_of(&list, "Service", "api");
	cr_assert_str_eq(api->name, "api");
	cr_assert_eq(api->kind, web->kind);
	cr_assert_str_eq(add_of(&list, "Service", NULL)->kind, "Service");
	cr_assert_null(list.items[3].subject->name);
	cr_assert_str_eq(web->name, "web");
	finding_list_release(&list);
}

Test(diag_finding, what_is_not_there_stays_away)
{
	struct finding_list list = {0};

	add(&list, &kind_a, at(&first, 1, 1), "text");
	cr_assert_null(list.items[0].subject);
	cr_assert_null(list.items[0].path);
	cr_assert_null(list.items[0].quote);
	cr_assert_eq(list.items[0].nnotes, 0);
	finding_list_release(&list);
}

Test(diag_finding, own_findings_have_the_severity_of_their_row)
{
	struct finding_list list = {0};

	finding_own(
	    &list, KIND_NOT_AN_OBJECT, at(&first, 3, 1), "no %s", "kind");
	finding_own(&list, KIND_YAML_SYNTAX, at(&first, 4, 1), "broken");
	cr_assert_eq(list.items[0].severity, SEVERITY_WARNING);
	cr_assert_str_eq(list.items[0].text, "no kind");
	cr_assert_str_eq(list.items[0].kind->id, "not-an-object");
	cr_assert_eq(list.items[0].place.span.line, 3);
	cr_assert_eq(list.items[1].severity, SEVERITY_ERROR);
	finding_list_release(&list);
}

Test(diag_finding, notes_go_to_the_last_finding)
{
	struct finding_list list = {0};

	add(&list, &kind_a, at(&first, 1, 1), "one");
	add(&list, &kind_a, at(&first, 2, 1), "two");
	finding_note(&list, at(&second, 5, 1), "note %d", 1);
	finding_note(&list, (struct place){0}, "note %d", 2);
	cr_assert_eq(list.items[0].nnotes, 0);
	cr_assert_eq(list.items[1].nnotes, 2);
	cr_assert_str_eq(list.items[1].notes[0].text, "note 1");
	cr_assert_eq(list.items[1].notes[0].place.origin, &second);
	cr_assert_str_eq(list.items[1].notes[1].text, "note 2");
	cr_assert_not(place_known(list.items[1].notes[1].place));
	finding_list_release(&list);
}

/* Rivals and the like can be many: n notes must not cost n squared. */
Test(diag_finding, many_notes_cost_their_number)
{
	struct finding_list list = {0};

	add(&list, &kind_a, at(&first, 1, 1), "text");
	for (unsigned i = 0; i < 5000; i++)
		finding_note(&list, at(&first, i + 1, 1), "note %u", i);
	cr_assert_eq(list.items[0].nnotes, 5000);
	for (unsigned i = 0; i < 5000; i++)
		cr_assert_eq(list.items[0].notes[i].place.span.line, i + 1);
	cr_assert_lt(list.arena.total, 5000 * 6 * sizeof(struct note));
	finding_list_release(&list);
}

/* A finding that was copied can be given more notes. */
Test(diag_finding, notes_are_added_to_a_copy)
{
	struct finding_list list = {0}, from = {0};

	add(&from, &kind_a, at(&first, 1, 1), "text");
	for (int i = 0; i < 3; i++)
		finding_note(&from, at(&first, 2, 1), "note %d", i);
	finding_add(&list, &from.items[0]);
	finding_list_release(&from);
	for (int i = 3; i < 9; i++)
		finding_note(&list, at(&first, 2, 1), "note %d", i);
	cr_assert_eq(list.items[0].nnotes, 9);
	cr_assert_str_eq(list.items[0].notes[2].text, "note 2");
	cr_assert_str_eq(list.items[0].notes[8].text, "note 8");
	finding_list_release(&list);
}

static void expect_order(const struct finding_list *list, const char *expected)
{
	struct buf order = {0};

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&order, "%s%s", i ? " " : "", list->items[i].text);
	cr_assert_str_eq(buf_text(&order), expected);
	buf_release(&order);
}

/* File, line, column, id, text: each only when all before it are equal; what
 * has no place comes first. */
Test(diag_finding, order_of_print)
{
	struct finding_list list = {0};

	add(&list, &kind_a, at(&second, 1, 1), "9");
	add(&list, &kind_a, at(&first, 10, 1), "8");
	add(&list, &kind_a, at(&first, 2, 10), "7");
	add(&list, &kind_b, at(&first, 2, 9), "5");
	add(&list, &kind_b, at(&first, 2, 9), "6");
	add(&list, &kind_a, at(&first, 2, 9), "4z");
	add(&list, &kind_a, at(&first, 2, 9), "4a");
	add(&list, &kind_b, at(&first, 1, 50), "3");
	add(&list, &kind_b, (struct place){0}, "1");
	finding_list_sort(&list);
	expect_order(&list, "1 3 4a 4z 5 6 7 8 9");
	finding_list_release(&list);
}

/* Of places that are no numbers of 16 bits, too. */
Test(diag_finding, order_of_far_places)
{
	static const struct origin far = {.name = "far", .index = 65533},
				   farther = {.name = "farther",
				       .index = 65534},
				   farthest = {.name = "last", .index = 70000};
	struct finding_list list = {0};

	add(&list, &kind_a, at(&farthest, 1, 1), "9");
	add(&list, &kind_a, at(&farther, 2, 7), "8");
	add(&list, &kind_a, at(&farther, 2, 5), "7");
	add(&list, &kind_a, at(&farther, 1, 9), "6");
	add(&list, &kind_a, at(&far, 4000000000, 1), "5");
	add(&list, &kind_a, at(&far, 3, 80000), "4");
	add(&list, &kind_a, at(&far, 3, 70000), "3");
	add(&list, &kind_a, at(&far, 3, 65535), "2");
	add(&list, &kind_a, at(&far, 3, 65534), "1");
	finding_list_sort(&list);
	expect_order(&list, "1 2 3 4 5 6 7 8 9");
	finding_list_release(&list);
}

static const char *const cases[] = {
    "the first", "{a} of {b} in {{braces}}", "{a}{b}"};
static const struct diag_kind kind_filled = {.id = "filled",
    .code = "RL0001",
    .message = "no {x} at all",
    .cases = cases,
    .ncases = COUNT_OF(cases)};

/* Of one place and kind by what they say, which differs from the order of what
 * fills them where one text ends: "a of x" is before "a! of x", as " " is
 * before
 * "!". */
Test(diag_finding, order_by_what_fills_the_message)
{
	static const char *const args[] = {
	    "b\0x", "a!\0x", "a\0y", "a\0x", "\xC3\xA9\0x", "a\0x", "a\ty\0x"};
	static const char *const expected[] = {"a\ty of x in {braces}",
	    "a of x in {braces}", "a of y in {braces}", "a! of x in {braces}",
	    "b of x in {braces}", "\xC3\xA9 of x in {braces}"};
	struct finding_list list = {0};
	struct buf text = {0};

	for (size_t i = 0; i < COUNT_OF(args); i++)
		finding_add(&list, &(struct finding){.kind = &kind_filled,
				       .which = 1,
				       .args = args[i],
				       .nargs = 2});
	finding_list_sort(&list);
	cr_assert_eq(list.n, COUNT_OF(expected), "equal ones are one");
	for (size_t i = 0; i < list.n; i++)
		cr_expect_str_eq(
		    finding_text(&list.items[i], &text), expected[i]);
	buf_release(&text);
	finding_list_release(&list);
}

/* The text that a finding of that case has, or one of a kind without cases. */
static void expect_text(const struct diag_kind *kind, uint16_t which,
    const char *args, uint16_t nargs, const char *expected)
{
	struct buf buf = {0};
	struct finding finding = {
	    .kind = kind, .which = which, .args = args, .nargs = nargs};

	buf_add_text(&buf, "what was there");
	cr_expect_str_eq(finding_text(&finding, &buf), expected);
	buf_release(&buf);
}

Test(diag_finding, arguments_fill_the_template)
{
	struct diag_kind plain = kind_filled;

	plain.ncases = 0;
	expect_text(&kind_filled, 0, NULL, 0, "the first");
	expect_text(&kind_filled, 1, "1\0{2}", 2, "1 of {2} in {braces}");
	expect_text(&kind_filled, 2, "\0", 2, "");
	expect_text(&kind_filled, 2, "x\0y", 2, "xy");
	expect_text(&plain, 1, "probe", 1, "no probe at all");
	plain.message = "";
	expect_text(&plain, 0, NULL, 0, "");
}

Test(diag_finding, its_own_text_comes_first)
{
	struct buf buf = {0};
	struct finding finding = {.kind = &kind_filled, .text = "own"};

	cr_assert_eq(finding_text(&finding, &buf), finding.text);
	cr_assert_null(buf.ptr, "nothing is made");
}

/* "the " would come before both when only arguments were compared. */
Test(diag_finding, filled_texts_are_ordered_as_texts)
{
	struct finding_list list = {0};
	struct finding finding = {.kind = &kind_filled,
	    .place = at(&first, 1, 1),
	    .which = 2,
	    .nargs = 2};

	finding.args = "b\0z";
	finding_add(&list, &finding);
	finding.args = "a\0";
	finding_add(&list, &finding);
	finding.which = 0;
	finding.nargs = 0;
	finding_add(&list, &finding);
	finding.which = 2;
	finding.nargs = 2;
	finding.args = "\0a";
	finding_add(&list, &finding);
	finding_list_sort(&list);
	finding_list_write_out(&list);
	cr_assert_eq(list.n, 3, "two say a");
	cr_assert_str_eq(list.items[0].text, "a");
	cr_assert_str_eq(list.items[1].text, "bz");
	cr_assert_str_eq(list.items[2].text, "the first");
	finding_list_release(&list);
}

/* Those of the objects of a release stay until all is printed. */
Test(diag_finding, a_subject_that_lasts_is_not_copied)
{
	struct finding_list list = {0};
	const struct subject web = {.group = "apps", .name = "web"};
	struct subject other = {.group = "apps", .name = "other"};
	struct finding finding = {.kind = &kind_a,
	    .text = "x",
	    .subject = &web,
	    .subject_lasts = true};

	finding_add(&list, &finding);
	finding_add(&list, &finding);
	finding.subject = &other;
	finding_add(&list, &finding);
	other.name = "gone";
	cr_assert_eq(list.items[0].subject->name, web.name);
	cr_assert_eq(list.items[1].subject, list.items[0].subject);
	cr_assert_str_eq(list.items[2].subject->name, "other");
	finding_list_release(&list);
}

/* One line of a template may print many objects: each keeps its own. */
Test(diag_finding, findings_of_a_template_line_go_by_what_was_rendered)
{
	struct finding_list list = {0};

	add(&list, &kind_b, at(&first, 1, 1), "x");
	add(&list, &kind_a, at(&first, 1, 1), "x");
	add(&list, &kind_a, at(&first, 1, 1), "x");
	finding_set_rendered(&list, &list.items[0], at(&second, 3, 1));
	finding_set_rendered(&list, &list.items[1], at(&second, 9, 1));
	finding_set_rendered(&list, &list.items[2], at(&second, 7, 1));
	finding_list_sort(&list);
	cr_assert_eq(list.n, 3);
	cr_assert_eq(list.items[0].rendered->span.line, 3);
	cr_assert_eq(list.items[1].rendered->span.line, 7);
	cr_assert_eq(list.items[2].rendered->span.line, 9);
	finding_list_release(&list);
}

Test(diag_finding, equal_findings_are_one)
{
	struct finding_list list = {0};

	add(&list, &kind_a, at(&first, 1, 1), "x");
	add(&list, &kind_b, at(&first, 1, 1), "x");
	add(&list, &kind_a, at(&first, 1, 1), "x");
	add(&list, &kind_a, at(&first, 1, 2), "x");
	add(&list, &kind_a, at(&second, 1, 1), "x");
	finding_list_sort(&list);
	cr_assert_eq(list.n, 4);
	cr_assert_str_eq(list.items[1].kind->id, "bb");
	finding_list_release(&list);
}

/* All of a finding moves, wherever it was before. */
Test(diag_finding, many_findings_keep_what_they_say)
{
	enum { N = 1000 };
	struct finding_list list = {0};
	struct buf text = {0};

	for (unsigned i = 0; i < N; i++) {
		unsigned line = 1 + i * 617 % N; /* each once */

		buf_clear(&text);
		buf_printf(&text, "%u", line);
		add(&list, &kind_a, at(&first, line, 1), buf_text(&text));
	}
	finding_list_sort(&list);
	cr_assert_eq(list.n, N);
	for (unsigned i = 0; i < N; i++) {
		buf_clear(&text);
		buf_printf(&text, "%u", i + 1);
		cr_assert_eq(list.items[i].place.span.line, i + 1);
		cr_assert_str_eq(list.items[i].text, buf_text(&text));
	}
	buf_release(&text);
	finding_list_release(&list);
}

Test(diag_finding, an_empty_list_is_in_order)
{
	struct finding_list list = {0};

	finding_list_sort(&list);
	cr_assert_eq(list.n, 0);
	finding_list_release(&list);
}

Test(diag_finding, a_list_is_appended_with_its_texts)
{
	struct finding_list list = {0}, from = {0};

	for (int i = 0; i < 20; i++)
		add(&from, &kind_a, at(&first, 1, 1), i ? "later" : "first");
	finding_list_append(&list, &from);
	cr_assert_eq(from.n, 0);
	add(&from, &kind_b, at(&first, 2, 1), "last");
	finding_list_append(&list, &from);
	finding_list_append(&list, &from);
	cr_assert_eq(list.n, 21);
	cr_assert_str_eq(list.items[0].text, "first");
	cr_assert_str_eq(list.items[20].text, "last");
	finding_list_release(&list);
}

Test(diag_finding, what_is_held_back_stands_behind_the_others)
{
	static const char order[] = "bdeac";
	struct finding_list list = {0};

	for (char c = 'a'; c <= 'e'; c++)
		add(&list, &kind_a, at(&first, 1, 1), (char[]){c, '\0'});
	cr_assert_eq(finding_list_hold_known(&list), 0);
	list.items[0].known = list.items[2].known = true;
	cr_assert_eq(finding_list_hold_known(&list), 2);
	cr_assert_eq(list.n, 3);
	for (size_t i = 0; order[i]; i++)
		cr_assert_eq(*list.items[i].text, order[i]);
	finding_list_release(&list);
}

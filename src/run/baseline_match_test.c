/* Which findings a baseline covers. */
#include "run/baseline_match.h"

#include "diag/suppression.h"
#include "report/fingerprint.h"

#include <criterion/criterion.h>

static const struct diag_kind kind = {.id = "a-rule", .code = "AC01"};
static const struct diag_kind other_kind = {.id = "b-rule", .code = "AC02"};
static const struct origin file = {.name = "a.yaml"};
static const struct origin renamed = {.name = "b.yaml"};
static const struct subject web = {
    "apps", "v1", "Deployment", "shop", "web", "", NULL};
static const struct subject api = {
    "apps", "v1", "Deployment", "shop", "api", "", NULL};

/* A warning about web at spec.x, on a line of its own. */
static struct finding example(uint32_t line, const char *line_hash)
{
	return (struct finding){
	    .kind = &kind,
	    .severity = SEVERITY_WARNING,
	    .place = {&file, {line, 1, line, 2}},
	    .text = "x",
	    .subject = &web,
	    .path = "spec.x",
	    .line_hash = line_hash,
	};
}

/* As baseline_read() finds it in what SARIF makes of the finding. */
static void remember(struct baseline *baseline, const struct finding *finding)
{
	struct buf digits = {0};

	fingerprint_add(&digits, finding);
	baseline->items = grow(baseline->items, baseline->n, &baseline->cap,
	    sizeof(*baseline->items));
	baseline->items[baseline->n++] = (struct baseline_item){
	    .code = finding->kind->code,
	    .object = slice_copy(&baseline->arena, buf_slice(&digits)).ptr,
	    .line = finding->line_hash,
	    .severity = finding->severity,
	};
	buf_release(&digits);
}

/* Marks those of now; the lines of the known ones, then the number gone. */
static void expect_marks(const struct baseline *baseline,
    const struct finding *now, size_t n, const char *expected)
{
	struct finding_list list = {0};
	struct buf got = {0};
	size_t ngone;

	for (size_t i = 0; i < n; i++)
		finding_add(&list, &now[i]);
	ngone = baseline_match(&list, baseline);
	for (size_t i = 0; i < list.n; i++) {
		if (list.items[i].known)
			buf_printf(&got, "%u ", list.items[i].place.span.line);
	}
	buf_printf(&got, "gone %zu", ngone);
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	finding_list_release(&list);
}

static void expect(const struct finding *then, size_t nthen,
    const struct finding *now, size_t nnow, const char *expected)
{
	struct baseline baseline = {0};

	for (size_t i = 0; i < nthen; i++)
		remember(&baseline, &then[i]);
	expect_marks(&baseline, now, nnow, expected);
	baseline_release(&baseline);
}

Test(known, what_was_there_is_known_wherever_it_is_now)
{
	struct finding then = example(5, "aa:1"), now = example(90, "bb:1");

	now.place.origin = &renamed;
	now.text = "the number 3 became 4";
	expect(&then, 1, &now, 1, "90 gone 0");
	expect(NULL, 0, &now, 1, "gone 0");
	expect(&then, 1, NULL, 0, "gone 1");
}

Test(known, another_rule_object_or_path_is_new)
{
	struct finding then = example(5, "aa:1"), now = then;

	now.kind = &other_kind;
	expect(&then, 1, &now, 1, "gone 1");
	now = then;
	now.subject = &api;
	expect(&then, 1, &now, 1, "gone 1");
	now = then;
	now.path = "spec.y";
	expect(&then, 1, &now, 1, "gone 1");
}

Test(known, two_cover_two_and_not_three)
{
	struct finding then[] = {example(5, "aa:1"), example(6, "bb:1")};
	struct finding now[] = {
	    example(4, "cc:1"), example(5, "aa:1"), example(6, "bb:1")};

	expect(then, 2, now, 2, "4 5 gone 0");
	/* The one whose line was not there is the new one. */
	expect(then, 2, now, 3, "5 6 gone 0");
	expect(then, 1, now, 3, "5 gone 0");
	expect(then, 2, now, 1, "4 gone 1");
}

Test(known, what_got_worse_is_new)
{
	struct finding then = example(5, "aa:1"), now = then;

	now.severity = SEVERITY_ERROR;
	expect(&then, 1, &now, 1, "gone 0");
	expect(&now, 1, &then, 1, "5 gone 0");
}

/* The error must not be spent on the note while a note is there. */
Test(known, the_least_severe_that_will_do_is_taken)
{
	struct finding then[] = {example(5, "aa:1"), example(6, "aa:1")};
	struct finding now[] = {example(7, "aa:1"), example(8, "aa:1")};

	then[0].severity = now[1].severity = SEVERITY_ERROR;
	then[1].severity = now[0].severity = SEVERITY_NOTE;
	expect(then, 2, now, 2, "7 8 gone 0");
	then[1].line_hash = NULL;
	expect(then, 2, now, 2, "7 gone 0");
}

/* Its line's text tells it; two equal lines have numbers. */
Test(known, about_no_object)
{
	struct finding then = example(5, "aa:1"), now = example(9, "aa:1");

	then.subject = now.subject = NULL;
	then.path = now.path = NULL;
	expect(&then, 1, &now, 1, "9 gone 0");
	now.line_hash = "aa:2";
	expect(&then, 1, &now, 1, "gone 1");
}

/* Of a version that made other fingerprints of objects. */
Test(known, an_item_without_the_object_is_told_by_its_line)
{
	struct baseline_item items[] = {
	    {.code = "AC01", .line = "aa:1", .severity = SEVERITY_WARNING},
	    {.code = "AC02", .line = "bb:1", .severity = SEVERITY_WARNING},
	};
	struct baseline baseline = {.items = items, .n = 2};
	struct finding now[] = {example(3, "aa:1"), example(4, "bb:1")};

	expect_marks(&baseline, now, 2, "3 gone 1");
}

Test(known, what_is_suppressed_is_neither_known_nor_gone)
{
	struct suppression suppression = {.reason = "because"};
	struct finding then = example(5, "aa:1");
	struct finding now[] = {then, example(6, "bb:1")};

	now[0].suppression = &suppression;
	expect(&then, 1, now, 1, "gone 0");
	/* It takes nothing from one that is not. */
	expect(&then, 1, now, 2, "6 gone 0");
}

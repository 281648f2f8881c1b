/* Tests of by_object: which findings stand together, and in which order. */
#include "report/by_object.h"

#include <criterion/criterion.h>

static const struct subject web = {
    .kind = "Deployment", .namespace = "", .name = "web", .group = "apps"};
static const struct subject same_web = {
    .kind = "Deployment", .namespace = "", .name = "web", .group = "apps"};
static const struct subject service = {
    .kind = "Service", .namespace = "", .name = "web", .group = ""};

#define FINDING(about, level)                           \
	{                                               \
		.subject = (about), .severity = (level) \
	}

/* The groups as "0 2, 1": numbers of findings. */
static void check(const struct report *report, const char *expected)
{
	struct arena arena = {0};
	struct object_groups groups = group_by_object(&arena, report);
	struct buf buf = {0};

	for (size_t i = 0; i < groups.n; i++) {
		buf_add_text(&buf, i ? "," : "");
		for (size_t j = 0; j < groups.items[i].n; j++)
			buf_printf(&buf, "%s%zu", i || j ? " " : "",
			    groups.items[i].items[j]);
	}
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
	arena_release(&arena);
}

/* A kind, a name: two objects of one name are two, one object told of at two
 * addresses is one; what is about none is a group. */
Test(by_object, objects_are_told_apart)
{
	static const struct finding findings[] = {
	    FINDING(&web, SEVERITY_ERROR),
	    FINDING(&service, SEVERITY_ERROR),
	    FINDING(&same_web, SEVERITY_ERROR),
	    FINDING(NULL, SEVERITY_ERROR),
	};

	check(&(struct report){.findings = findings, .nfindings = 4},
	    "0 2, 1, 3");
}

/* The object with an error comes before one that has many warnings, and in an
 * object its error before its warning. */
Test(by_object, the_worst_comes_first)
{
	static const struct finding findings[] = {
	    FINDING(&service, SEVERITY_WARNING),
	    FINDING(&service, SEVERITY_WARNING),
	    FINDING(&web, SEVERITY_NOTE),
	    FINDING(&web, SEVERITY_ERROR),
	};

	check(
	    &(struct report){.findings = findings, .nfindings = 4}, "3 2, 0 1");
}

/* What another stands for is told with that one. */
Test(by_object, repeats_are_left_out)
{
	static const struct finding findings[] = {
	    FINDING(&web, SEVERITY_ERROR),
	    FINDING(&service, SEVERITY_ERROR),
	};
	static const struct fold folds[] = {{.nmore = 1}, {.is_repeat = true}};

	check(
	    &(struct report){
		.findings = findings, .nfindings = 2, .folds = folds},
	    "0");
	check(&(struct report){0}, "");
}

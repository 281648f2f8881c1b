/* Which findings are told of as one. */
#include "report/fold.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const struct diag_kind kind = {.id = "no-probe"};
static const struct diag_kind other_kind = {.id = "no-request"};
static const struct origin stream = {.name = "in.yaml"};
static const struct origin template = {
    .name = "t/component.yaml", .role = ORIGIN_TEMPLATE, .index = 1};

static const struct subject cart = {
    .group = "apps",
    .kind = "Deployment",
    .namespace = "",
    .name = "demo-cart",
    .source = "shop/templates/component.yaml",
};
static const struct subject mail = {
    .group = "apps",
    .kind = "Deployment",
    .namespace = "",
    .name = "demo-mail",
    .source = "shop/templates/component.yaml",
};

static const struct finding of_cart = {
    .kind = &kind,
    .severity = SEVERITY_ERROR,
    .place = {&stream, {10, 5, 10, 9}},
    .text = "container 'cart' of Deployment 'demo-cart' has no probe",
    .subject = &cart,
    .path = "spec.containers[0]",
    .stable_path = "spec.containers[name=cart]",
};
static const struct finding of_mail = {
    .kind = &kind,
    .severity = SEVERITY_ERROR,
    .place = {&stream, {40, 5, 40, 9}},
    .text = "container 'mail' of Deployment 'demo-mail' has no probe",
    .subject = &mail,
    .path = "spec.containers[0]",
    .stable_path = "spec.containers[name=mail]",
};

/* Whether the two are one; either way both are still there. */
static bool are_one(struct finding left, struct finding right)
{
	struct finding findings[] = {left, right};
	struct arena arena = {0};
	const struct fold *folds = fold_findings(&arena, findings, 2, 1);
	bool one = folds[1].is_repeat;

	cr_assert(!folds[0].is_repeat);
	cr_assert_eq(folds[0].nmore, one ? 1 : 0);
	cr_assert_eq(folds[0].next, one ? 1 : 0);
	arena_release(&arena);
	return one;
}

Test(fold, one_template_but_for_names)
{
	cr_assert(are_one(of_cart, of_mail));
}

Test(fold, what_differs_is_another_mistake)
{
	static const struct origin other_stream = {
	    .name = "b.yaml", .index = 2};
	struct finding finding;

	finding = of_mail;
	finding.kind = &other_kind;
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.severity = SEVERITY_WARNING;
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.promoted = true;
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.path = "spec.containers[1]";
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.text = "container 'mail' of Deployment 'demo-mail' has no port";
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.place.origin = &other_stream;
	cr_assert(!are_one(of_cart, finding));
	finding = of_mail;
	finding.subject = NULL;
	cr_assert(!are_one(of_cart, finding));
}

Test(fold, other_kind_of_object_or_template)
{
	struct subject subject = mail;
	struct finding finding = of_mail;

	finding.subject = &subject;
	subject.kind = "StatefulSet";
	cr_assert(!are_one(of_cart, finding));
	subject = mail;
	subject.source = "shop/templates/mail.yaml";
	cr_assert(!are_one(of_cart, finding));
}

/* A number in one message is not the number in another. */
Test(fold, only_names_may_differ)
{
	struct finding left = of_cart, right = of_mail;

	left.text = "'demo-cart' needs 45 s";
	right.text = "'demo-mail' needs 60 s";
	cr_assert(!are_one(left, right));
	right.text = "'demo-mail' needs 45 s";
	cr_assert(are_one(left, right));
	left.text = "'demo-cart-live' leads to 'demo-cart'";
	right.text = "'demo-mail-live' leads to 'demo-mail'";
	cr_assert(are_one(left, right));
	right.text = "'demo-mail-live' leads to 'demo-mails'";
	cr_assert(!are_one(left, right));
}

/* A digit or a letter, the first and last of them too, goes on with a word. */
Test(fold, names_are_whole_words)
{
	static const char inside[] = "09azAZ", between[] = "/:@[`{-._";
	struct finding left = of_cart, right = of_mail;

	for (const char *c = inside; *c; c++) {
		char of_left[40], of_right[40];

		snprintf(of_left, sizeof(of_left), "a port 'cart%c' of", *c);
		snprintf(of_right, sizeof(of_right), "a port 'mail%c' of", *c);
		left.text = of_left;
		right.text = of_right;
		cr_assert(!are_one(left, right), "%s", of_left);
	}
	for (const char *c = between; *c; c++) {
		char of_left[40], of_right[40];

		snprintf(of_left, sizeof(of_left), "a port 'x%ccart' of", *c);
		snprintf(of_right, sizeof(of_right), "a port 'x%cmail' of", *c);
		left.text = of_left;
		right.text = of_right;
		cr_assert(are_one(left, right), "%s", of_left);
	}
}

/* Words of the sentence are nobody's name. */
Test(fold, names_stand_between_quotes)
{
	struct finding left = of_cart, right = of_mail;

	left.text = "the cart of Deployment 'demo-cart'";
	right.text = "the mail of Deployment 'demo-mail'";
	cr_assert(!are_one(left, right));
}

Test(fold, names_stand_in_paths)
{
	struct finding left = of_cart, right = of_mail;

	left.text = "spec.containers[name=cart].image is required";
	right.text = "spec.containers[name=mail].image is required";
	cr_assert(are_one(left, right));
	right.text = "spec.containers[name=mail].command is required";
	cr_assert(!are_one(left, right));
}

Test(fold, without_template_names_must_begin_alike)
{
	struct subject first = cart, second = mail;
	struct finding left = of_cart, right = of_mail;

	first.source = second.source = "";
	left.subject = &first;
	right.subject = &second;
	cr_assert(are_one(left, right));
	second.name = "mail";
	right.text = "container 'mail' of Deployment 'mail' has no probe";
	cr_assert(!are_one(left, right));
	second.name = "shop-mail";
	right.text = "container 'mail' of Deployment 'shop-mail' has no probe";
	cr_assert(!are_one(left, right));
	second = mail;
	second.source = "";
	right = of_mail;
	right.subject = &second;
	right.place.origin = &template;
	cr_assert(!are_one(left, right));
}

Test(fold, names_without_a_stem_are_not_of_a_set)
{
	struct subject first = cart, second = mail;
	struct finding left = of_cart, right = of_mail;

	first.source = second.source = "";
	first.name = "cart";
	second.name = "mail";
	left.subject = &first;
	right.subject = &second;
	left.text = right.text = "no probe";
	cr_assert(!are_one(left, right));
	first.name = "shard1";
	second.name = "shard2";
	cr_assert(are_one(left, right));
}

Test(fold, the_line_of_a_template_decides_when_it_is_known)
{
	struct finding left = of_cart, right = of_mail;

	left.place = right.place = (struct place){&template, {7, 3, 7, 9}};
	right.path = "spec.containers[1]";
	cr_assert(are_one(left, right));
	right.place.span.line = 8;
	right.path = left.path;
	cr_assert(!are_one(left, right));
}

/* What is rendered twice is wrong twice; what a loop prints is one line. */
Test(fold, an_object_alone)
{
	struct finding again = of_cart;

	again.place.span.line = 90;
	cr_assert(!are_one(of_cart, again));
	again = of_cart;
	again.text = "container 'side' of Deployment 'demo-cart' has no probe";
	again.stable_path = "spec.containers[name=side]";
	cr_assert(!are_one(of_cart, again));
}

/* What the first of n findings says of the others; caller releases. */
static struct buf others_of(const struct finding *findings, size_t n)
{
	struct arena arena = {0};
	struct report report = {
	    .findings = findings,
	    .nfindings = n,
	    .folds = fold_findings(&arena, findings, n, 2),
	};
	struct buf buf = {0};

	fold_add_count(&buf, &report, 0);
	buf_add_char(&buf, '|');
	cr_assert_eq(fold_add_others(&buf, &report, 0), n > 1);
	arena_release(&arena);
	return buf;
}

Test(fold, names_the_others)
{
	struct finding findings[] = {of_cart, of_mail};
	struct subject there = mail;
	struct buf buf = others_of(findings, 1);

	cr_assert_str_eq(buf_text(&buf), "|");
	buf_release(&buf);
	buf = others_of(findings, 2);
	cr_assert_str_eq(
	    buf_text(&buf), " (and 1 similar)|also 'demo-mail' (line 40)");
	buf_release(&buf);
	there.namespace = "eu\n";
	findings[1].subject = &there;
	findings[1].rendered = &(struct place){&stream, {77, 1, 77, 2}};
	buf = others_of(findings, 2);
	cr_assert_str_eq(buf_text(&buf),
	    " (and 1 similar)|also 'eu<U+000A>/demo-mail' (line 77)");
	buf_release(&buf);
}

Test(fold, names_the_file_of_what_is_in_another)
{
	static const struct origin other_stream = {
	    .name = "b.yaml", .index = 2};
	struct finding findings[] = {of_cart, of_mail};
	struct buf buf;

	findings[0].rendered = &of_cart.place;
	findings[1].rendered = &(struct place){&other_stream, {9, 1, 9, 2}};
	findings[0].place = findings[1].place =
	    (struct place){&template, {7, 3, 7, 9}};
	buf = others_of(findings, 2);
	cr_assert_str_eq(
	    buf_text(&buf), " (and 1 similar)|also 'demo-mail' (b.yaml:9)");
	buf_release(&buf);
}

Test(fold, names_containers_of_one_object)
{
	struct finding findings[] = {of_cart, of_cart};
	struct buf buf;

	findings[0].place = findings[1].place =
	    (struct place){&template, {7, 3, 7, 9}};
	findings[1].text =
	    "container 'side' of Deployment 'demo-cart' has no probe";
	findings[1].stable_path = "spec.containers[name=side]";
	findings[0].rendered = &(struct place){&stream, {8, 1, 8, 2}};
	findings[1].rendered = &(struct place){&stream, {12, 1, 12, 2}};
	buf = others_of(findings, 2);
	cr_assert_str_eq(
	    buf_text(&buf), " (and 1 similar)|also 'side' (line 12)");
	buf_release(&buf);
}

Test(fold, names_no_more_than_eight)
{
	struct finding findings[11];
	struct subject subjects[11];
	static const char *const names[] = {
	    "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10"};
	struct buf buf;

	for (size_t i = 0; i < 11; i++) {
		subjects[i] = cart;
		subjects[i].name = names[i];
		findings[i] = of_cart;
		findings[i].subject = &subjects[i];
		findings[i].text = "no probe";
		findings[i].place.span.line = (uint32_t)i + 1;
	}
	buf = others_of(findings, 11);
	cr_assert_str_eq(buf_text(&buf),
	    " (and 10 similar)|also 'm1' (line 2), 'm2' (line 3), "
	    "'m3' (line 4), 'm4' (line 5), 'm5' (line 6), 'm6' (line 7), "
	    "'m7' (line 8), 'm8' (line 9) and 2 more; --no-fold shows each");
	buf_release(&buf);
}

Test(fold, a_report_that_is_not_folded_says_nothing)
{
	struct report report = {.findings = &of_cart, .nfindings = 1};
	struct buf buf = {0};

	fold_add_count(&buf, &report, 0);
	cr_assert(!fold_add_others(&buf, &report, 0));
	cr_assert_eq(buf.len, 0);
	buf_release(&buf);
}

/* Forms: the examples of each, and the edges of those with grammars. */
#include "schema/form.h"

#include <criterion/criterion.h>
#include <string.h>

Test(schema_form, each_takes_its_example_and_no_other)
{
	for (enum form form = FORM_NONE + 1; form < FORM_MAX; form++) {
		const struct form_row *row = form_row(form);

		cr_assert_not_null(row->takes);
		cr_assert(form_takes(form, slice_of(row->good)), "%s: %s",
		    row->name, row->good);
		cr_assert(!form_takes(form, slice_of(row->bad)), "%s: %s",
		    row->name, row->bad);
		cr_assert_gt(strlen(row->words), 0);
	}
	cr_assert(form_takes(FORM_NONE, SLICE("")));
}

struct row {
	enum form form;
	const char *text;
	bool is_taken;
};

static void expect(const struct row *row)
{
	cr_assert_eq(form_takes(row->form, slice_of(row->text)), row->is_taken,
	    "%s: %s", form_row(row->form)->name, row->text);
}

/* As robfig/cron reads them, which Kubernetes uses. */
Test(schema_form, schedules)
{
	static const struct row rows[] = {
	    {FORM_cron, "* * * * *", true},
	    {FORM_cron, "0-59/15 0,12 1-31 jan-DEC sun", true},
	    {FORM_cron, "  */5   * * * 1-5  ", true},
	    {FORM_cron, "? ? ? ? ?", true},
	    {FORM_cron, "5/10 * * * *", true},
	    {FORM_cron, "@daily", true},
	    {FORM_cron, "@every 1h30m", true},
	    {FORM_cron, "@every often", false},
	    {FORM_cron, "@reboot", false},
	    {FORM_cron, "* * * *", false},
	    {FORM_cron, "* * * * * *", false},
	    {FORM_cron, "60 * * * *", false},
	    {FORM_cron, "* 24 * * *", false},
	    {FORM_cron, "* * 0 * *", false},
	    {FORM_cron, "* * * 13 *", false},
	    {FORM_cron, "* * * * 7", false},
	    {FORM_cron, "5-1 * * * *", false},
	    {FORM_cron, "*/0 * * * *", false},
	    {FORM_cron, "*/5/5 * * * *", false},
	    {FORM_cron, "1-2-3 * * * *", false},
	    {FORM_cron, "a * * * *", false},
	    {FORM_cron, "TZ=UTC 0 * * * *", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

Test(schema_form, times)
{
	static const struct row rows[] = {
	    {FORM_time, "2024-02-29T23:59:59Z", true},
	    {FORM_time, "2026-01-31T12:00:00.123456+02:00", true},
	    {FORM_time, "2023-02-29T00:00:00Z", false},
	    {FORM_time, "2026-13-01T00:00:00Z", false},
	    {FORM_time, "2026-01-31T24:00:00Z", false},
	    {FORM_time, "2026-01-31T12:00:00", false},
	    {FORM_time, "2026-01-31 12:00:00Z", false},
	    {FORM_duration, "1.5h", true},
	    {FORM_duration, "-1m30s", true},
	    {FORM_duration, "0", true},
	    {FORM_duration, "5", false},
	    {FORM_duration, "5 s", false},
	    {FORM_duration, "", false},
	    {FORM_time_zone, "UTC", true},
	    {FORM_time_zone, "Etc/GMT+5", true},
	    {FORM_time_zone, "europe/paris", false},
	    {FORM_time_zone, "Local", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

Test(schema_form, names_and_numbers)
{
	static const struct row rows[] = {
	    {FORM_label_value, "", true},
	    {FORM_label_value, "a.", false},
	    {FORM_label_key, "a.b/c-d_e.f", true},
	    {FORM_label_key, "/c", false},
	    {FORM_label_key, "A.b/c", false},
	    {FORM_annotation_key, "A.b/c", true},
	    {FORM_subdomain, "a..b", false},
	    {FORM_subdomain, "a.b-c.d", true},
	    {FORM_host_name, "*.a.b", true},
	    {FORM_host_name, "*", false},
	    {FORM_part, "100%", true},
	    {FORM_part, "0100%", true},
	    {FORM_part, "1.5%", false},
	    {FORM_part, "-1%", false},
	    {FORM_amount, "300%", true},
	    {FORM_cidr, "2001:db8::/32", true},
	    {FORM_cidr, "10.0.0.0/33", false},
	    {FORM_cidr, "10.0.0.0/08", false},
	    {FORM_quantity, "1e3", true},
	    {FORM_quantity, "-1.5Gi", true},
	    {FORM_quantity, "--1", false},
	    {FORM_quantity_not_negative, "-0.1", false},
	    {FORM_base64, "", true},
	    {FORM_base64, "YQ==", true},
	    {FORM_base64, "YQ\n==", true},
	    {FORM_base64, "YQ", false},
	    {FORM_base64, "Y=Q=", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

Test(schema_form, a_range_is_within_a_greater_one)
{
	struct cidr all, half, other, six;

	cr_assert(cidr_parse(SLICE("10.0.0.0/8"), &all));
	cr_assert(cidr_parse(SLICE("10.128.0.0/9"), &half));
	cr_assert(cidr_parse(SLICE("11.0.0.0/9"), &other));
	cr_assert(cidr_parse(SLICE("::/0"), &six));
	cr_assert(cidr_is_within(&half, &all));
	cr_assert(!cidr_is_within(&all, &all));
	cr_assert(!cidr_is_within(&other, &all));
	cr_assert(!cidr_is_within(&half, &six));
}

/* Grammar of cel-spec, "Syntax": in a raw literal a backslash is itself. */
Test(schema_form, expressions_of_cel)
{
	static const struct row rows[] = {
	    {FORM_cel, "a.b(c, [1, {'x': 2}])", true},
	    {FORM_cel, "'(' + \"[\" + '\\'' ", true},
	    {FORM_cel, "a.matches(r'^\\d+\\') // (", true},
	    {FORM_cel, "\"\"\"a \" ( \n b\"\"\"", true},
	    {FORM_cel, "b'\\'' == bytes(a)", true},
	    {FORM_cel, "a // all\n && b", true},
	    {FORM_cel, "object.metadata.namespace == 'a'", true},
	    {FORM_cel, "{?'a': x.?b}.size() + [?x, 1u].size()", true},
	    {FORM_cel, ".a.b(1) ? -a : !b", true},
	    {FORM_cel, "Object{spec: Object.spec{replicas: 3}}", true},
	    {FORM_cel, "m.all(k, v, v > 1) && m.?a.optMap(x, x)", true},
	    {FORM_cel, "18446744073709551615u > a.`b-c`", true},
	    {FORM_cel, "a = 3", false},
	    {FORM_cel, "a === 3", false},
	    {FORM_cel, "a and b", false},
	    {FORM_cel, "a & b", false},
	    {FORM_cel, "if (a) b", false},
	    {FORM_cel, "a ? b", false},
	    {FORM_cel, "f(a b)", false},
	    {FORM_cel, "'\\d'", false},
	    {FORM_cel, "(a", false},
	    {FORM_cel, "a)", false},
	    {FORM_cel, "(a]", false},
	    {FORM_cel, "'a", false},
	    {FORM_cel, "'a\n'", false},
	    {FORM_cel, "a &&", false},
	    {FORM_cel, "a && // b", false},
	    {FORM_cel, "  ", false},
	    {FORM_cel_name, "_a1", true},
	    {FORM_cel_name, "a-b", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

/* GEP-2257. */
Test(schema_form, durations_of_the_gateway_api)
{
	static const struct row rows[] = {
	    {FORM_gateway_duration, "0s", true},
	    {FORM_gateway_duration, "99999ms", true},
	    {FORM_gateway_duration, "1h2m3s4ms", true},
	    {FORM_gateway_duration, "1h2m3s4ms5s", false},
	    {FORM_gateway_duration, "100000s", false},
	    {FORM_gateway_duration, "10", false},
	    {FORM_gateway_duration, "", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

/* A message of an admission policy may be a block of YAML. */
Test(schema_form, texts_of_one_line)
{
	static const struct row rows[] = {
	    {FORM_one_line, "not allowed\n", true},
	    {FORM_one_line, "not\nallowed", false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

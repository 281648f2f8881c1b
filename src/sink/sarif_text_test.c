/* Messages of rules as SARIF has them. */
#include "sink/sarif_text.h"

#include <criterion/criterion.h>

static void expect_numbered(const char *message, const char *wanted)
{
	struct buf buf = {0};

	sarif_add_numbered(&buf, message);
	cr_assert_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

Test(sink_sarif_text, numbered_templates)
{
	expect_numbered("'{a.b}' has '{c}'", "'{0}' has '{1}'.");
	expect_numbered("{a} of {b}.", "{0} of {1}.");
	expect_numbered("{{x}} }", "{{x}} }}.");
	expect_numbered("{unclosed", "{{unclosed.");
	expect_numbered("{a == \"}\" ? {'b': 1} : {}}!", "{0}!.");
}

Test(sink_sarif_text, readable_templates)
{
	struct buf buf = {0};

	sarif_add_readable(&buf, "'{a}' has {b} {{x}}");
	cr_assert_str_eq(buf_text(&buf), "'...' has ... {x}.");
	buf_release(&buf);
}

/* Names of files as references. */
#include "report/uri.h"

#include <criterion/criterion.h>

static void expect_uri(struct origin origin, const char *wanted)
{
	struct buf buf = {0};

	uri_add(&buf, &origin);
	cr_assert_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

Test(report_uri, uris)
{
	expect_uri((struct origin){.name = "a/b-c.yaml"}, "a/b-c.yaml");
	expect_uri((struct origin){.name = "././a.yaml"}, "a.yaml");
	expect_uri((struct origin){.name = "a b:c#d?e%f.yaml"},
	    "a%20b%3Ac%23d%3Fe%25f.yaml");
	expect_uri((struct origin){.name = "[\\\"<^`{|}>]"},
	    "%5B%5C%22%3C%5E%60%7B%7C%7D%3E%5D");
	expect_uri(
	    (struct origin){.name = "\xC3\xA9\xff\n"}, "%C3%A9%EF%BF%BD%0A");
	expect_uri((struct origin){.name = "/x/y.json"}, "x/y.json");
	expect_uri(
	    (struct origin){.name = "<stdin>", .is_stdin = true}, "stdin");
	expect_uri(
	    (struct origin){.name = "a.yaml", .is_stdin = true}, "a.yaml");
	expect_uri((struct origin){.name = "<stdin>"}, "%3Cstdin%3E");
}

/* Tags of XML in their order, and what is refused where. */
#include "input/xml_text.h"

#include <criterion/criterion.h>

#include <stdlib.h>

/* Names of the tags, "/" before those that close; then what is wrong. */
static void expect(const char *text, const char *tags)
{
	struct xml_reader *reader = xcalloc(1, sizeof(*reader));
	struct xml_tag tag;
	struct buf said = {0};
	int more;

	reader->text = slice_of(text);
	while ((more = xml_next(reader, &tag)) > 0)
		buf_printf(&said, "%s%.*s%s ", tag.opens ? "" : "/",
		    SLICE_ARGS(tag.name), tag.opens && tag.closes ? "/" : "");
	if (more < 0)
		buf_printf(&said, "%zu", reader->at);
	cr_assert_str_eq(buf_text(&said), tags, "%s: %s", text,
	    buf_text(&said));
	buf_release(&said);
	free(reader);
}

Test(input_xml_text, tags)
{
	expect("<?xml version='1.0'?><a><b c='>'/>x<!-- <d> --></a>",
	    "a b/ /a ");
	expect("<a><![CDATA[<b>]]></a >\n", "a /a ");
}

Test(input_xml_text, refused)
{
	expect("<a><b></a>", "a b 6");	 /* b is open */
	expect("<a/><b/>", "a/ 4");	 /* one root */
	expect("<!DOCTYPE a><a/>", "0"); /* no entities of one's own */
	expect("<a", "0");
	expect("<a b=c/>", "3");
	expect("<a>", "a 3");
	expect("text", "0");
}

Test(input_xml_text, attributes)
{
	struct xml_reader reader = {.text = SLICE("<a b=\"1\" c = '2'/>")};
	struct xml_tag tag;

	cr_assert_eq(xml_next(&reader, &tag), 1);
	cr_assert(slice_is(xml_attribute(&tag, "b")->value, "1"));
	cr_assert(slice_is(xml_attribute(&tag, "c")->value, "2"));
	cr_assert_eq(xml_attribute(&tag, "c")->offset, 14);
	cr_assert_null(xml_attribute(&tag, "d"));
}

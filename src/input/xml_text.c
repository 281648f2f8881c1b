/* The text of an XML document -> its tags. */
#include "input/xml_text.h"

static int refuse(struct xml_reader *reader, size_t at, const char *problem)
{
	reader->at = at;
	reader->problem = problem;
	return -1;
}

static struct slice rest_of(const struct xml_reader *reader)
{
	return (struct slice){
	    reader->text.ptr + reader->at, reader->text.len - reader->at};
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == ':' || c == '-' ||
	       c == '.' || (unsigned char)c >= 0x80;
}

static void skip_blanks(struct xml_reader *reader)
{
	while (reader->at < reader->text.len &&
	       char_is_blank(reader->text.ptr[reader->at]))
		reader->at++;
}

static struct slice take_name(struct xml_reader *reader)
{
	size_t start = reader->at;

	while (reader->at < reader->text.len &&
	       is_name_byte(reader->text.ptr[reader->at]))
		reader->at++;
	return (struct slice){reader->text.ptr + start, reader->at - start};
}

/* Behind what ends with the text end: a comment, CDATA. */
static int skip_behind(
    struct xml_reader *reader, const char *end, const char *problem)
{
	ptrdiff_t found = slice_find(reader->text, slice_of(end), reader->at);

	if (found < 0)
		return refuse(reader, reader->at, problem);
	reader->at = (size_t)found + strlen(end);
	return 0;
}

/* What is no tag: 1 when something was skipped, 0 when a tag is next. */
static int skip_other(struct xml_reader *reader)
{
	struct slice rest = rest_of(reader);

	if (slice_starts(rest, SLICE("<!--")))
		return skip_behind(reader, "-->", "a comment that does not end")
			   ? -1
			   : 1;
	if (slice_starts(rest, SLICE("<![CDATA[")))
		return skip_behind(reader, "]]>", "a CDATA that does not end")
			   ? -1
			   : 1;
	if (slice_starts(rest, SLICE("<?")))
		return skip_behind(
			   reader, "?>", "an instruction that does not end")
			   ? -1
			   : 1;
	if (slice_starts(rest, SLICE("<!")))
		return refuse(reader, reader->at,
		    "a document type, which no report needs");
	return 0;
}

/* NAME="VALUE" or NAME='VALUE'. */
static int take_attribute(struct xml_reader *reader, struct xml_tag *tag)
{
	struct xml_attribute *attribute;
	size_t start = reader->at;
	const char *end;
	char quote;

	if (tag->nattributes == XML_ATTRIBUTES)
		return refuse(reader, start, "a tag with too many attributes");
	attribute = &tag->attributes[tag->nattributes];
	attribute->name = take_name(reader);
	skip_blanks(reader);
	if (!attribute->name.len || !rest_of(reader).len ||
	    reader->text.ptr[reader->at] != '=')
		return refuse(reader, start, "no attribute of a tag");
	reader->at++;
	skip_blanks(reader);
	quote = rest_of(reader).len ? reader->text.ptr[reader->at] : '\0';
	if (quote != '"' && quote != '\'')
		return refuse(reader, start, "an attribute without quotes");
	attribute->offset = ++reader->at;
	end = memchr(reader->text.ptr + reader->at, quote, rest_of(reader).len);
	if (!end)
		return refuse(reader, start, "an attribute that does not end");
	attribute->value = (struct slice){reader->text.ptr + reader->at,
	    (size_t)(end - reader->text.ptr) - reader->at};
	if (attribute->value.len &&
	    memchr(attribute->value.ptr, '<', attribute->value.len))
		return refuse(reader, start, "'<' in an attribute");
	reader->at += attribute->value.len + 1;
	tag->nattributes++;
	return 0;
}

/* Of a tag whose name was read: attributes and its end. */
static int take_rest_of_tag(struct xml_reader *reader, struct xml_tag *tag)
{
	for (;;) {
		struct slice rest;

		skip_blanks(reader);
		rest = rest_of(reader);
		if (!rest.len)
			return refuse(
			    reader, tag->offset, "a tag that does not end");
		if (*rest.ptr == '>') {
			reader->at++;
			return 0;
		}
		if (tag->opens && slice_starts(rest, SLICE("/>"))) {
			tag->closes = true;
			reader->at += 2;
			return 0;
		}
		if (!tag->opens)
			return refuse(reader, reader->at,
			    "a closing tag with more than a name");
		if (take_attribute(reader, tag))
			return -1;
	}
}

/* Elements close in the order they were opened, and one holds the others. */
static int nest(struct xml_reader *reader, const struct xml_tag *tag)
{
	if (tag->opens && !reader->depth && reader->had_root)
		return refuse(reader, tag->offset, "a second root element");
	reader->had_root = true;
	if (tag->opens && tag->closes)
		return 0;
	if (tag->opens) {
		if (reader->depth == XML_DEPTH)
			return refuse(reader, tag->offset,
			    "elements nested too deeply");
		reader->open[reader->depth++] = tag->name;
		return 0;
	}
	if (!reader->depth ||
	    !slice_eq(reader->open[reader->depth - 1], tag->name))
		return refuse(reader, tag->offset,
		    "a closing tag whose element is not open");
	reader->depth--;
	return 0;
}

static int take_tag(struct xml_reader *reader, struct xml_tag *tag)
{
	*tag = (struct xml_tag){.offset = reader->at, .opens = true};
	reader->at++;
	if (slice_starts(rest_of(reader), SLICE("/"))) {
		tag->opens = false;
		tag->closes = true;
		reader->at++;
	}
	tag->name = take_name(reader);
	if (!tag->name.len)
		return refuse(reader, tag->offset, "a tag without a name");
	if (take_rest_of_tag(reader, tag) || nest(reader, tag))
		return -1;
	return 1;
}

/* Text stands between elements, never around the root. */
static int skip_text(struct xml_reader *reader)
{
	struct slice rest = rest_of(reader), text;
	const char *next = rest.len ? memchr(rest.ptr, '<', rest.len) : NULL;

	text = (struct slice){
	    rest.ptr, next ? (size_t)(next - rest.ptr) : rest.len};
	if (!reader->depth && slice_trim(text).len)
		return refuse(
		    reader, reader->at, "text that is in no element");
	reader->at += text.len;
	return next != NULL;
}

int xml_next(struct xml_reader *reader, struct xml_tag *ret_tag)
{
	for (;;) {
		int more = skip_text(reader);

		if (more < 0)
			return -1;
		if (!more)
			break;
		more = skip_other(reader);
		if (more < 0)
			return -1;
		if (!more)
			return take_tag(reader, ret_tag);
	}
	if (reader->depth)
		return refuse(
		    reader, reader->at, "the end, with elements still open");
	if (!reader->had_root)
		return refuse(
		    reader, reader->at, "the end, without any element");
	return 0;
}

const struct xml_attribute *xml_attribute(
    const struct xml_tag *tag, const char *name)
{
	for (size_t i = 0; i < tag->nattributes; i++) {
		if (slice_is(tag->attributes[i].name, name))
			return &tag->attributes[i];
	}
	return NULL;
}

/* Rules and facts -> manual pages in mdoc. */
#include "page/man_pages.h"

#include "fact/settings.h"
#include "rule/vocabulary.h"

#include <string.h>

/* The date of both pages: they have no day of their own. */
#define PAGE_DATE ".Dd November 28, 2026\n"

/* mandoc asks for lines of at most 80 bytes. */
#define LINE_MOST 78

/* A word of mdoc's text: backslashes doubled, no control at a line's start. */
static void add_word(struct buf *buf, struct slice word, bool starts_line)
{
	if (starts_line && (word.ptr[0] == '.' || word.ptr[0] == '\''))
		buf_add_text(buf, "\\&");
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\\')
			buf_add_text(buf, "\\e");
		else
			buf_add_char(buf, word.ptr[i]);
	}
}

/* The words of text as lines, without the end of the last. */
static void add_words(struct buf *buf, struct slice text)
{
	size_t start = buf->len;

	while ((text = slice_trim(text)).len) {
		size_t len = 0;

		while (len < text.len && text.ptr[len] != ' ' &&
		       text.ptr[len] != '\n')
			len++;
		if (buf->len > start &&
		    buf->len - start + 1 + len > LINE_MOST) {
			buf_add_char(buf, '\n');
			start = buf->len;
		} else if (buf->len > start) {
			buf_add_char(buf, ' ');
		}
		add_word(buf, (struct slice){text.ptr, len}, buf->len == start);
		text = (struct slice){text.ptr + len, text.len - len};
	}
}

/* Prose, a sentence a line, as mdoc wants it. */
static void add_prose(struct buf *buf, struct slice text)
{
	struct buf line = {0};

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i] == '\n' ? ' ' : text.ptr[i];
		bool ends = (c == ' ' && i && strchr(".!?", text.ptr[i - 1]) &&
			     i + 1 < text.len && text.ptr[i + 1] >= 'A' &&
			     text.ptr[i + 1] <= 'Z');

		if (!ends)
			buf_add_char(&line, c);
		if (!ends && i + 1 < text.len)
			continue;
		add_words(buf, buf_slice(&line));
		buf_add_char(buf, '\n');
		buf_clear(&line);
	}
	buf_release(&line);
}

static struct slice first_paragraph(const char *text)
{
	struct slice slice = slice_trim(slice_of(text ? text : ""));
	ptrdiff_t end = slice_find(slice, SLICE("\n\n"), 0);

	if (end >= 0)
		slice.len = (size_t)end;
	return slice;
}

static void add_rule(struct buf *buf, const struct diag_kind *kind)
{
	buf_printf(
	    buf, ".It Sy %s Pq %s\n", kind->id, severity_name(kind->severity));
	add_words(buf, slice_of(kind->title ? kind->title : ""));
	buf_add_text(buf, ".\n");
	add_prose(buf, first_paragraph(kind->why));
}

/* The rules of the group of kind number first, when it is the group's first. */
static void add_group(struct buf *buf, const struct diag_kind *const *kinds,
    size_t n, size_t first)
{
	const char *group = kinds[first]->group;

	for (size_t i = 0; i < first; i++) {
		if (!strcmp(kinds[i]->group, group))
			return;
	}
	buf_printf(buf, ".Ss Group %s\n.Bl -tag -width Ds\n", group);
	for (size_t i = first; i < n; i++) {
		if (!strcmp(kinds[i]->group, group))
			add_rule(buf, kinds[i]);
	}
	buf_add_text(buf, ".El\n");
}

void man_add_rules(
    struct buf *buf, const struct diag_kind *const *kinds, size_t n)
{
	buf_add_text(buf, PAGE_DATE
	    ".Dt ROLLOUTLINT-RULES 7\n.Os\n.Sh NAME\n.Nm rolloutlint-rules\n"
	    ".Nd the built-in rules of rolloutlint\n.Sh DESCRIPTION\n"
	    "This page lists what\n.Sy rolloutlint Ns (1)\nreports, by group, "
	    "with the default severity and the reason.\n"
	    ".Ql rolloutlint --explain ID\nshows an example, the fix and the "
	    "parameters of one rule.\n");
	for (size_t i = 0; i < n; i++)
		add_group(buf, kinds, n, i);
	buf_add_text(buf, ".Sh SEE ALSO\n.Sy rolloutlint Ns (1) ,\n"
			  ".Sy rolloutlint-rules Ns (5) ,\n"
			  ".Sy rolloutlint-facts Ns (7)\n");
}

/* "ENTITY: MEANING", or a heading without a meaning. */
static void add_entity(struct buf *buf, struct slice line)
{
	ptrdiff_t end = slice_find(line, SLICE(":"), 0);
	struct slice name = line;

	if (end >= 0)
		name.len = (size_t)end;
	buf_printf(buf, ".Ss %.*s\n", SLICE_ARGS(name));
	if (end >= 0) {
		add_words(buf, (struct slice){line.ptr + end + 1,
				   line.len - (size_t)end - 1});
		buf_add_text(buf, ".\n");
	}
}

/* Takes the first word off text. */
static struct slice take_word(struct slice *text)
{
	struct slice word = {text->ptr, 0};

	while (word.len < text->len && text->ptr[word.len] != ' ')
		word.len++;
	*text = slice_trim(
	    (struct slice){text->ptr + word.len, text->len - word.len});
	return word;
}

/* "  NAME  TYPE  MEANING" or "  NAME  TYPE = DEFAULT  MEANING" as an item. */
static void add_field(struct buf *buf, struct slice line)
{
	struct slice rest = slice_trim(line), name, type;

	name = take_word(&rest);
	type = take_word(&rest);
	buf_printf(
	    buf, ".It Sy %.*s Pq %.*s\n", SLICE_ARGS(name), SLICE_ARGS(type));
	if (slice_starts(rest, SLICE("= "))) {
		struct slice value;

		take_word(&rest);
		value = take_word(&rest);
		buf_printf(buf, "Default %.*s:\n", SLICE_ARGS(value));
	}
	add_words(buf, rest);
	buf_add_char(buf, '\n');
}

/* Ends the list of fields of an entity, if there is one. */
static void end_list(struct buf *buf, bool *in_list)
{
	buf_add_text(buf, *in_list ? ".El\n" : "");
	*in_list = false;
}

/* A line of --list-facts; words of a setting's list, deeper in, are left out.
 */
static void add_fact(struct buf *buf, struct slice line, bool *in_list)
{
	if (!line.len || (line.len > 2 && line.ptr[2] == ' '))
		return;
	if (*line.ptr != ' ') {
		end_list(buf, in_list);
		add_entity(buf, line);
		return;
	}
	buf_add_text(buf, *in_list ? "" : ".Bl -tag -width Ds\n");
	*in_list = true;
	add_field(buf, line);
}

void man_add_facts(struct buf *buf)
{
	struct buf facts = {0};
	const char *line;
	bool in_list = false;

	buf_add_text(buf, PAGE_DATE
	    ".Dt ROLLOUTLINT-FACTS 7\n.Os\n.Sh NAME\n.Nm rolloutlint-facts\n"
	    ".Nd entities and fields that rules can name\n.Sh DESCRIPTION\n"
	    "The expressions of a rule, see\n.Sy rolloutlint-rules Ns (5) ,\n"
	    "can name these entities and their fields.\n"
	    "Each field is shown with its type and its meaning.\n"
	    ".Ql rolloutlint --list-facts\nalso prints the words of "
	    "settings.\n");
	vocabulary_describe(&facts);
	settings_describe(&facts);
	for (line = buf_text(&facts); *line;) {
		size_t len = strcspn(line, "\n");

		add_fact(buf, (struct slice){line, len}, &in_list);
		line += len + (line[len] == '\n');
	}
	end_list(buf, &in_list);
	buf_add_text(buf, ".Sh SEE ALSO\n.Sy rolloutlint Ns (1) ,\n"
			  ".Sy rolloutlint-rules Ns (5) ,\n"
			  ".Sy rolloutlint-rules Ns (7)\n");
	buf_release(&facts);
}

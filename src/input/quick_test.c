/* What the quick reader takes it reads as libyaml does; the rest it leaves. */
#include "input/quick.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A bit of everything that it knows. */
static const char sample[] = "# Source: chart/templates/web.yaml\n"
			     "kind: Web # a comment\n"
			     "metadata:\n"
			     "  name: \"a\\n\\\"b\" # x\n"
			     "  labels: {app: web, 'it''s': \"x\"}\n"
			     "spec:\n"
			     "  args: [sh, \"-c\", 'x', {a: [1, 2]}, []]\n"
			     "  empty:\n"
			     "  list:\n"
			     "  - a: b:c#d\n"
			     "    e:\n"
			     "      {}\n"
			     "  -\n"
			     "  - - x\n"
			     "    - -1\n"
			     "  other:\n"
			     "    - |-\n"
			     "      one\n"
			     "\n"
			     "       two\n"
			     "    - k: |\n"
			     "        text: \"\n"
			     "\n"
			     "  last: |+\n"
			     "    \xC3\xA9\n"
			     "\n"
			     "\xC3\xA9: '\xE2\x82\xAC' # \xE2\x82\xAC\n";

static bool is_taken(struct slice text)
{
	struct quick_events events;
	bool taken = quick_read(text, 1, &events);

	if (taken)
		quick_release(&events);
	return taken;
}

static bool is_same(const struct event *a, const struct event *b)
{
	return a->type == b->type &&
	       !memcmp(&a->span, &b->span, sizeof(a->span)) &&
	       slice_eq(a->value, b->value) && a->plain == b->plain &&
	       a->block == b->block && a->literal == b->literal &&
	       slice_eq(a->seldom->anchor, b->seldom->anchor) &&
	       slice_eq(a->seldom->tag, b->seldom->tag);
}

/* Whether the events of the text are those of libyaml.  The text is a copy that
 * ends where it ends, so that a sanitizer sees one byte too many being read. */
static bool reads_as_libyaml(struct slice written)
{
	char *copy = xmalloc(written.len);
	struct slice text = {copy, written.len};
	struct events *ours = events_new(
	    (struct slice){memcpy(copy, written.ptr, written.len), text.len},
	    7);
	struct events *theirs = events_of_libyaml(text, 7);
	const struct event *event, *other;
	bool same;

	do {
		event = events_next(ours);
		other = events_next(theirs);
		same = is_same(event, other);
	} while (
	    same && event->type != EVENT_END && event->type != EVENT_ERROR);
	events_free(ours);
	events_free(theirs);
	free(copy);
	return same;
}

static void expect_same(struct slice text)
{
	cr_expect(reads_as_libyaml(text), "other events than libyaml's:\n%.*s",
	    SLICE_ARGS(text));
}

/* Eight bytes are looked at at once, so each place in them is another case, and
 * so are the last bytes of a text, which are fewer. */
Test(quick, takes_each_byte_as_libyaml_does)
{
	for (int byte = 0; byte <= UCHAR_MAX; byte++) {
		for (size_t at = 0; at < 20; at++) {
			char text[] = "key: word word word \nk:\n";
			char short_text[] = "key: w w w w w w w w";

			text[at] = short_text[at] = (char)byte;
			expect_same((struct slice){text, sizeof(text) - 1});
			expect_same(
			    (struct slice){short_text, sizeof(short_text) - 1});
		}
	}
}

/* The same of characters of several bytes. */
Test(quick, takes_each_character_as_libyaml_does)
{
	static const char *const characters[] = {"\xC3\xA9", "\xC2\xA0",
	    "\xE2\x82\xAC", "\xEF\xBF\xBC", "\xF0\x9F\x98\x80"};
	const struct slice line = SLICE("key: w w w w w w w w");

	for (size_t i = 0; i < COUNT_OF(characters) * line.len; i++) {
		size_t at = i % line.len;
		struct buf text = {0};

		buf_add(&text, line.ptr, at);
		buf_add_text(&text, characters[i / line.len]);
		buf_add(&text, line.ptr + at, line.len - at);
		expect_same(buf_slice(&text));
		buf_add_text(&text, "\nkey: word\n");
		expect_same(buf_slice(&text));
		/* "key:" and no blank is no key. */
		cr_expect_eq(
		    is_taken(buf_slice(&text)), at != 4, "%s", buf_text(&text));
		buf_release(&text);
	}
}

/* A text of nothing else is not left to libyaml, wherever a line ends. */
Test(quick, reads_printable_text_itself)
{
	for (char c = '0'; c <= '~'; c++) {
		for (size_t at = 5; at < 20; at++) {
			char text[] = "key: wordwordwordwordword\nk:\n";

			if (!strchr(":?[]{}|`@>", c)) {
				text[at] = c;
				cr_expect(is_taken(slice_of(text)), "%s", text);
			}
		}
	}
}

Test(quick, reads_what_templates_print)
{
	cr_assert(is_taken(slice_of(sample)));
	expect_same(slice_of(sample));
}

Test(quick, reads_single_documents)
{
	static const char *const texts[] = {
	    "---\na: b\n",
	    "--- # x\n# y\n\na: b",
	    "- a\n- b\n",
	    "- - - a\n  - b\n- c:\n    d\n",
	    "a:\n- b\n- c:\n  - d\ne:\n",
	    "a:\n  -\n  -   b: c\n      d: e\n",
	    "a: |\n  b\n\n\n",
	    "a: |-\n  b\n   \n    \nc: d\n",
	    "a: |+\n  b\n \n\n# x\n",
	    "a: {}  \nb: []\nc: ''\nd: \"\"\n",
	    "a: [b c, -d, /e:f, \"g\", h]\n",
	    "\"a\": b\n'c': d\n<<: e\n",
	    "a: -\nb: --c\nd: (e)\n",
	    "a: b  \nc:  d # e # f\n",
	    "a: http://b#c:d:\n",
	    "a: [b,\n  c]\n",
	    "a: [\nb\n\n,c\n]\nd: e\n",
	    "- {a: b,\n c: -d  \n  }  # x\n- e\n",
	    "{\"a\": 1}\n",
	    "# x\n\n[]",
	    "---\n{\n\"a\": true\n}\n\n# y\n",
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		expect_same(slice_of(texts[i]));
}

Test(quick, leaves_what_it_does_not_know)
{
	static const char *const texts[] = {
	    "",
	    "# nothing\n",
	    "text\n",
	    "a: &b c\n",
	    "a: *b\n",
	    "a: !!str b\n",
	    "? a\n: b\n",
	    "a: b\n  c\n",
	    "a: \"b\n  c\"\n",
	    "a: >\n  b\n",
	    "a: |2\n  b\n",
	    "a: [b # x\n  ]\n",
	    "a: [b\n  c]\n",
	    "a: [b,\n---\n]\n",
	    "a: [b,\n%\n]\n",
	    "a: [b",
	    "a: [b,\n",
	    "{\"a\":\n1}\n",
	    "{\"a\": 1}: b\n",
	    "{a: 1}\nb: c\n",
	    "{a: 1}\n{b: 2}\n",
	    "a:\tb\n",
	    "a: b\r\n",
	    "a: b: c\n",
	    "a: \"\\u00e9\"\n",
	    "a: \xC2\x85\n",
	    "a: \xFF\n",
	    "a: b\n...\n",
	    "a: b\n---\nc: d\n",
	    "a: b\n--- c: d\n",
	    "a: b\n... c: d\n",
	    "a: b\n%c: d\n",
	    "%YAML 1.1\n---\na: b\n",
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cr_expect_not(is_taken(slice_of(texts[i])), "%s", texts[i]);
}

/* libyaml knows no key of 1024 characters; this reader stops earlier. */
Test(quick, keys_have_a_limit)
{
	struct buf key = {0}, text = {0};

	while (key.len < 1030) {
		buf_add_char(&key, 'k');
		if (key.len < 995)
			continue;
		buf_clear(&text);
		buf_printf(&text, "%s: a\n", buf_text(&key));
		expect_same(buf_slice(&text));
		cr_expect_eq(is_taken(buf_slice(&text)), key.len < 1000);
		buf_clear(&text);
		buf_printf(&text, "- {%s: a}\n", buf_text(&key));
		expect_same(buf_slice(&text));
	}
	buf_release(&key);
	buf_release(&text);
}

Test(quick, an_end_stays_one)
{
	struct events *events = events_new(SLICE("a: b\n"), 1);
	const struct event *end = events_next(events);

	while (end->type != EVENT_END)
		end = events_next(events);
	for (int i = 0; i < 3; i++)
		cr_expect_eq(events_next(events), end);
	events_free(events);
}

/* The same in JSON. */
static const char json_sample[] = "{\n"
				  "  \"kind\": \"List\",\n"
				  "  \"items\": [\n"
				  "    {\"a\": 1, \"b\": -2.5e3},\n"
				  "    {\n"
				  "      \"c\": [true, null],\n"
				  "      \"d\": \"e\\\"f\\\\\",\n"
				  "      \"\xC3\xA9\": {\n"
				  "        \"g\": []\n"
				  "      }, \"h\": false\n"
				  "    }\n"
				  "  ]\n"
				  "}\n";

Test(quick, reads_json)
{
	cr_assert(is_taken(slice_of(json_sample)));
	expect_same(slice_of(json_sample));
}

/* All texts that are the sample with one place changed. */
static void expect_no_other_reader(const char *sample_text)
{
	static const char *const others[] = {"", " ", "\n", "-", "- ", ":",
	    ": ", "#", " #", "\"", "'", "|", "[", "]", "{", "}", ",", "a", "?",
	    "\t", "\\", "&", "*", "!", "%", "---\n", "...\n", "\n- ", "\n  "};
	struct slice whole = slice_of(sample_text);
	struct buf text = {0};

	for (size_t i = 0; i < COUNT_OF(others) * whole.len * 2; i++) {
		size_t at = i / 2 % whole.len, behind = at + i % 2;

		buf_clear(&text);
		buf_add(&text, whole.ptr, at);
		buf_add_text(&text, others[i / 2 / whole.len]);
		buf_add(&text, whole.ptr + behind, whole.len - behind);
		expect_same(buf_slice(&text));
	}
	buf_release(&text);
}

Test(quick, is_never_another_reader)
{
	expect_no_other_reader(sample);
	expect_no_other_reader(json_sample);
}

/* Which values of a text are borrowed, in order: "1" or "0" each. */
static void expect_borrowed(const char *text, bool keeps, const char *wanted)
{
	struct events *events = events_new(slice_of(text), 1);
	struct buf found = {0};
	const struct event *event;

	if (keeps)
		events_keep_text(events);
	for (event = events_next(events); event->type != EVENT_END;
	     event = events_next(events)) {
		if (event->type != EVENT_SCALAR)
			continue;
		buf_add_char(&found, event->is_borrowed ? '1' : '0');
		cr_assert(!event->is_borrowed ||
			  (event->value.ptr >= text &&
			      event->value.ptr < text + strlen(text)));
	}
	cr_assert_str_eq(buf_text(&found), wanted, "%s", text);
	buf_release(&found);
	events_free(events);
}

/* What is put together dies with the next event; what is empty has no place. */
Test(quick, values_are_borrowed_where_the_text_stays)
{
	expect_borrowed("a: b\nc: 'd'\n", true, "1111");
	expect_borrowed("a: b\nc: 'd'\n", false, "0000");
	expect_borrowed("a: \"x\\ny\"\nb: 'it''s'\n", true, "1010");
	expect_borrowed("a: |\n  x\nb:\nc: ''\n", true, "101010");
	/* libyaml's values are its own. */
	expect_borrowed("a: &b c\n", true, "00");
}

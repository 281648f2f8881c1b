/*
 * JUnit's XML: test cases with failures, errors, skips.  What suites count is
 * held against the cases that are there.
 */
#include "evidence/page.h"
#include "input/json_text.h"
#include "input/xml_text.h"

#include <stdlib.h>

static struct place place_at(
    const struct page *page, struct slice text, size_t offset, size_t len)
{
	size_t line, col;
	struct span span;

	json_text_place(text, offset, &line, &col);
	span = (struct span){(uint32_t)line, (uint32_t)col, (uint32_t)line,
	    (uint32_t)(col + len)};
	return (struct place){page->reader.origin, span};
}

/* What the elements say together. */
struct junit {
	const struct page *page;
	struct slice text;
	bool in_case, skipped; /* of the case that is open */
	uint64_t ncases;
	uint64_t ncounted; /* by the root, or by its suites */
	bool has_count, root_counts;
	struct place counted_failure; /* a count that is not 0; or none */
};

static void refuse_at(
    const struct junit *junit, size_t offset, size_t len, const char *reason)
{
	struct paper *paper = junit->page->paper;

	if (paper->malformed)
		return;
	paper->malformed = text_copy(junit->page->arena, reason);
	paper->malformed_place =
	    place_at(junit->page, junit->text, offset, len);
}

static bool read_count(const struct junit *junit, const struct xml_tag *tag,
    const char *name, int64_t *ret_count)
{
	const struct xml_attribute *attribute = xml_attribute(tag, name);

	if (!attribute)
		return false;
	if (slice_to_int(attribute->value, ret_count) && *ret_count >= 0)
		return true;
	refuse_at(junit, attribute->offset, attribute->value.len,
	    arena_printf(
		junit->page->arena, "%s must be a count of tests", name));
	return false;
}

static void read_time(const struct junit *junit, const struct xml_tag *tag)
{
	const struct xml_attribute *time = xml_attribute(tag, "timestamp");
	struct paper *paper = junit->page->paper;

	if (!time || paper->time.text || !time->value.len)
		return;
	if (!evidence_time(time->value, &paper->seconds)) {
		refuse_at(junit, time->offset, time->value.len,
		    "timestamp must be a time such as 2026-01-31T12:00:00");
		return;
	}
	paper->time = (struct clause_text){
	    .text = slice_copy(junit->page->arena, time->value).ptr,
	    .place = place_at(
		junit->page, junit->text, time->offset, time->value.len),
	};
}

static void open_suite(
    struct junit *junit, const struct xml_tag *tag, bool is_root)
{
	static const char *const bad[] = {"failures", "errors"};
	int64_t count;

	read_time(junit, tag);
	if (read_count(junit, tag, "tests", &count) && !junit->root_counts) {
		junit->ncounted += (uint64_t)count;
		junit->has_count = true;
		junit->root_counts = is_root;
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const struct xml_attribute *at = xml_attribute(tag, bad[i]);

		if (read_count(junit, tag, bad[i], &count) && count &&
		    !place_known(junit->counted_failure))
			junit->counted_failure = place_at(junit->page,
			    junit->text, at->offset, at->value.len);
	}
}

static void close_case(struct junit *junit)
{
	junit->page->paper->nran += !junit->skipped;
	junit->ncases++;
	junit->in_case = junit->skipped = false;
}

static void take_tag(
    struct junit *junit, const struct xml_tag *tag, size_t depth)
{
	struct paper *paper = junit->page->paper;
	const struct xml_attribute *status = xml_attribute(tag, "status");

	if (slice_is(tag->name, "testcase")) {
		if (tag->opens) {
			junit->in_case = true;
			junit->skipped =
			    status && slice_is(status->value, "skipped");
		}
		if (tag->closes)
			close_case(junit);
		return;
	}
	if (!tag->opens)
		return;
	if (slice_is(tag->name, "testsuites") ||
	    slice_is(tag->name, "testsuite")) {
		open_suite(junit, tag, depth <= 1);
	} else if (slice_is(tag->name, "skipped") ||
		   slice_is(tag->name, "disabled")) {
		junit->skipped = true;
	} else if (slice_is(tag->name, "failure") ||
		   slice_is(tag->name, "error")) {
		if (!paper->nfailed++)
			paper->failure = place_at(junit->page, junit->text,
			    tag->offset, tag->name.len + 1);
	}
}

/* What suites count and no case shows: failures; tests that are not there. */
static void settle(struct junit *junit)
{
	struct paper *paper = junit->page->paper;

	if (!paper->nfailed && place_known(junit->counted_failure)) {
		paper->nfailed = 1;
		paper->failure = junit->counted_failure;
	}
	/* A short report counts only. */
	if (!junit->ncases && junit->has_count)
		paper->nran = junit->ncounted;
}

static void read_tags(struct junit *junit)
{
	struct xml_reader *reader = xcalloc(1, sizeof(*reader));
	struct xml_tag tag;
	int more;

	reader->text = junit->text;
	while ((more = xml_next(reader, &tag)) > 0)
		take_tag(
		    junit, &tag, reader->depth + (tag.opens && tag.closes));
	if (more < 0)
		refuse_at(junit, reader->at, 1,
		    arena_printf(junit->page->arena, "it is not XML: %s",
			reader->problem));
	free(reader);
}

/* Whether the first element is one of JUnit's. */
static bool is_junit(struct slice text)
{
	struct slice rest = slice_trim(text);

	return rest.len && *rest.ptr == '<' &&
	       (slice_find(rest, SLICE("<testsuite"), 0) >= 0 ||
		   slice_find(rest, SLICE("<testcase"), 0) >= 0);
}

bool read_junit(const struct page *page, struct slice text)
{
	struct junit junit = {.page = page, .text = text};
	struct paper *paper = page->paper;
	ptrdiff_t at;

	if (!is_junit(text))
		return false;
	paper->form = PAPER_VALIDATION;
	paper->kind = "JUnit report";
	at = slice_find(text, SLICE("<testsuite"), 0);
	if (at >= 0)
		paper->place = place_at(page, text, (size_t)at, 10);
	read_tags(&junit);
	settle(&junit);
	return true;
}

/*
 * The Test Anything Protocol, 12 to 14: "ok" and "not ok" lines and a plan.
 */
#include "evidence/page.h"

/* The next line of rest, without its end. */
static struct slice take_line(struct slice *rest)
{
	const char *end = memchr(rest->ptr, '\n', rest->len);
	size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
	struct slice line = {rest->ptr, len};

	rest->ptr += len + (end != NULL);
	rest->len -= len + (end != NULL);
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

static bool begins_test(struct slice line, const char *words)
{
	struct slice prefix = slice_of(words);

	return slice_starts(line, prefix) &&
	       (line.len == prefix.len || line.ptr[prefix.len] == ' ');
}

/* "1..N"; *ret_n: N. */
static bool is_plan(struct slice line, int64_t *ret_n)
{
	struct slice rest = line;
	const char *end;

	if (!slice_starts(line, SLICE("1..")))
		return false;
	rest.ptr += 3;
	rest.len -= 3;
	end = memchr(rest.ptr, ' ', rest.len);
	if (end)
		rest.len = (size_t)(end - rest.ptr);
	return slice_to_int(rest, ret_n) && *ret_n >= 0;
}

/* "# SKIP" or "# TODO", in any case. */
static bool has_directive(struct slice line, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len < line.len; i++) {
		size_t j = i + 1, same = 0;

		if (line.ptr[i] != '#')
			continue;
		while (j < line.len && line.ptr[j] == ' ')
			j++;
		while (same < len && j + same < line.len &&
		       (line.ptr[j + same] | 0x20) == word[same])
			same++;
		if (same == len)
			return true;
	}
	return false;
}

static struct place line_place(
    const struct page *page, uint32_t number, struct slice line)
{
	struct span span = {
	    number, 1, number, 1 + (uint32_t)utf8_count(line)};

	if (span.end_col == 1)
		span.end_col = 2;
	return (struct place){page->reader.origin, span};
}

/* What the lines say together. */
struct tap_count {
	int64_t planned; /* -1: there is no plan */
	int64_t ntests;
	struct place plan;
};

static void add_failure(struct paper *paper, struct place place)
{
	if (!paper->nfailed++)
		paper->failure = place;
}

static void take_tap_line(const struct page *page, uint32_t number,
    struct slice line, struct tap_count *count)
{
	struct paper *paper = page->paper;
	struct place place = line_place(page, number, line);
	bool bad = begins_test(line, "not ok");
	int64_t planned;

	if (is_plan(line, &planned)) {
		count->planned = planned;
		count->plan = place;
	} else if (slice_starts(line, SLICE("Bail out!"))) {
		add_failure(paper, place);
	} else if (bad || begins_test(line, "ok")) {
		count->ntests++;
		paper->nran += !has_directive(line, "skip");
		if (bad && !has_directive(line, "todo") &&
		    !has_directive(line, "skip"))
			add_failure(paper, place);
	}
}

static bool is_tap(struct slice text)
{
	struct slice rest = text, line;
	int64_t unused;

	do
		line = take_line(&rest);
	while (rest.len && (!line.len || *line.ptr == '#'));
	return slice_starts(line, SLICE("TAP version ")) ||
	       is_plan(line, &unused) || begins_test(line, "ok") ||
	       begins_test(line, "not ok");
}

bool read_tap(const struct page *page, struct slice text)
{
	struct tap_count count = {.planned = -1};
	struct paper *paper = page->paper;
	struct slice rest = text;

	if (!is_tap(text))
		return false;
	paper->form = PAPER_VALIDATION;
	paper->kind = "TAP report";
	for (uint32_t number = 1; rest.len; number++)
		take_tap_line(page, number, take_line(&rest), &count);
	if (place_known(count.plan))
		paper->place = count.plan;
	/* Who planned more than there is ended early. */
	if (count.planned >= 0 && count.planned != count.ntests &&
	    !paper->nfailed)
		add_failure(paper, count.plan);
	return true;
}

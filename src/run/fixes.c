/* Each fix with the line it stands on; all or none of those of a finding. */
#include "run/fixes.h"

#include "input/edit.h"

#include <stdlib.h>
#include <string.h>

/* Whether finding and fixes are in one rendered file, or one template. */
static bool is_in_one_file(const struct finding *finding)
{
	const struct origin *origin = finding->place.origin;

	if (!origin || (origin->role != ORIGIN_MANIFEST &&
			   origin->role != ORIGIN_TEMPLATE))
		return false;
	for (size_t i = 0; i < finding->nfixes; i++) {
		if (finding->fixes[i].place.origin != origin)
			return false;
	}
	return true;
}

size_t fixes_count(struct finding_list *findings)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];

		if (!is_in_one_file(finding))
			finding->nfixes = 0;
		n += finding->nfixes;
	}
	return n;
}

size_t fixes_request(const struct finding_list *findings, struct quote *quotes,
    struct fix_line *lines)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		for (size_t j = 0; j < finding->nfixes; j++, n++)
			quotes[n] = (struct quote){
			    .place = &finding->fixes[j].place,
			    .ret_line = &lines[n].text,
			    .ret_crlf = &lines[n].crlf,
			};
	}
	return n;
}

static int place_cmp(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->origin != b->origin)
		return a->origin->index < b->origin->index ? -1 : 1;
	return (a->span.line > b->span.line) - (a->span.line < b->span.line);
}

/* The lines that comments above them are for, in order. */
static struct place *list_bound(
    const struct suppression_list *suppressions, size_t *ret_n)
{
	struct place *bound = xcalloc(suppressions->n + 1, sizeof(*bound));
	size_t n = 0;

	for (size_t i = 0; i < suppressions->n; i++) {
		const struct suppression *one = &suppressions->items[i];

		if (one->form != SUPPRESS_LINE ||
		    one->line == one->place.span.line)
			continue;
		bound[n] = one->place;
		bound[n++].span.line = one->line;
	}
	if (n)
		qsort(bound, n, sizeof(*bound), place_cmp);
	*ret_n = n;
	return bound;
}

static bool is_line(const struct fix *fix)
{
	size_t len = strlen(fix->text);

	return len && fix->text[len - 1] == '\n';
}

/* Whether a comment is for the rendered line that it would come above. */
static bool is_bound(const struct fix *fix, const struct place *bound, size_t n)
{
	const struct place *place =
	    place_known(fix->rendered) ? &fix->rendered : &fix->place;

	return bsearch(place, bound, n, sizeof(*bound), place_cmp);
}

void fixes_locate(struct finding_list *findings, const struct fix_line *lines,
    const struct suppression_list *suppressions, struct arena *arena)
{
	size_t nbound;
	struct place *bound = list_bound(suppressions, &nbound);

	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];
		/* The list owns them and is ours. */
		struct fix *fixes = (struct fix *)(uintptr_t)finding->fixes;
		size_t n = finding->nfixes;

		for (size_t j = 0; j < n; j++, lines++) {
			if (!lines->text ||
			    !fix_locate(&fixes[j], slice_of(lines->text),
				lines->crlf, arena) ||
			    (is_line(&fixes[j]) &&
				is_bound(&fixes[j], bound, nbound)))
				finding->nfixes = 0;
		}
	}
	free(bound);
}

/* An edit by bytes of the whole text. */
struct edit {
	size_t from, to;
	const char *text;
	size_t number; /* in the order of the findings */
};

struct applying {
	struct slice text;
	size_t *starts; /* of lines, from line 1 at index 0 */
	size_t nlines;
	struct edit *edits; /* that are made */
	size_t n, cap;
};

static void find_lines(struct applying *applying)
{
	struct slice text = applying->text;
	size_t cap = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i && text.ptr[i - 1] != '\n')
			continue;
		applying->starts = grow(applying->starts, applying->nlines,
		    &cap, sizeof(*applying->starts));
		applying->starts[applying->nlines++] = i;
	}
}

static struct edit edit_of(
    const struct applying *applying, const struct fix *fix)
{
	size_t start;

	if (fix->place.span.line > applying->nlines)
		BUG("a fix is past the end of its text");
	start = applying->starts[fix->place.span.line - 1];
	return (struct edit){
	    .from = start + fix->byte_col - 1,
	    .to = start + fix->end_byte_col - 1,
	    .text = fix->text,
	    .number = applying->n,
	};
}

enum relation { APART, SAME, CLASHING };

static enum relation relation_of(const struct edit *a, const struct edit *b)
{
	if (a->from == b->from && a->to == b->to && !strcmp(a->text, b->text))
		return SAME;
	return a->from < b->to && b->from < a->to ? CLASHING : APART;
}

static enum relation relation_to_all(
    const struct applying *applying, const struct edit *edit)
{
	enum relation found = APART;

	for (size_t i = 0; i < applying->n && found != CLASHING; i++) {
		enum relation one = relation_of(edit, &applying->edits[i]);

		if (one != APART)
			found = one;
	}
	return found;
}

/* False when it keeps out. */
static bool add_finding(
    struct applying *applying, const struct finding *finding)
{
	for (size_t i = 0; i < finding->nfixes; i++) {
		struct edit edit = edit_of(applying, &finding->fixes[i]);

		if (relation_to_all(applying, &edit) == CLASHING)
			return false;
	}
	for (size_t i = 0; i < finding->nfixes; i++) {
		struct edit edit = edit_of(applying, &finding->fixes[i]);

		if (relation_to_all(applying, &edit) == SAME)
			continue;
		applying->edits = grow(applying->edits, applying->n,
		    &applying->cap, sizeof(*applying->edits));
		applying->edits[applying->n++] = edit;
	}
	return true;
}

static int edit_cmp(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

size_t fixes_apply(
    const struct finding_list *findings, struct slice text, struct buf *buf)
{
	struct applying applying = {.text = text};
	size_t at = 0, nmended = 0;

	find_lines(&applying);
	for (size_t i = 0; i < findings->n; i++)
		nmended += add_finding(&applying, &findings->items[i]);
	if (applying.n)
		qsort(applying.edits, applying.n, sizeof(*applying.edits),
		    edit_cmp);
	for (size_t i = 0; i < applying.n; i++) {
		const struct edit *edit = &applying.edits[i];

		buf_add(buf, text.ptr + at, edit->from - at);
		buf_add_text(buf, edit->text);
		at = edit->to;
	}
	buf_add(buf, text.ptr + at, text.len - at);
	free(applying.starts);
	free(applying.edits);
	return nmended;
}

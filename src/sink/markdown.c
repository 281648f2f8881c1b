/*
 * A report for a comment on a pull request, or the summary of a CI run:
 * verdict, counts, clauses, findings folded by object.  GitHub refuses longer
 * texts than it takes, so the least severe findings are left out first, which
 * the text says.
 */
#include "base/map.h"
#include "report/by_object.h"
#include "report/headline.h"
#include "sink/markdown_parts.h"
#include "sink/markdown_text.h"
#include "sink/sink.h"

/* Bytes for what stands around findings, and to say that some are left out. */
#define RESERVE 512

/* Of the whole, what all tables of clauses may take: one part in this. */
#define SHARE_OF_CLAUSES 3

/* A finding as it would be printed. */
struct part {
	size_t group;
	enum severity severity;
	struct slice text;
	bool is_kept;
};

struct sheet {
	const struct report *report;
	struct object_groups groups;
	struct part *parts; /* in the order of groups */
	size_t nparts;
	size_t room;  /* bytes that are left */
	bool *opened; /* by group: one of it is kept */
	struct buf out;
	struct arena arena;
};

static const char *sign_of(enum outlook outlook)
{
	return outlook == OUTLOOK_GOOD	? "\xE2\x9C\x85"
	       : outlook == OUTLOOK_BAD ? "\xE2\x9D\x8C"
					: "\xE2\x9A\xA0\xEF\xB8\x8F";
}

static void add_head(struct sheet *sheet)
{
	const struct report *report = sheet->report;
	struct counts counts = counts_of(report);
	struct buf line = {0}, *out = &sheet->out;

	headline_add(&line, report);
	buf_printf(out, "## %s ", sign_of(report_outlook(report)));
	markdown_add(out, buf_slice(&line));
	buf_add_text(out, "\n\nrolloutlint: ");
	counts_add_words(
	    out, &counts, report->is_compared ? "nothing new" : "no findings");
	if (report->is_compared)
		buf_printf(out, "; %zu known from the baseline, %zu gone",
		    report->nknown, report->ngone);
	if (report->nsuppressed)
		buf_printf(out, "; %zu suppressed", report->nsuppressed);
	buf_add_text(out, "\n");
	buf_release(&line);
}

static void add_troubles(struct sheet *sheet)
{
	const struct report *report = sheet->report;
	struct buf *out = &sheet->out;

	buf_add_text(out,
	    report->ntroubles ? "\n### What could not be checked\n\n" : "");
	for (size_t i = 0; i < report->ntroubles; i++) {
		struct buf text = {0};

		markdown_add_text(&text, report->troubles[i].text);
		if (out->len + text.len > sheet->room / 2) {
			buf_printf(
			    out, "- and %zu more\n", report->ntroubles - i);
			i = report->ntroubles;
		} else {
			buf_printf(out, "- %s\n", buf_text(&text));
		}
		buf_release(&text);
	}
}

/* "<details><summary>Deployment shop/web: 1 error</summary>" */
static void add_group_head(struct buf *buf, const struct object_group *group)
{
	const struct subject *subject = group->subject;

	buf_add_text(buf, "\n<details>\n<summary>");
	if (subject) {
		markdown_add_html(buf, slice_of(subject->kind));
		buf_add_text(buf, " <b>");
		markdown_add_html(buf, slice_of(subject->namespace));
		buf_add_text(buf, subject->namespace[0] ? "/" : "");
		markdown_add_html(buf, slice_of(subject->name));
		buf_add_text(buf, "</b>: ");
	} else {
		buf_add_text(buf, "<b>The release as a whole</b>: ");
	}
	counts_add_words(buf, &group->counts, "");
	buf_add_text(buf, "</summary>\n");
}

#define GROUP_END "\n</details>\n"

/* All findings as text; how to fix it stands where a rule comes first. */
static void make_parts(struct sheet *sheet)
{
	struct map seen = {0};
	struct buf text = {0};

	sheet->parts = arena_array(
	    &sheet->arena, sheet->report->nfindings, sizeof(*sheet->parts));
	for (size_t g = 0; g < sheet->groups.n; g++) {
		const struct object_group *group = &sheet->groups.items[g];

		for (size_t i = 0; i < group->n; i++) {
			const struct finding *finding =
			    &sheet->report->findings[group->items[i]];
			void **slot =
			    map_slot(&seen, slice_of(finding->kind->id));

			buf_clear(&text);
			markdown_add_finding(
			    &text, sheet->report, group->items[i], !*slot);
			*slot = sheet;
			sheet->parts[sheet->nparts++] = (struct part){g,
			    finding->severity,
			    slice_copy(&sheet->arena, buf_slice(&text)), false};
		}
	}
	buf_release(&text);
	map_release(&seen);
}

static size_t head_length(const struct object_group *group)
{
	struct buf head = {0};
	size_t len;

	add_group_head(&head, group);
	len = head.len + strlen(GROUP_END);
	buf_release(&head);
	return len;
}

/* Keeps the part if there is room for it. */
static bool keep(struct sheet *sheet, struct part *part)
{
	size_t len = part->text.len;

	if (!sheet->opened[part->group])
		len += head_length(&sheet->groups.items[part->group]);
	if (len > sheet->room)
		return false;
	sheet->room -= len;
	sheet->opened[part->group] = part->is_kept = true;
	return true;
}

/* From the most severe on, up to the first that there is no room for. */
static void keep_worst(struct sheet *sheet)
{
	sheet->opened =
	    arena_array(&sheet->arena, sheet->groups.n, sizeof(*sheet->opened));
	for (int level = SEVERITY_ERROR; level > SEVERITY_OFF; level--) {
		for (size_t i = 0; i < sheet->nparts; i++) {
			if ((int)sheet->parts[i].severity == level &&
			    !keep(sheet, &sheet->parts[i]))
				return;
		}
	}
}

static void add_parts(struct sheet *sheet)
{
	struct buf *out = &sheet->out;
	size_t i = 0;

	for (size_t g = 0; g < sheet->groups.n; g++) {
		if (sheet->opened[g])
			add_group_head(out, &sheet->groups.items[g]);
		for (; i < sheet->nparts && sheet->parts[i].group == g; i++) {
			if (sheet->parts[i].is_kept)
				buf_add_slice(out, sheet->parts[i].text);
		}
		if (sheet->opened[g])
			buf_add_text(out, GROUP_END);
	}
}

/* What was left out, by severity. */
static void add_rest(struct sheet *sheet)
{
	struct counts rest = {0};

	for (size_t i = 0; i < sheet->nparts; i++) {
		if (!sheet->parts[i].is_kept)
			rest.n[sheet->parts[i].severity]++;
	}
	if (counts_worst(&rest) == SEVERITY_OFF)
		return;
	buf_add_text(&sheet->out, "\nNot shown, to keep this as short as "
				  "GitHub wants it: ");
	counts_add_words(&sheet->out, &rest, "");
	buf_add_text(&sheet->out, ".\n");
}

static void add_findings(struct sheet *sheet)
{
	sheet->groups = group_by_object(&sheet->arena, sheet->report);
	if (!sheet->groups.n)
		return;
	buf_add_text(&sheet->out, "\n### Findings by object\n");
	sheet->room -=
	    sheet->out.len < sheet->room ? sheet->out.len : sheet->room;
	make_parts(sheet);
	keep_worst(sheet);
	add_parts(sheet);
	add_rest(sheet);
}

void markdown_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct sheet sheet = {
	    .report = report,
	    .room =
		(options->is_summary ? MARKDOWN_SUMMARY : MARKDOWN_COMMENT) -
		RESERVE,
	};
	size_t nverdicts = report->nverdicts;

	add_head(&sheet);
	add_troubles(&sheet);
	for (size_t i = 0; i < nverdicts; i++)
		markdown_add_clauses(&sheet.out, report, &report->verdicts[i],
		    sheet.room / SHARE_OF_CLAUSES / nverdicts);
	add_findings(&sheet);
	fwrite(sheet.out.ptr, 1, sheet.out.len, out);
	buf_release(&sheet.out);
	arena_release(&sheet.arena);
}

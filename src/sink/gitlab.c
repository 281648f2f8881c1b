/*
 * A Code Quality report as GitLab reads it: an array of issues.  GitLab tells
 * issues apart by their fingerprints alone, and shows one of those that are
 * equal, so equal ones are numbered.
 */
#include "report/fingerprint.h"
#include "report/json_tree.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/unique.h"
#include "report/uri.h"
#include "sink/sink.h"

static const char *severity_word(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR: return "critical";
	case SEVERITY_WARNING: return "minor";
	case SEVERITY_NOTE: return "info";
	case SEVERITY_OFF:
	case SEVERITY_MAX: break;
	}
	BUG("a finding that is off");
}

/* {"path": ..., "lines": {"begin": ...}} */
static struct json *new_location(const struct origin *origin, uint32_t line)
{
	struct json *location = json_new_object(), *lines = json_new_object();

	json_set(location, "path",
	    json_new_text(origin ? uri_path(origin) : SLICE("stdin")));
	json_set_number(lines, "begin", line ? line : 1);
	json_set(location, "lines", lines);
	return location;
}

/* Both texts are taken out of their buffers, description and fingerprint. */
static struct json *new_issue(const char *name, const char *severity,
    struct buf *description, struct buf *fingerprint)
{
	struct json *issue = json_new_object();

	json_set_text(issue, "type", "issue");
	json_set_text(issue, "check_name", name);
	json_set(issue, "description", json_new_text(buf_slice(description)));
	json_set_text(issue, "severity", severity);
	json_set_text(issue, "fingerprint", buf_text(fingerprint));
	buf_release(description);
	buf_release(fingerprint);
	return issue;
}

/* What issues are made from. */
struct issues {
	const struct report *report;
	struct unique unique;
};

static struct json *issue_of_finding(const struct report *report,
    const struct finding *finding, struct unique *unique)
{
	struct place place = finding->place;
	struct buf description = {0}, fingerprint = {0};
	struct json *issue;

	if (finding->kind->title) {
		plain_add(&description, slice_of(finding->kind->title));
		buf_add_text(&description, ": ");
	}
	phrase_add_text(&description, finding);
	phrase_add_notes(&description, finding, "; ");
	fingerprint_add_of_file(&fingerprint, finding);
	unique_number(unique, &fingerprint, ":");
	issue = new_issue(finding->kind->id, severity_word(finding->severity),
	    &description, &fingerprint);
	if (!place.origin)
		place.origin = report_some_origin(report);
	json_set(
	    issue, "location", new_location(place.origin, place.span.line));
	return issue;
}

static struct json *issue_of_trouble(const struct report *report,
    const struct trouble *trouble, struct unique *unique)
{
	struct buf description = {0}, fingerprint = {0};
	struct json *issue;

	plain_add(&description, slice_of(trouble->text));
	fingerprint_add_text(&fingerprint, trouble->text);
	unique_number(unique, &fingerprint, ":");
	issue = new_issue("trouble", "blocker", &description, &fingerprint);
	json_set(
	    issue, "location", new_location(report_some_origin(report), 1));
	return issue;
}

/* Troubles come first.  What came before tells the number of a fingerprint, so
 * this is for one thread. */
static struct json *new_issue_at(void *context, size_t i)
{
	struct issues *issues = context;
	const struct report *report = issues->report;

	if (i < report->ntroubles)
		return issue_of_trouble(
		    report, &report->troubles[i], &issues->unique);
	i -= report->ntroubles;
	return issue_of_finding(report, &report->findings[i], &issues->unique);
}

void gitlab_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct issues issues = {.report = report};

	(void)options;
	json_write_out(json_new_list(new_issue_at, &issues,
			   report->ntroubles + report->nfindings),
	    1, out);
	unique_release(&issues.unique);
}

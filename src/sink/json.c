/*
 * The report as JSON of our own, for scripts; rolloutlint(1) documents it.
 * Texts are as the manifest has them, nothing but bad UTF-8 replaced.  Within
 * one FORMAT_VERSION members are added and none is changed or taken away.
 */
#include "diag/suppression.h"
#include "report/fingerprint.h"
#include "report/json_tree.h"
#include "report/verdict_json.h"
#include "sink/sink.h"

enum { FORMAT_VERSION = 1 };

static struct json *new_object_of(const struct subject *subject)
{
	struct json *object;

	if (!subject)
		return NULL;
	object = json_new_object();
	json_set_text(object, "group", subject->group);
	json_set_text(object, "version", subject->version);
	json_set_text(object, "kind", subject->kind);
	json_set_text(object, "namespace", subject->namespace);
	json_set_text(object, "name", subject->name);
	json_set_text(object, "template", subject->source);
	return object;
}

static struct json *new_notes(const struct finding *finding)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < finding->nnotes; i++) {
		struct json *note = json_new_object();

		json_set_text(note, "message", finding->notes[i].text);
		json_set(
		    note, "location", json_new_place(finding->notes[i].place));
		json_set_optional(note, "excerpt", finding->notes[i].quote);
		json_push(list, note);
	}
	return list;
}

static struct json *new_fingerprints(const struct finding *finding)
{
	struct json *fingerprints = json_new_object();
	struct buf digits = {0};

	json_set_optional(fingerprints, "line", finding->line_hash);
	fingerprint_add(&digits, finding);
	json_set_text(fingerprints, "object", buf_text(&digits));
	buf_release(&digits);
	return fingerprints;
}

static struct json *new_finding(const struct finding *finding)
{
	struct json *json = json_new_object();
	struct buf text = {0};

	json_set_text(json, "rule", finding->kind->id);
	json_set_text(json, "code", finding->kind->code);
	json_set_text(json, "group", finding->kind->group);
	json_set_text(json, "severity", severity_name(finding->severity));
	json_set_bool(json, "promoted", finding->promoted);
	json_set_text(json, "message", finding_text(finding, &text));
	json_set(json, "location", json_new_place(finding->place));
	json_set_optional(json, "excerpt", finding->quote);
	json_set(json, "object", new_object_of(finding->subject));
	json_set_optional(json, "path", finding->path);
	json_set(json, "notes", new_notes(finding));
	json_set(json, "fingerprints", new_fingerprints(finding));
	buf_release(&text);
	return json;
}

static struct json *new_finding_at(void *context, size_t i)
{
	const struct report *report = context;

	return new_finding(&report->findings[i]);
}

static const char *form_name(enum suppression_form form)
{
	switch (form) {
	case SUPPRESS_OBJECT: return "annotation";
	case SUPPRESS_LINE: return "comment";
	case SUPPRESS_PATTERN: return "configuration";
	case SUPPRESS_MISSPELT: break;
	}
	BUG("nothing is suppressed by that form");
}

/* A finding as others, with what holds it back. */
static struct json *new_suppressed_at(void *context, size_t i)
{
	const struct report *report = context;
	const struct finding *finding = &report->suppressed[i];
	const struct suppression *by = finding->suppression;
	struct json *json = new_finding(finding),
		    *suppression = json_new_object();

	json_set_text(suppression, "form", form_name(by->form));
	json_set_text(suppression, "reason", by->reason);
	json_set(suppression, "location", json_new_place(by->place));
	json_set(json, "suppression", suppression);
	return json;
}

static struct json *new_counts(const struct report *report)
{
	struct json *json = json_new_object();
	size_t counts[SEVERITY_MAX] = {0};

	for (size_t i = 0; i < report->nfindings; i++)
		counts[report->findings[i].severity]++;
	for (int i = SEVERITY_ERROR; i > SEVERITY_OFF; i--)
		json_set_number(
		    json, severity_name((enum severity)i), counts[i]);
	return json;
}

/* What became of the baseline; NULL without one. */
static struct json *new_comparison(const struct report *report)
{
	struct json *json;

	if (!report->is_compared)
		return NULL;
	json = json_new_object();
	json_set_number(json, "known", report->nknown);
	json_set_number(json, "gone", report->ngone);
	return json;
}

static struct json *new_files(const struct report *report)
{
	static const char *const roles[] = {
	    [ORIGIN_MANIFEST] = "manifest",
	    [ORIGIN_PREVIOUS] = "previous",
	    [ORIGIN_TEMPLATE] = "template",
	    [ORIGIN_CONTRACT] = "contract",
	};
	struct json *list = json_new_array();

	for (size_t i = 0; i < report->norigins; i++) {
		const struct origin *origin = report->origins[i];
		struct json *file = json_new_object();

		json_set_text(file, "name", origin->name);
		json_set_text(file, "role", roles[origin->role]);
		json_set_bool(file, "stdin", origin->is_stdin);
		json_push(list, file);
	}
	return list;
}

static struct json *new_troubles(const struct report *report)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < report->ntroubles; i++) {
		struct json *trouble = json_new_object();

		json_set_text(trouble, "message", report->troubles[i].text);
		json_push(list, trouble);
	}
	return list;
}

void json_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct json *json = json_new_object();
	const struct passages *passages = report->passages;
	void *context = (void *)(uintptr_t)report; /* of lists, which read it */

	json_set_text(json, "format", "rolloutlint");
	json_set_number(json, "format_version", FORMAT_VERSION);
	json_set_text(json, "program_version", report->version);
	json_set_number(json, "exit_status", (size_t)report->exit_status);
	json_set_bool(json, "complete", !report->ntroubles);
	json_set(json, "counts", new_counts(report));
	json_set(json, "baseline", new_comparison(report));
	json_set(json, "files", new_files(report));
	json_set(json, "troubles", new_troubles(report));
	json_set(json, "verdict",
	    report->nverdicts == 1 ? json_new_verdicts(report->verdicts)
				   : NULL);
	json_set(json, "verdicts", json_list_verdicts(report));
	json_set(json, "upgrade",
	    passages ? json_new_passage(&passages->forward) : NULL);
	json_set(json, "rollback",
	    passages ? json_new_passage(&passages->back) : NULL);
	json_set(json, "findings",
	    json_new_list(new_finding_at, context, report->nfindings));
	json_set(json, "suppressed",
	    json_new_list(new_suppressed_at, context, report->nsuppressed));
	json_write_out(json, options->njobs, out);
}

/*
 * SARIF 2.1.0, in the profile that code scanning services take: one run with
 * the catalogue of all kinds, the files read, the objects named and the
 * results.  Nothing in it depends on the time, the machine or the directory,
 * so equal input gives equal bytes.
 */
#include "base/map.h"
#include "diag/suppression.h"
#include "report/fingerprint.h"
#include "report/json_tree.h"
#include "report/line_span.h"
#include "report/uri.h"
#include "report/verdict_json.h"
#include "sink/sarif_catalogue.h"
#include "sink/sarif_files.h"
#include "sink/sarif_fix.h"
#include "sink/sarif_message.h"
#include "sink/sarif_names.h"
#include "sink/sarif_notice.h"
#include "sink/sarif_text.h"
#include "sink/sink.h"

#include <stdlib.h>
#include <string.h>

enum {
	RESULTS_MAX = 25000, /* the service refuses a run with more */
};

/* One of run.logicalLocations: an object or a namespace. */
struct logical {
	const char *kind; /* as SARIF calls it */
	const char *name;
	const char *full_name;
	ptrdiff_t parent; /* by index; -1: none */
};

/* A finding that is written. */
struct chosen {
	const struct finding *finding;
	size_t logical; /* index in run.logicalLocations, of its object */
};

struct writer {
	const struct report *report;
	struct sarif_files files;
	struct arena arena;	  /* of what is chosen, and keys of the map */
	struct logical *logicals; /* run.logicalLocations */
	size_t nlogicals, cap_logicals;
	struct map logical_numbers; /* kind and full name -> index + 1 */
	struct chosen *chosen;
	size_t nchosen;
};

static void print_region(
    struct json_out *out, struct span span, const char *quote)
{
	span = span_made_valid(span, quote);
	json_out_object(out, "region");
	json_out_number(out, "startLine", span.line);
	json_out_number(out, "startColumn", span.col);
	json_out_number(out, "endLine", span.end_line);
	json_out_number(out, "endColumn", span.end_col);
	if (quote) {
		json_out_object(out, "snippet");
		json_out_slice(
		    out, "text", line_covered(slice_of(quote), span));
		json_out_end_object(out);
	}
	json_out_end_object(out);
}

static void print_physical_location(struct json_out *out,
    const struct writer *writer, struct place place, const char *quote)
{
	const struct report *report = writer->report;

	if (!place.origin)
		place = (struct place){
		    .origin = report->norigins ? report->origins[0] : NULL,
		};
	json_out_object(out, "physicalLocation");
	sarif_print_file(&writer->files, place.origin, "artifactLocation", out);
	print_region(out, place.span, quote);
	json_out_end_object(out);
}

/* The index in run.logicalLocations of what the key names, a kind and a full
 * name; it is put there when it is new, all of it but the full name given. */
static size_t logical_number(
    struct writer *writer, struct logical logical, struct buf *key)
{
	const void *known = map_find(&writer->logical_numbers, buf_slice(key));
	struct slice copy;

	if (known)
		return (uintptr_t)known - 1;
	copy = slice_copy(&writer->arena, buf_slice(key));
	logical.full_name = copy.ptr + strlen(logical.kind) + 1;
	writer->logicals = grow(writer->logicals, writer->nlogicals,
	    &writer->cap_logicals, sizeof(*writer->logicals));
	writer->logicals[writer->nlogicals++] = logical;
	*map_slot(&writer->logical_numbers, copy) =
	    (void *)(uintptr_t)writer->nlogicals;
	return writer->nlogicals - 1;
}

static void print_logical(void *context, size_t i, struct json_out *out)
{
	const struct writer *writer = context;
	const struct logical *logical = &writer->logicals[i];

	json_out_object(out, NULL);
	json_out_text(out, "name", logical->name);
	json_out_text(out, "fullyQualifiedName", logical->full_name);
	json_out_text(out, "kind", logical->kind);
	if (logical->parent >= 0)
		json_out_number(out, "parentIndex", (size_t)logical->parent);
	json_out_end_object(out);
}

/* "apps/v1/Deployment/shop/web" */
static void add_full_name(struct buf *buf, const struct subject *subject)
{
	bool named = subject->namespace[0];

	buf_printf(buf, "%s%s%s/%s/%s%s%s", subject->group,
	    subject->group[0] ? "/" : "", subject->version, subject->kind,
	    subject->namespace, named ? "/" : "", subject->name);
}

static size_t number_of_namespace(
    struct writer *writer, const char *name, struct buf *key)
{
	const struct logical logical = {
	    .kind = "namespace", .name = name, .parent = -1};

	buf_printf(key, "namespace %s", name);
	return logical_number(writer, logical, key);
}

/* The index of an object, which is put behind its namespace. */
static size_t number_of_object(
    struct writer *writer, const struct subject *subject)
{
	const char *namespace =
	    subject->namespace[0] ? subject->namespace : "(release namespace)";
	struct logical logical = {.kind = "resource", .name = subject->name};
	struct buf key = {0};
	size_t number;

	logical.parent =
	    (ptrdiff_t)number_of_namespace(writer, namespace, &key);
	buf_clear(&key);
	buf_add_text(&key, "resource ");
	add_full_name(&key, subject);
	number = logical_number(writer, logical, &key);
	buf_release(&key);
	return number;
}

/* [{"index": ..., "fullyQualifiedName": "apps/v1/Deployment/shop/web"}] */
static void print_logical_locations(struct json_out *out,
    const struct writer *writer, const struct chosen *chosen)
{
	json_out_array(out, "logicalLocations");
	json_out_object(out, NULL);
	json_out_number(out, "index", chosen->logical);
	json_out_text(out, "fullyQualifiedName",
	    writer->logicals[chosen->logical].full_name);
	json_out_end_object(out);
	json_out_end_array(out);
}

/* Notes without a place of their own are at the finding's. */
static void print_related_locations(struct json_out *out,
    const struct writer *writer, const struct finding *finding)
{
	json_out_array(out, "relatedLocations");
	for (size_t i = 0; i < sarif_related_count(finding); i++) {
		const struct note *note = &finding->notes[i];
		bool own = place_known(note->place);

		json_out_object(out, NULL);
		json_out_number(out, "id", i + 1);
		sarif_print_note_message(out, note);
		print_physical_location(out, writer,
		    own ? note->place : finding->place,
		    own ? note->quote : finding->quote);
		json_out_end_object(out);
	}
	json_out_end_array(out);
}

/* GitHub's own, with the value its uploader would work out, and one that stays
 * the same while lines move. */
static void print_fingerprints(
    struct json_out *out, const struct finding *finding)
{
	struct buf digits = {0};

	json_out_object(out, "partialFingerprints");
	if (finding->line_hash)
		json_out_text(out, SARIF_LINE_PRINT, finding->line_hash);
	fingerprint_add(&digits, finding);
	json_out_slice(out, SARIF_OBJECT_PRINT, buf_slice(&digits));
	json_out_end_object(out);
	buf_release(&digits);
}

static void print_locations(struct json_out *out, const struct writer *writer,
    const struct chosen *chosen)
{
	const struct finding *finding = chosen->finding;

	json_out_array(out, "locations");
	json_out_object(out, NULL);
	print_physical_location(out, writer, finding->place, finding->quote);
	if (finding->subject)
		print_logical_locations(out, writer, chosen);
	json_out_end_object(out);
	json_out_end_array(out);
}

static int kind_cmp(const void *code, const void *kind)
{
	return strcmp(code, (*(const struct diag_kind *const *)kind)->code);
}

/* The index of a kind in the report, which has them by code. */
static size_t kind_number(
    const struct report *report, const struct diag_kind *kind)
{
	const struct diag_kind *const *found = bsearch(kind->code,
	    report->kinds, report->nkinds, sizeof(*found), kind_cmp);

	if (!found)
		BUG("a finding of a kind that is not in the report");
	return (size_t)(found - report->kinds);
}

/* Empty for a result that stands: a reader would else not know (SARIF 2.1.0,
 * 3.27.23). */
static void print_suppressions(struct json_out *out,
    const struct writer *writer, const struct suppression *suppression)
{
	json_out_array(out, "suppressions");
	if (suppression) {
		json_out_object(out, NULL);
		json_out_text(out, "kind",
		    suppression->form == SUPPRESS_PATTERN ? "external"
							  : "inSource");
		json_out_text(out, "status", "accepted");
		json_out_text(out, "justification", suppression->reason);
		json_out_object(out, "location");
		print_physical_location(out, writer, suppression->place, NULL);
		json_out_end_object(out);
		json_out_end_object(out);
	}
	json_out_end_array(out);
}

static void print_fixes(struct json_out *out, const struct writer *writer,
    const struct finding *finding)
{
	struct json *fixes = sarif_fixes(finding,
	    sarif_file_location(&writer->files, finding->place.origin));

	json_print_to(fixes, "fixes", out);
	json_free(fixes);
}

static void print_result(void *context, size_t i, struct json_out *out)
{
	const struct writer *writer = context;
	const struct chosen *chosen = &writer->chosen[i];
	const struct finding *finding = chosen->finding;
	const struct report *report = writer->report;

	json_out_object(out, NULL);
	json_out_text(out, "ruleId", finding->kind->code);
	json_out_number(out, "ruleIndex", kind_number(report, finding->kind));
	json_out_text(out, "level", severity_name(finding->severity));
	if (report->is_compared)
		json_out_text(out, "baselineState", "new");
	sarif_print_result_message(out, finding);
	print_locations(out, writer, chosen);
	if (finding->nnotes)
		print_related_locations(out, writer, finding);
	print_fingerprints(out, finding);
	if (finding->nfixes)
		print_fixes(out, writer, finding);
	if (report->nsuppressed)
		print_suppressions(out, writer, finding->suppression);
	json_out_end_object(out);
}

/* How many findings of each severity are written, errors before all others. */
static void share_out(
    const struct report *report, size_t room, size_t *ret_shares)
{
	size_t counts[SEVERITY_MAX] = {0};

	for (size_t i = 0; i < report->nfindings; i++)
		counts[report->findings[i].severity]++;
	for (int i = SEVERITY_MAX - 1; i >= 0; i--) {
		ret_shares[i] = counts[i] < room ? counts[i] : room;
		room -= ret_shares[i];
	}
}

/* The objects are numbered now: results are made by several threads.  Findings
 * of one object stand together. */
static void choose(struct writer *writer, const struct finding *finding)
{
	struct chosen *chosen = &writer->chosen[writer->nchosen++];

	chosen->finding = finding;
	if (!finding->subject)
		return;
	if (chosen != writer->chosen &&
	    chosen[-1].finding->subject == finding->subject)
		chosen->logical = chosen[-1].logical;
	else
		chosen->logical = number_of_object(writer, finding->subject);
}

/* Chooses what is written, in the order of the findings; what is held back
 * takes the room that is left. */
static void choose_results(struct writer *writer)
{
	const struct report *report = writer->report;
	size_t all = report->nfindings + report->nsuppressed;
	size_t room = all < RESULTS_MAX ? all : RESULTS_MAX;
	size_t shares[SEVERITY_MAX];

	writer->chosen =
	    arena_array(&writer->arena, room, sizeof(*writer->chosen));
	share_out(report, room, shares);
	for (size_t i = 0; i < report->nfindings; i++) {
		const struct finding *finding = &report->findings[i];

		if (!shares[finding->severity])
			continue;
		shares[finding->severity]--;
		choose(writer, finding);
	}
	for (size_t i = 0; writer->nchosen < room; i++)
		choose(writer, &report->suppressed[i]);
}

static struct json *new_tool(const struct report *report)
{
	struct json *driver = json_new_object(), *tool = json_new_object();

	json_set_text(driver, "name", SARIF_TOOL);
	json_set_text(driver, "version", report->version);
	json_set_text(driver, "semanticVersion", report->version);
	json_set_text(driver, "informationUri", SARIF_HOME);
	json_set(driver, "rules", sarif_rules(report));
	json_set(driver, "notifications", sarif_notices());
	json_set(tool, "driver", driver);
	return tool;
}

static struct json *new_notifications(const struct report *report)
{
	struct json *list = json_new_array();
	struct buf text = {0};

	for (size_t i = 0; i < report->ntroubles; i++)
		json_push(list, sarif_notification(
				    NOTICE_TROUBLE, report->troubles[i].text));
	if (report->nfindings + report->nsuppressed > RESULTS_MAX) {
		buf_printf(&text,
		    "Only %d of %zu findings are written, errors before "
		    "warnings before notes.",
		    RESULTS_MAX, report->nfindings + report->nsuppressed);
		json_push(
		    list, sarif_notification(NOTICE_CAPPED, buf_text(&text)));
		buf_release(&text);
	}
	return list;
}

static const char *describe_status(const struct report *report)
{
	if (report->exit_status > 1)
		return "not all of the input could be checked";
	return report->exit_status ? "findings of a level that fails the run"
				   : "no finding of a level that fails the run";
}

/* The input that is standard input, or NULL. */
static const struct origin *find_stdin(const struct report *report)
{
	for (size_t i = 0; i < report->norigins; i++) {
		if (report->origins[i]->is_stdin)
			return report->origins[i];
	}
	return NULL;
}

static struct json *new_invocations(const struct writer *writer)
{
	const struct report *report = writer->report;
	const struct origin *input = find_stdin(report);
	struct json *list = json_new_array(), *invocation = json_new_object();

	json_set_bool(invocation, "executionSuccessful", !report->ntroubles);
	json_set_number(invocation, "exitCode", (size_t)report->exit_status);
	json_set_text(
	    invocation, "exitCodeDescription", describe_status(report));
	if (input)
		json_set(invocation, "stdin",
		    sarif_file_location(&writer->files, input));
	json_set(invocation, "toolExecutionNotifications",
	    new_notifications(report));
	json_push(list, invocation);
	return list;
}

/* A key with its description and URI; NULL: none. */
static void add_base_id(
    struct json *ids, const char *id, const char *uri, const char *description)
{
	struct json *base = json_new_object();

	if (uri)
		json_set_text(base, "uri", uri);
	json_set(base, "description", sarif_message(description));
	json_set(ids, id, base);
}

/* The sources without a URI: where they are is the reader's to know. */
static struct json *new_base_ids(const struct report *report)
{
	struct json *ids = json_new_object();
	bool any_absolute = false;

	for (size_t i = 0; i < report->norigins; i++)
		any_absolute |= uri_is_absolute(report->origins[i]);
	add_base_id(
	    ids, SARIF_SOURCES, NULL, "The root of the checked out sources.");
	if (any_absolute)
		add_base_id(ids, SARIF_FILE_SYSTEM, "file:///",
		    "The root of the file system.");
	return ids;
}

/* What is before the last slash is the category; no number of the run follows,
 * so that the next upload takes the place of this one. */
static struct json *new_automation_details(const char *category)
{
	struct json *details = json_new_object();
	struct buf id = {0};

	buf_printf(&id, "rolloutlint/%s/", category);
	json_set_text(details, "id", buf_text(&id));
	buf_release(&id);
	return details;
}

/* What the contract's clauses came to, in a bag that services pass over. */
static struct json *new_properties(const struct report *report)
{
	struct json *properties = json_new_object();

	json_set(properties, "verdicts", json_list_verdicts(report));
	return properties;
}

static struct json *new_run(struct writer *writer)
{
	const struct report *report = writer->report;
	struct json *run = json_new_object();

	json_set(run, "tool", new_tool(report));
	if (report->category)
		json_set(run, "automationDetails",
		    new_automation_details(report->category));
	json_set(run, "invocations", new_invocations(writer));
	json_set(run, "originalUriBaseIds", new_base_ids(report));
	json_set_text(run, "columnKind", "unicodeCodePoints");
	json_set(run, "artifacts", writer->files.artifacts);
	choose_results(writer);
	json_set(run, "results",
	    json_new_printed(print_result, writer, writer->nchosen));
	json_set(run, "logicalLocations",
	    json_new_printed(print_logical, writer, writer->nlogicals));
	if (report->nverdicts)
		json_set(run, "properties", new_properties(report));
	return run;
}

void sarif_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct writer writer = {.report = report};
	struct json *log = json_new_object(), *runs = json_new_array();

	sarif_files_init(&writer.files, report->origins, report->norigins);
	json_set_text(log, "$schema", SARIF_SCHEMA);
	json_set_text(log, "version", SARIF_VERSION);
	json_push(runs, new_run(&writer));
	json_set(log, "runs", runs);
	json_write_out(log, options->njobs, out);
	sarif_files_release(&writer.files);
	free(writer.logicals);
	map_release(&writer.logical_numbers);
	arena_release(&writer.arena);
}

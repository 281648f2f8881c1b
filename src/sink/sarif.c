/*
 * SARIF 2.1.0, in the profile that code scanning services take: one run with
 * the catalogue of all kinds, the files read, the objects named and the
 * results.  Nothing in it depends on the time, the machine or the directory,
 * so equal input gives equal bytes.
 */
#include "base/map.h"
#include "diag/suppression.h"
#include "sink/catalogue.h"
#include "sink/jsonc.h"
#include "sink/sink.h"
#include "sink/template.h"
#include "sink/uri.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

enum {
	RESULTS_MAX = 25000, /* the service refuses a run with more */
	RELATED_MAX = 100,   /* more locations of a result are not kept */
};

/* The notifications, in the order of tool.driver.notifications. */
enum notice {
	NOTICE_TROUBLE,
	NOTICE_CAPPED,
};

static const struct {
	const char *id, *name, *level, *meaning, *help;
} notices[] = {
    [NOTICE_TROUBLE] = {"RL9001", "IncompleteRun", "error",
	"Something kept the run from checking all of its input.",
	"Mend what the message names and run again: until then, what was not "
	"read is not known to be safe."},
    [NOTICE_CAPPED] = {"RL9002", "ResultsCapped", "warning",
	"There were more results than a run may hold.",
	"Mend some of the findings and run again to see the rest."},
};

struct writer {
	const struct report *report;
	struct arena arena;	       /* the keys of both maps */
	struct json_object *artifacts; /* run.artifacts */
	struct map artifact_numbers;   /* URI -> index + 1 */
	struct json_object *logicals;  /* run.logicalLocations */
	struct map logical_numbers;    /* kind and full name -> index + 1 */
};

/* {"index": index, "uri": ..., "uriBaseId": ...} */
static struct json_object *new_artifact_location(
    const struct writer *writer, const struct origin *origin)
{
	struct json_object *location = json_new_object();
	struct buf uri = {0};
	const void *number;

	if (origin)
		uri_add(&uri, origin);
	else
		buf_add_text(&uri, "stdin");
	json_set_text(location, "uri", buf_text(&uri));
	if (!origin || !uri_is_absolute(origin))
		json_set_text(location, "uriBaseId", "%SRCROOT%");
	number = map_find(&writer->artifact_numbers, buf_slice(&uri));
	if (number)
		json_set_number(location, "index", (uintptr_t)number - 1);
	buf_release(&uri);
	return location;
}

static struct json_object *new_roles(const struct origin *origin)
{
	struct json_object *roles = json_new_array();

	json_push(roles, json_new_text(origin->role == ORIGIN_CONTRACT
					   ? SLICE("policy")
					   : SLICE("analysisTarget")));
	if (origin->is_stdin)
		json_push(roles, json_new_text(SLICE("standardStream")));
	return roles;
}

/* A file given twice is one artifact. */
static void add_artifact(struct writer *writer, const struct origin *origin)
{
	struct buf uri = {0};
	struct json_object *artifact;
	void **slot;

	uri_add(&uri, origin);
	slot = map_slot(&writer->artifact_numbers,
	    slice_copy(&writer->arena, buf_slice(&uri)));
	buf_release(&uri);
	if (*slot)
		return;
	*slot = (void *)(uintptr_t)(json_length(writer->artifacts) + 1);
	artifact = json_new_object();
	json_set(artifact, "location", new_artifact_location(writer, origin));
	json_set(artifact, "roles", new_roles(origin));
	json_push(writer->artifacts, artifact);
}

/* What remains of text from column col (from 1) on, in code points. */
static struct slice skip_columns(struct slice text, uint32_t col)
{
	uint32_t code;

	while (--col && text.len) {
		size_t step = utf8_next(text, &code);

		text = (struct slice){text.ptr + step, text.len - step};
	}
	return text;
}

/* The part of the line quote that span covers. */
static struct slice part_of(struct slice quote, struct span span)
{
	struct slice part = skip_columns(quote, span.col);

	part.len -= skip_columns(quote, span.end_col).len;
	return part;
}

/*
 * Makes of a span what every reader takes: from 1, the end not before the
 * start, and no more than the line it starts on when that is known; services
 * show a result beside a change only when the change has all its lines.
 */
static struct span settle(struct span span, const char *quote)
{
	span.line = span.line ? span.line : 1;
	span.col = span.col ? span.col : 1;
	if (span.end_line > span.line && quote) {
		span.end_line = span.line;
		span.end_col = (uint32_t)utf8_count(slice_of(quote)) + 1;
	}
	if (span.end_line < span.line)
		span.end_line = span.line;
	if (span.end_line == span.line && span.end_col <= span.col)
		span.end_col = span.col + 1;
	span.end_col = span.end_col ? span.end_col : 1;
	return span;
}

static struct json_object *new_region(struct span span, const char *quote)
{
	struct json_object *region = json_new_object(), *snippet;

	span = settle(span, quote);
	json_set_number(region, "startLine", span.line);
	json_set_number(region, "startColumn", span.col);
	json_set_number(region, "endLine", span.end_line);
	json_set_number(region, "endColumn", span.end_col);
	if (quote) {
		snippet = json_new_object();
		json_set(snippet, "text",
		    json_new_text(part_of(slice_of(quote), span)));
		json_set(region, "snippet", snippet);
	}
	return region;
}

static struct json_object *new_physical_location(
    const struct writer *writer, struct place place, const char *quote)
{
	const struct report *report = writer->report;
	struct json_object *location = json_new_object();

	if (!place.origin)
		place = (struct place){
		    .origin = report->norigins ? report->origins[0] : NULL,
		};
	json_set(location, "artifactLocation",
	    new_artifact_location(writer, place.origin));
	json_set(location, "region", new_region(place.span, quote));
	return location;
}

/* The index in run.logicalLocations, where it is put when new; parent -1:
 * none. */
static size_t logical_number(struct writer *writer, const char *kind,
    const char *name, const char *full_name, ptrdiff_t parent)
{
	const char *key =
	    arena_printf(&writer->arena, "%s %s", kind, full_name);
	void **slot = map_slot(&writer->logical_numbers, slice_of(key));
	struct json_object *logical;

	if (*slot)
		return (uintptr_t)*slot - 1;
	logical = json_new_object();
	json_set_text(logical, "name", name);
	json_set_text(logical, "fullyQualifiedName", full_name);
	json_set_text(logical, "kind", kind);
	if (parent >= 0)
		json_set_number(logical, "parentIndex", (size_t)parent);
	*slot = (void *)(uintptr_t)(json_push(writer->logicals, logical) + 1);
	return (uintptr_t)*slot - 1;
}

/* [{"index": ..., "fullyQualifiedName": "apps/v1/Deployment/shop/web"}] */
static struct json_object *new_logical_locations(
    struct writer *writer, const struct subject *subject)
{
	bool named = subject->namespace[0];
	const char *namespace =
	    named ? subject->namespace : "(release namespace)";
	size_t parent =
	    logical_number(writer, "namespace", namespace, namespace, -1);
	const char *full_name = arena_printf(&writer->arena, "%s%s%s/%s/%s%s%s",
	    subject->group, subject->group[0] ? "/" : "", subject->version,
	    subject->kind, subject->namespace, named ? "/" : "", subject->name);
	struct json_object *list = json_new_array(),
			   *logical = json_new_object();

	json_set_number(logical, "index",
	    logical_number(writer, "resource", subject->name, full_name,
		(ptrdiff_t)parent));
	json_set_text(logical, "fullyQualifiedName", full_name);
	json_push(list, logical);
	return list;
}

/* Text of a manifest in a message: "](" would make a link of it. */
static void add_unlinked(struct buf *buf, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		buf_add_char(buf, text.ptr[i]);
		if (text.ptr[i] == ']' && i + 1 < text.len &&
		    text.ptr[i + 1] == '(')
			buf_add_char(buf, ' ');
	}
}

/* The text of a link, with what would end it escaped. */
static void add_link_text(struct buf *buf, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]\\", *text))
			buf_add_char(buf, '\\');
		buf_add_char(buf, *text);
	}
}

static size_t related_count(const struct finding *finding)
{
	return finding->nnotes < RELATED_MAX ? finding->nnotes : RELATED_MAX;
}

/* The message and, as links to the related locations, the notes: a service
 * shows those locations only when the message links to them. */
static struct json_object *new_result_text(const struct finding *finding)
{
	struct buf text = {0};
	struct json_object *json;

	add_unlinked(&text, slice_of(finding->text));
	template_add_stop(&text);
	for (size_t i = 0; i < related_count(finding); i++) {
		buf_add_text(&text, " [");
		add_link_text(&text, finding->notes[i].text);
		buf_printf(&text, "](%zu).", i + 1);
	}
	json = json_new_text(buf_slice(&text));
	buf_release(&text);
	return json;
}

static struct json_object *new_argument(struct slice value)
{
	struct json_object *argument;
	struct buf text = {0};

	add_unlinked(&text, value);
	argument = json_new_text(buf_slice(&text));
	buf_release(&text);
	return argument;
}

/*
 * What filled the placeholders, one value each: as the finding has it or, for
 * one that comes without, as its text shows.  NULL when neither tells.
 */
static struct json_object *new_arguments(const struct finding *finding)
{
	const char *message = finding->kind->message;
	size_t n = template_count(message);
	struct slice *values = xcalloc(n + 1, sizeof(*values));
	bool known = finding->nargs == n;
	struct json_object *list = NULL;

	for (size_t i = 0; known && i < n; i++)
		values[i] = slice_of(finding->args[i]);
	if (!known && !finding->nargs)
		known =
		    template_match(message, slice_of(finding->text), values);
	if (known) {
		list = json_new_array();
		for (size_t i = 0; i < n; i++)
			json_push(list, new_argument(values[i]));
	}
	free(values);
	return list;
}

static struct json_object *new_result_message(const struct finding *finding)
{
	struct json_object *message = json_new_object();
	struct json_object *arguments = new_arguments(finding);

	json_set(message, "text", new_result_text(finding));
	if (arguments) {
		json_set_text(message, "id", "default");
		json_set(message, "arguments", arguments);
	}
	return message;
}

static struct json_object *new_note_text(const struct note *note)
{
	struct buf text = {0};

	add_unlinked(&text, slice_of(note->text));
	template_add_stop(&text);
	return sarif_message_of(&text);
}

/* Notes without a place of their own are at the finding's. */
static struct json_object *new_related_locations(
    const struct writer *writer, const struct finding *finding)
{
	struct json_object *list = json_new_array();

	for (size_t i = 0; i < related_count(finding); i++) {
		const struct note *note = &finding->notes[i];
		bool own = place_known(note->place);
		struct json_object *related = json_new_object();

		json_set_number(related, "id", i + 1);
		json_set(related, "message", new_note_text(note));
		json_set(related, "physicalLocation",
		    new_physical_location(writer,
			own ? note->place : finding->place,
			own ? note->quote : finding->quote));
		json_push(list, related);
	}
	return list;
}

/* FNV-1a, 64 bits, over the text and the NUL after it; NULL is empty. */
static uint64_t fnv(uint64_t hash, const char *text)
{
	const char *c = text ? text : "";

	do {
		hash = (hash ^ (unsigned char)*c) * 0x100000001B3;
	} while (*c++);
	return hash;
}

/*
 * What stays the same while lines move: kind of finding, object and path.
 * Without the API version, which may be raised without a change of fault.
 */
static struct json_object *new_fingerprints(const struct finding *finding)
{
	const struct subject *subject = finding->subject;
	struct json_object *fingerprints = json_new_object();
	uint64_t hash = fnv(0xCBF29CE484222325, finding->kind->code);
	char digits[17];

	hash = fnv(hash, subject ? subject->group : NULL);
	hash = fnv(hash, subject ? subject->kind : NULL);
	hash = fnv(hash, subject ? subject->namespace : NULL);
	hash = fnv(hash, subject ? subject->name : NULL);
	hash = fnv(hash, finding->path);
	snprintf(digits, sizeof(digits), "%016" PRIx64, hash);
	json_set_text(fingerprints, "resourcePath/v1", digits);
	return fingerprints;
}

static struct json_object *new_location(
    struct writer *writer, const struct finding *finding)
{
	struct json_object *location = json_new_object();

	json_set(location, "physicalLocation",
	    new_physical_location(writer, finding->place, finding->quote));
	if (finding->subject)
		json_set(location, "logicalLocations",
		    new_logical_locations(writer, finding->subject));
	return location;
}

static size_t kind_number(
    const struct report *report, const struct diag_kind *kind)
{
	for (size_t i = 0; i < report->nkinds; i++) {
		if (report->kinds[i] == kind)
			return i;
	}
	BUG("a finding of a kind that is not in the report");
}

/* Empty for a result that stands: a reader would else not know (SARIF 2.1.0,
 * 3.27.23). */
static struct json_object *new_suppressions(
    struct writer *writer, const struct finding *finding)
{
	const struct suppression *suppression = finding->suppression;
	struct json_object *list = json_new_array(), *item, *location;

	if (!suppression)
		return list;
	item = json_new_object();
	location = json_new_object();
	json_set_text(item, "kind",
	    suppression->form == SUPPRESS_PATTERN ? "external" : "inSource");
	json_set_text(item, "status", "accepted");
	json_set_text(item, "justification", suppression->reason);
	json_set(location, "physicalLocation",
	    new_physical_location(writer, suppression->place, NULL));
	json_set(item, "location", location);
	json_push(list, item);
	return list;
}

static struct json_object *new_result(
    struct writer *writer, const struct finding *finding)
{
	struct json_object *result = json_new_object(),
			   *locations = json_new_array();

	json_set_text(result, "ruleId", finding->kind->code);
	json_set_number(
	    result, "ruleIndex", kind_number(writer->report, finding->kind));
	json_set_text(result, "level", severity_name(finding->severity));
	json_set(result, "message", new_result_message(finding));
	json_push(locations, new_location(writer, finding));
	json_set(result, "locations", locations);
	if (finding->nnotes)
		json_set(result, "relatedLocations",
		    new_related_locations(writer, finding));
	json_set(result, "partialFingerprints", new_fingerprints(finding));
	if (writer->report->nsuppressed)
		json_set(
		    result, "suppressions", new_suppressions(writer, finding));
	return result;
}

static struct json_object *new_results(struct writer *writer)
{
	const struct report *report = writer->report;
	struct json_object *results = json_new_array();

	for (size_t i = 0; i < report->nfindings && i < RESULTS_MAX; i++)
		json_push(results, new_result(writer, &report->findings[i]));
	for (size_t i = 0; i < report->nsuppressed; i++)
		json_push(results, new_result(writer, &report->suppressed[i]));
	return results;
}

static struct json_object *new_notices(void)
{
	struct json_object *list = json_new_array();

	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		struct json_object *notice = json_new_object();

		json_set_text(notice, "id", notices[i].id);
		json_set_text(notice, "name", notices[i].name);
		json_set(notice, "shortDescription",
		    sarif_message(notices[i].meaning));
		json_set(notice, "fullDescription",
		    sarif_message(notices[i].meaning));
		json_set(notice, "help", sarif_message(notices[i].help));
		json_push(list, notice);
	}
	return list;
}

static struct json_object *new_tool(const struct report *report)
{
	struct json_object *driver = json_new_object(),
			   *tool = json_new_object();

	json_set_text(driver, "name", "rolloutlint");
	json_set_text(driver, "version", report->version);
	json_set_text(driver, "semanticVersion", report->version);
	json_set_text(driver, "informationUri", SARIF_HOME);
	json_set(driver, "rules", sarif_rules(report));
	json_set(driver, "notifications", new_notices());
	json_set(tool, "driver", driver);
	return tool;
}

static struct json_object *new_notification(
    enum notice notice, const char *text)
{
	struct json_object *notification = json_new_object();
	struct json_object *descriptor = json_new_object();

	json_set_text(descriptor, "id", notices[notice].id);
	json_set_number(descriptor, "index", notice);
	json_set(notification, "descriptor", descriptor);
	json_set_text(notification, "level", notices[notice].level);
	json_set(notification, "message", sarif_message(text));
	return notification;
}

static struct json_object *new_notifications(const struct report *report)
{
	struct json_object *list = json_new_array();
	struct buf text = {0};

	for (size_t i = 0; i < report->ntroubles; i++)
		json_push(list,
		    new_notification(NOTICE_TROUBLE, report->troubles[i].text));
	if (report->nfindings > RESULTS_MAX) {
		buf_printf(&text,
		    "Only the first %d of %zu findings are written.",
		    RESULTS_MAX, report->nfindings);
		json_push(
		    list, new_notification(NOTICE_CAPPED, buf_text(&text)));
		buf_release(&text);
	}
	return list;
}

static struct json_object *new_invocations(const struct report *report)
{
	struct json_object *list = json_new_array(),
			   *invocation = json_new_object();

	json_set_bool(invocation, "executionSuccessful", !report->ntroubles);
	json_set_number(invocation, "exitCode", (size_t)report->exit_status);
	json_set(invocation, "toolExecutionNotifications",
	    new_notifications(report));
	json_push(list, invocation);
	return list;
}

/* Without a URI: where the sources are is the reader's to know. */
static struct json_object *new_base_ids(void)
{
	struct json_object *ids = json_new_object(), *root = json_new_object();

	json_set(root, "description",
	    sarif_message("The root of the checked out sources."));
	json_set(ids, "%SRCROOT%", root);
	return ids;
}

static struct json_object *new_run(struct writer *writer)
{
	const struct report *report = writer->report;
	struct json_object *run = json_new_object();

	for (size_t i = 0; i < report->norigins; i++)
		add_artifact(writer, report->origins[i]);
	json_set(run, "tool", new_tool(report));
	json_set(run, "invocations", new_invocations(report));
	json_set(run, "originalUriBaseIds", new_base_ids());
	json_set_text(run, "columnKind", "unicodeCodePoints");
	json_set(run, "artifacts", writer->artifacts);
	json_set(run, "results", new_results(writer));
	json_set(run, "logicalLocations", writer->logicals);
	return run;
}

/* In one piece, so that a reader never sees half of it without an error. */
static void print_log(FILE *out, struct json_object *log)
{
	struct buf text = {0};

	json_print(log, &text);
	fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
}

void sarif_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct writer writer = {
	    .report = report,
	    .artifacts = json_new_array(),
	    .logicals = json_new_array(),
	};
	struct json_object *log = json_new_object(), *runs = json_new_array();

	(void)options;
	json_set_text(log, "$schema", SCHEMA);
	json_set_text(log, "version", "2.1.0");
	json_push(runs, new_run(&writer));
	json_set(log, "runs", runs);
	print_log(out, log);
	json_free(log);
	map_release(&writer.artifact_numbers);
	map_release(&writer.logical_numbers);
	arena_release(&writer.arena);
}

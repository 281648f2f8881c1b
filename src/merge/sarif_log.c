/* A file -> a SARIF log of this program, checked: see sarif_log.h. */
#include "merge/sarif_log.h"

#include "sink/sarif_names.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* As many as a baseline may have: it is such a log, too. */
#define BYTES_MAX ((size_t)1 << 28)

const char *const sarif_run_keys[RUN_KEYS] = {
    [RUN_TOOL] = "tool",
    [RUN_CATEGORY] = "automationDetails",
    [RUN_INVOCATIONS] = "invocations",
    [RUN_BASE_IDS] = "originalUriBaseIds",
    [RUN_COLUMNS] = "columnKind",
    [RUN_ARTIFACTS] = "artifacts",
    [RUN_RESULTS] = "results",
    [RUN_LOGICALS] = "logicalLocations",
    [RUN_PROPERTIES] = "properties",
};

static const enum json_kind kinds[RUN_KEYS] = {
    [RUN_TOOL] = JSON_OBJECT,
    [RUN_CATEGORY] = JSON_OBJECT,
    [RUN_INVOCATIONS] = JSON_ARRAY,
    [RUN_BASE_IDS] = JSON_OBJECT,
    [RUN_COLUMNS] = JSON_STRING,
    [RUN_ARTIFACTS] = JSON_ARRAY,
    [RUN_RESULTS] = JSON_ARRAY,
    [RUN_LOGICALS] = JSON_ARRAY,
    [RUN_PROPERTIES] = JSON_OBJECT,
};

static int refuse_at(const struct sarif_log *log, size_t offset,
    struct fault *fault, const char *what)
{
	size_t line, col;

	json_text_place(buf_slice(&log->text), offset, &line, &col);
	return fault_at(fault, log->name, line, col, "%s", what);
}

int sarif_log_refuse(const struct sarif_log *log,
    const struct json_value *value, struct fault *fault, const char *format,
    ...)
{
	struct buf what = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&what, format, args);
	va_end(args);
	refuse_at(log, (size_t)(value->raw.ptr - log->text.ptr), fault,
	    buf_text(&what));
	buf_release(&what);
	return -1;
}

static int read_stream(struct sarif_log *log, FILE *stream, struct fault *fault)
{
	char block[BUFSIZ];
	size_t n;

	errno = 0;
	while (log->text.len <= BYTES_MAX &&
	       (n = fread(block, 1, sizeof(block), stream)))
		buf_add(&log->text, block, n);
	if (log->text.len > BYTES_MAX)
		return fault_set(fault, "%s: the log is larger than %zu bytes",
		    log->name, BYTES_MAX);
	if (!ferror(stream))
		return 0;
	return fault_set(
	    fault, "cannot read '%s': %s", log->name, strerror(errno));
}

/* A pipe has nothing to say the second time, or never ends it. */
static int check_file(const struct sarif_log *log, struct fault *fault)
{
	struct stat status;

	if (stat(log->name, &status) || S_ISREG(status.st_mode) ||
	    S_ISDIR(status.st_mode))
		return 0;
	return fault_set(fault,
	    "'%s' is not a regular file; --merge-sarif reads each file twice, "
	    "so write to a file what it gives",
	    log->name);
}

static int read_file(struct sarif_log *log, struct fault *fault)
{
	FILE *file;
	int result;

	if (check_file(log, fault))
		return -1;
	file = fopen(log->name, "re");
	if (!file)
		return fault_set(
		    fault, "cannot read '%s': %s", log->name, strerror(errno));
	result = read_stream(log, file, fault);
	fclose(file);
	return result;
}

static int read_text(struct sarif_log *log, FILE *stream, struct fault *fault)
{
	buf_clear(&log->text);
	if (!stream)
		return read_file(log, fault);
	rewind(stream);
	return read_stream(log, stream, fault);
}

static int check_log(
    struct sarif_log *log, const struct json_value *root, struct fault *fault)
{
	const struct json_value *version = json_text_member(root, "version");

	log->runs = json_text_member(root, "runs");
	if (!version || !log->runs || log->runs->kind != JSON_ARRAY)
		return sarif_log_refuse(log, root, fault,
		    "this is not a SARIF log: it lacks a version or a list of "
		    "runs");
	if (!json_text_is(version, SARIF_VERSION))
		return sarif_log_refuse(log, version, fault,
		    "the version must be \"" SARIF_VERSION "\", not %.*s",
		    SLICE_ARGS(version->raw));
	return 0;
}

int sarif_log_read(
    struct sarif_log *log, const char *name, FILE *stream, struct fault *fault)
{
	struct json_problem problem;
	const struct json_value *root;

	log->name = name;
	arena_reset(&log->arena);
	if (read_text(log, stream, fault))
		return -1;
	if (!log->text.len)
		return refuse_at(log, 0, fault,
		    "the file is empty; is it named behind '>', too?");
	root = json_text_read(buf_slice(&log->text), &log->arena, &problem);
	if (!root)
		return refuse_at(log, problem.offset, fault, problem.what);
	return check_log(log, root, fault);
}

static int put_value(
    struct sarif_run *run, const struct json_value *member, struct fault *fault)
{
	size_t i = 0;

	while (i < RUN_KEYS && !json_text_key_is(member, sarif_run_keys[i]))
		i++;
	if (i == RUN_KEYS)
		return sarif_log_refuse(run->log, member, fault,
		    "a run has %.*s, which rolloutlint does not write",
		    SLICE_ARGS(member->key));
	if (member->kind != kinds[i])
		return sarif_log_refuse(run->log, member, fault,
		    "%s of a run is of the wrong type", sarif_run_keys[i]);
	run->values[i] = member;
	return 0;
}

static int check_values(const struct sarif_run *run,
    const struct json_value *value, struct fault *fault)
{
	for (size_t i = 0; i < RUN_KEYS; i++) {
		if (!run->values[i] && i != RUN_CATEGORY && i != RUN_COLUMNS &&
		    i != RUN_PROPERTIES)
			return sarif_log_refuse(run->log, value, fault,
			    "a run lacks %s, which --format sarif always "
			    "writes and a baseline does not have",
			    sarif_run_keys[i]);
	}
	return 0;
}

static bool is_list(const struct json_value *value)
{
	return value && value->kind == JSON_ARRAY;
}

/* Before anything else: those of other tools have other members. */
static int check_tool(const struct sarif_run *run,
    const struct json_value *value, struct fault *fault)
{
	const struct json_value *tool = json_text_member(value, "tool");
	const struct json_value *name =
	    json_text_member(json_text_member(tool, "driver"), "name");

	if (!name)
		return sarif_log_refuse(run->log, tool ? tool : value, fault,
		    "the tool of a run has no name");
	if (!json_text_is(name, SARIF_TOOL))
		return sarif_log_refuse(run->log, name, fault,
		    "this is a run of %.*s; only those of " SARIF_TOOL
		    " are merged",
		    SLICE_ARGS(name->raw));
	return 0;
}

static int read_driver(struct sarif_run *run, struct fault *fault)
{
	run->driver = json_text_member(run->values[RUN_TOOL], "driver");
	run->rules = json_text_member(run->driver, "rules");
	run->notifications = json_text_member(run->driver, "notifications");
	if (!is_list(run->rules) || !is_list(run->notifications))
		return sarif_log_refuse(run->log, run->driver, fault,
		    "the tool of a run lacks its rules or notifications");
	return 0;
}

int sarif_run_read(struct sarif_run *run, const struct sarif_log *log,
    const struct json_value *value, struct fault *fault)
{
	*run = (struct sarif_run){.log = log};
	if (value->kind != JSON_OBJECT)
		return sarif_log_refuse(
		    log, value, fault, "a run must be an object");
	if (check_tool(run, value, fault))
		return -1;
	for (const struct json_value *member = value->first; member;
	     member = member->next) {
		if (put_value(run, member, fault))
			return -1;
	}
	if (check_values(run, value, fault) || read_driver(run, fault))
		return -1;
	run->verdicts =
	    json_text_member(run->values[RUN_PROPERTIES], "verdicts");
	if (run->verdicts && run->verdicts->kind != JSON_ARRAY)
		return sarif_log_refuse(
		    log, run->verdicts, fault, "verdicts must be a list");
	return 0;
}

void sarif_log_release(struct sarif_log *log)
{
	buf_release(&log->text);
	arena_release(&log->arena);
}

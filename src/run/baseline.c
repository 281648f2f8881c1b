/*
 * A SARIF log into what its results are recognised by.  A file that is not what
 * it should be is refused as a whole: half a baseline would make old findings
 * look new, and a wrong one would hide what is.
 */
#include "run/baseline.h"

#include "sink/sarif_names.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than any run writes, and less than json-c can count. */
#define BYTES_MAX ((size_t)1 << 30)

#define WRITE_ANEW "write it again with --update-baseline"

struct loader {
	struct baseline *baseline;
	const char *name;
	struct fault *fault;
	size_t run, result; /* where it is, for sentences */
	size_t nruns;	    /* of this program */
	const char *other;  /* the first other program; belongs to the log */
};

/* The member of that type, or NULL. */
static struct json_object *member(
    struct json_object *object, const char *key, json_type type)
{
	struct json_object *value;

	if (!json_object_is_type(object, json_type_object) ||
	    !json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, type))
		return NULL;
	return value;
}

static const char *text_of(struct json_object *object, const char *key)
{
	struct json_object *value = member(object, key, json_type_string);

	return value ? json_object_get_string(value) : NULL;
}

static int refuse_result(const struct loader *loader, const char *what)
{
	return fault_at(loader->fault, loader->name, 1, 1,
	    "runs[%zu].results[%zu] of the baseline has no %s that this "
	    "version knows; " WRITE_ANEW,
	    loader->run, loader->result, what);
}

/* Whether the result was no open one. */
static bool is_closed(struct json_object *result)
{
	struct json_object *suppressions =
	    member(result, "suppressions", json_type_array);
	const char *state = text_of(result, "baselineState");

	return (suppressions && json_object_array_length(suppressions)) ||
	       (state && !strcmp(state, "absent"));
}

static int load_result(struct loader *loader, struct json_object *result)
{
	struct baseline *baseline = loader->baseline;
	struct json_object *prints =
	    member(result, "partialFingerprints", json_type_object);
	const char *level = text_of(result, "level");
	struct baseline_item item = {
	    .code = text_of(result, "ruleId"),
	    .object = text_of(prints, SARIF_OBJECT_PRINT),
	    .line = text_of(prints, SARIF_LINE_PRINT),
	};

	if (is_closed(result))
		return 0;
	if (!item.code)
		return refuse_result(loader, "ruleId");
	if (!item.object && !item.line)
		return refuse_result(loader, "fingerprint");
	if (!level || !severity_parse(slice_of(level), &item.severity))
		return refuse_result(loader, "level");
	item.code = text_copy(&baseline->arena, item.code);
	item.object = text_copy(&baseline->arena, item.object);
	item.line = text_copy(&baseline->arena, item.line);
	baseline->items = grow(baseline->items, baseline->n, &baseline->cap,
	    sizeof(*baseline->items));
	baseline->items[baseline->n++] = item;
	return 0;
}

static int load_results(struct loader *loader, struct json_object *run)
{
	struct json_object *results = member(run, "results", json_type_array);

	if (!results)
		return fault_at(loader->fault, loader->name, 1, 1,
		    "runs[%zu] of the baseline has no results; " WRITE_ANEW,
		    loader->run);
	for (size_t i = 0; i < json_object_array_length(results); i++) {
		loader->result = i;
		if (load_result(loader, json_object_array_get_idx(results, i)))
			return -1;
	}
	return 0;
}

static int load_run(struct loader *loader, struct json_object *run)
{
	struct json_object *tool = member(run, "tool", json_type_object);
	const char *name =
	    text_of(member(tool, "driver", json_type_object), "name");

	if (name && !strcmp(name, SARIF_TOOL)) {
		loader->nruns++;
		return load_results(loader, run);
	}
	if (!loader->other)
		loader->other = name;
	return 0;
}

static int load_log(struct loader *loader, struct json_object *log)
{
	const char *version = text_of(log, "version");
	struct json_object *runs = member(log, "runs", json_type_array);

	if (!version || strcmp(version, SARIF_VERSION) != 0 || !runs)
		return fault_at(loader->fault, loader->name, 1, 1,
		    "the baseline is not a SARIF " SARIF_VERSION
		    " log; " WRITE_ANEW);
	for (size_t i = 0; i < json_object_array_length(runs); i++) {
		loader->run = i;
		if (load_run(loader, json_object_array_get_idx(runs, i)))
			return -1;
	}
	if (loader->nruns)
		return 0;
	if (loader->other)
		return fault_at(loader->fault, loader->name, 1, 1,
		    "the baseline holds findings of '%s' and none of "
		    "this program; " WRITE_ANEW,
		    loader->other);
	return fault_at(loader->fault, loader->name, 1, 1,
	    "the baseline holds no run of this program; " WRITE_ANEW);
}

/* FILE:LINE:COL of an offset, in bytes as the reader counts. */
static int refuse_at(const char *name, struct slice text, size_t offset,
    const char *why, struct fault *fault)
{
	size_t line = 1, start = 0;

	for (size_t i = 0; i < offset; i++) {
		if (text.ptr[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	return fault_at(fault, name, line, offset - start + 1,
	    "the baseline is not JSON: %s; " WRITE_ANEW, why);
}

/* Whether nothing but blanks is at the offset and after it. */
static bool ends_at(struct slice text, size_t offset)
{
	struct slice rest = {text.ptr + offset, text.len - offset};

	return !slice_trim(rest).len;
}

/* The one value of the text, as the flags of json_tokener say. */
static int parse_by(const char *name, struct slice text, int flags,
    struct json_object **ret_log, struct fault *fault)
{
	struct json_tokener *tokener = json_tokener_new();
	enum json_tokener_error error;
	const char *why;
	size_t end;

	if (!tokener)
		out_of_memory();
	json_tokener_set_flags(tokener, flags);
	*ret_log = json_tokener_parse_ex(tokener, text.ptr, (int)text.len);
	error = json_tokener_get_error(tokener);
	end = json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	why = error == json_tokener_continue ? "it ends too early"
					     : json_tokener_error_desc(error);
	if (error == json_tokener_success) {
		if (ends_at(text, end))
			return 0;
		why = "something follows its end";
	}
	json_object_put(*ret_log);
	return refuse_at(name, text, end, why, fault);
}

/* Whether text is JSON when each byte beyond ASCII is taken for a letter. */
static int check_ascii(
    const char *name, struct slice text, struct fault *fault)
{
	struct json_object *log;
	struct buf ascii = {0};
	int result;

	buf_add_slice(&ascii, text);
	for (size_t i = 0; i < ascii.len; i++) {
		if (ascii.ptr[i] & 0x80)
			ascii.ptr[i] = 'x';
	}
	result = parse_by(name, buf_slice(&ascii), JSON_TOKENER_STRICT, &log,
	    fault);
	buf_release(&ascii);
	if (result)
		return -1;
	json_object_put(log);
	return 0;
}

/*
 * The one value of the text, which is NULL for null.  Strict, json-c 0.18 takes
 * the bytes of letters beyond ASCII for control characters and refuses them
 * (its issue 892), so it is asked twice.
 */
static int parse_json(const char *name, struct slice text,
    struct json_object **ret_log, struct fault *fault)
{
	int strict = JSON_TOKENER_STRICT;

	if (json_c_version_num() >> 8 == 0x12) {
		if (check_ascii(name, text, fault))
			return -1;
		strict = 0;
	}
	return parse_by(
	    name, text, JSON_TOKENER_VALIDATE_UTF8 | strict, ret_log, fault);
}

int baseline_parse(struct baseline *baseline, const char *name,
    struct slice text, struct fault *fault)
{
	struct loader loader = {
	    .baseline = baseline,
	    .name = name,
	    .fault = fault,
	};
	struct json_object *log;
	int result;

	if (text.len > BYTES_MAX)
		return fault_set(fault,
		    "%s: the baseline is larger than %zu bytes", name,
		    BYTES_MAX);
	if (parse_json(name, text, &log, fault))
		return -1;
	result = load_log(&loader, log);
	json_object_put(log);
	return result;
}

/* One byte more than is allowed is read at most, to be refused. */
static int read_all(FILE *in, struct buf *bytes)
{
	char block[65536];
	size_t n;

	errno = 0;
	while (bytes->len <= BYTES_MAX &&
	       (n = fread(block, 1, sizeof(block), in)) > 0)
		buf_add(bytes, block, n);
	return ferror(in) ? -1 : 0;
}

int baseline_read(
    struct baseline *baseline, const char *name, struct fault *fault)
{
	struct buf bytes = {0};
	FILE *in = fopen(name, "re");
	int result = in ? read_all(in, &bytes) : -1;

	if (result)
		fault_set(fault,
		    "cannot read the baseline '%s': %s; write one with "
		    "--update-baseline",
		    name, strerror(errno ? errno : EIO));
	else
		result =
		    baseline_parse(baseline, name, buf_slice(&bytes), fault);
	if (in)
		fclose(in);
	buf_release(&bytes);
	return result;
}

void baseline_release(struct baseline *baseline)
{
	arena_release(&baseline->arena);
	free(baseline->items);
	*baseline = (struct baseline){0};
}

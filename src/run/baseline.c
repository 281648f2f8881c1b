/*
 * A SARIF log into what its results are recognised by.  A file that is not what
 * it should be is refused as a whole: half a baseline would make old findings
 * look new, and a wrong one would hide what is.
 */
#include "run/baseline.h"

#include "input/json_text.h"
#include "sink/sarif_names.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than any run writes. */
#define BYTES_MAX ((size_t)1 << 28)

#define WRITE_ANEW "write it again with --update-baseline"

struct loader {
	struct baseline *baseline;
	const char *name;
	struct fault *fault;
	struct arena arena; /* of what lives as long as the log */
	size_t run, result; /* where it is, for sentences */
	size_t nruns;	    /* of this program */
	const char *other;  /* the first other program; in arena */
};

/* The member of that kind, or NULL; of several the last counts. */
static const struct json_value *member(const struct json_value *object,
    const char *key, enum json_kind kind)
{
	const struct json_value *found = NULL;

	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json_value *one = object->first; one;
	     one = one->next) {
		if (json_text_key_is(one, key))
			found = one;
	}
	return found && found->kind == kind ? found : NULL;
}

/* A copy in the arena, or NULL. */
static const char *text_of(
    struct arena *arena, const struct json_value *object, const char *key)
{
	const struct json_value *value = member(object, key, JSON_STRING);

	return value ? json_text_string(value, arena).ptr : NULL;
}

static int refuse_result(const struct loader *loader, const char *what)
{
	return fault_at(loader->fault, loader->name, 1, 1,
	    "runs[%zu].results[%zu] of the baseline has no %s that this "
	    "version knows; " WRITE_ANEW,
	    loader->run, loader->result, what);
}

/* Whether the result was no open one. */
static bool is_closed(const struct json_value *result)
{
	const struct json_value *suppressions =
	    member(result, "suppressions", JSON_ARRAY);

	return (suppressions && suppressions->first) ||
	       json_text_is(
		   member(result, "baselineState", JSON_STRING), "absent");
}

static int load_result(struct loader *loader, const struct json_value *result)
{
	struct baseline *baseline = loader->baseline;
	struct arena *arena = &baseline->arena;
	const struct json_value *prints =
	    member(result, "partialFingerprints", JSON_OBJECT);
	const char *level = text_of(&loader->arena, result, "level");
	struct baseline_item item = {0};

	if (is_closed(result))
		return 0;
	item.code = text_of(arena, result, "ruleId");
	item.object = text_of(arena, prints, SARIF_OBJECT_PRINT);
	item.line = text_of(arena, prints, SARIF_LINE_PRINT);
	if (!item.code)
		return refuse_result(loader, "ruleId");
	if (!item.object && !item.line)
		return refuse_result(loader, "fingerprint");
	if (!level || !severity_parse(slice_of(level), &item.severity))
		return refuse_result(loader, "level");
	baseline->items = grow(baseline->items, baseline->n, &baseline->cap,
	    sizeof(*baseline->items));
	baseline->items[baseline->n++] = item;
	return 0;
}

static int load_results(struct loader *loader, const struct json_value *run)
{
	const struct json_value *results = member(run, "results", JSON_ARRAY);

	if (!results)
		return fault_at(loader->fault, loader->name, 1, 1,
		    "runs[%zu] of the baseline has no results; " WRITE_ANEW,
		    loader->run);
	loader->result = 0;
	for (const struct json_value *one = results->first; one;
	     one = one->next) {
		if (load_result(loader, one))
			return -1;
		loader->result++;
	}
	return 0;
}

static int load_run(struct loader *loader, const struct json_value *run)
{
	const struct json_value *tool = member(run, "tool", JSON_OBJECT);
	const char *name = text_of(
	    &loader->arena, member(tool, "driver", JSON_OBJECT), "name");

	if (name && !strcmp(name, SARIF_TOOL)) {
		loader->nruns++;
		return load_results(loader, run);
	}
	if (!loader->other)
		loader->other = name;
	return 0;
}

static int load_runs(struct loader *loader, const struct json_value *log)
{
	const struct json_value *runs = member(log, "runs", JSON_ARRAY);

	if (!runs ||
	    !json_text_is(member(log, "version", JSON_STRING), SARIF_VERSION))
		return fault_at(loader->fault, loader->name, 1, 1,
		    "the baseline is not a SARIF " SARIF_VERSION
		    " log; " WRITE_ANEW);
	for (const struct json_value *run = runs->first; run;
	     run = run->next, loader->run++) {
		if (load_run(loader, run))
			return -1;
	}
	return 0;
}

static int load_log(struct loader *loader, const struct json_value *log)
{
	if (load_runs(loader, log))
		return -1;
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

static int refuse_json(const struct loader *loader, struct slice text,
    const struct json_problem *problem)
{
	size_t line, col;

	json_text_place(text, problem->offset, &line, &col);
	return fault_at(loader->fault, loader->name, line, col,
	    "the baseline is not JSON: %s; " WRITE_ANEW, problem->what);
}

int baseline_parse(struct baseline *baseline, const char *name,
    struct slice text, struct fault *fault)
{
	struct loader loader = {
	    .baseline = baseline,
	    .name = name,
	    .fault = fault,
	};
	const struct json_value *log;
	struct json_problem problem;
	int result;

	if (text.len > BYTES_MAX)
		return fault_set(fault,
		    "%s: the baseline is larger than %zu bytes", name,
		    BYTES_MAX);
	log = json_text_read(text, &loader.arena, &problem);
	result = log ? load_log(&loader, log)
		     : refuse_json(&loader, text, &problem);
	arena_release(&loader.arena);
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

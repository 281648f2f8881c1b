/* Logs, one after the other, twice -> one log: see merge_sarif.h. */
#include "merge/merge_sarif.h"

#include "merge/category.h"
#include "sink/sarif_names.h"

#include <stdlib.h>

/* A run of one of the files. */
struct member {
	size_t file, run; /* numbers, of the run in its file */
};

struct merged_run {
	struct category category;
	struct member *members; /* in the order they were read */
	size_t n, cap;
};

struct merge {
	const char *const *names; /* NULL: there are files */
	FILE *const *files;	  /* NULL: there are names */
	size_t n;
	struct merged_run **runs; /* in order of their first members */
	size_t nruns, cap_runs;
	struct map by_id; /* of the category -> the run */
	struct sarif_log log;
	struct fault *fault;
};

static int read_log(struct merge *merge, size_t file)
{
	return sarif_log_read(&merge->log,
	    merge->names ? merge->names[file] : "the report of a profile",
	    merge->files ? merge->files[file] : NULL, merge->fault);
}

/* The run that those of this category become. */
static struct merged_run *find_run(
    struct merge *merge, const struct sarif_run *run)
{
	const struct json_value *id =
	    json_text_member(run->values[RUN_CATEGORY], "id");
	struct slice key = id ? id->raw : (struct slice){0};
	struct merged_run *found = map_find(&merge->by_id, key);

	if (found)
		return found;
	found = xcalloc(1, sizeof(*found));
	found->category.id = slice_copy(&found->category.arena, key);
	*map_slot(&merge->by_id, found->category.id) = found;
	merge->runs = grow(merge->runs, merge->nruns, &merge->cap_runs,
	    sizeof(struct merged_run *));
	merge->runs[merge->nruns++] = found;
	return found;
}

static int learn_run(
    struct merge *merge, struct member member, const struct json_value *value)
{
	struct sarif_run run;
	struct numbering numbering;
	struct merged_run *merged;

	if (sarif_run_read(&run, &merge->log, value, merge->fault))
		return -1;
	merged = find_run(merge, &run);
	merged->members = grow(
	    merged->members, merged->n, &merged->cap, sizeof(*merged->members));
	merged->members[merged->n++] = member;
	if (category_number(&merged->category, &run, &numbering, merge->fault))
		return -1;
	return category_add(&merged->category, &run, &numbering, merge->fault);
}

static int learn_log(struct merge *merge, size_t file)
{
	struct member member = {.file = file};
	int result = 0;

	if (read_log(merge, file))
		return -1;
	for (const struct json_value *value = merge->log.runs->first;
	     value && !result; value = value->next, member.run++)
		result = learn_run(merge, member, value);
	return result;
}

/* All that is wrong in the files; one that cannot be read ends it. */
static int learn(struct merge *merge)
{
	int result = 0;

	for (size_t i = 0; i < merge->n; i++) {
		if (!learn_log(merge, i))
			continue;
		result = -1;
		if (!merge->fault->is_placed)
			break;
	}
	return result;
}

/* The member again, as it was; another one when the file has changed. */
static int write_member(struct merge *merge, struct merged_run *merged,
    struct member member, FILE *out, size_t *written)
{
	const struct json_value *value;
	struct sarif_run run;
	struct numbering numbering;

	if (read_log(merge, member.file))
		return -1;
	value = merge->log.runs->first;
	while (value && member.run--)
		value = value->next;
	if (!value)
		return fault_set(merge->fault,
		    "'%s' was changed while it was read", merge->log.name);
	if (sarif_run_read(&run, &merge->log, value, merge->fault) ||
	    category_number(&merged->category, &run, &numbering, merge->fault))
		return -1;
	return category_write_results(
	    &run, &numbering, out, written, merge->fault);
}

static int write_run(struct merge *merge, struct merged_run *merged, FILE *out)
{
	size_t written = 0;
	int result = 0;

	category_write_head(&merged->category, out);
	for (size_t i = 0; !result && i < merged->n; i++)
		result = write_member(
		    merge, merged, merged->members[i], out, &written);
	category_write_tail(&merged->category, out);
	return result;
}

static int write_log(struct merge *merge, FILE *out)
{
	int result = 0;

	fputs("{\n  \"$schema\":\"" SARIF_SCHEMA "\",\n"
	      "  \"version\":\"" SARIF_VERSION "\",\n  \"runs\":[",
	    out);
	for (size_t i = 0; !result && i < merge->nruns; i++) {
		fputs(i ? ",\n" : "\n", out);
		result = write_run(merge, merge->runs[i], out);
	}
	fputs(merge->nruns ? "\n  ]\n}\n" : "]\n}\n", out);
	return result;
}

static void count(const struct merge *merge, struct merge_counts *counts)
{
	*counts = (struct merge_counts){.nruns = merge->nruns};
	for (size_t i = 0; i < merge->nruns; i++) {
		size_t n = merge->runs[i]->category.nresults;

		counts->nresults += n;
		counts->nmost = n > counts->nmost ? n : counts->nmost;
	}
}

static void merge_release(struct merge *merge)
{
	for (size_t i = 0; i < merge->nruns; i++) {
		category_release(&merge->runs[i]->category);
		free(merge->runs[i]->members);
		free(merge->runs[i]);
	}
	free(merge->runs);
	map_release(&merge->by_id);
	sarif_log_release(&merge->log);
}

static int merge_all(
    struct merge *merge, FILE *out, struct merge_counts *ret_counts)
{
	int result = learn(merge);

	if (!result)
		result = write_log(merge, out);
	count(merge, ret_counts);
	merge_release(merge);
	return result;
}

int merge_sarif_names(FILE *out, const char *const *names, size_t n,
    struct merge_counts *ret_counts, struct fault *fault)
{
	struct merge merge = {.names = names, .n = n, .fault = fault};

	return merge_all(&merge, out, ret_counts);
}

int merge_sarif_files(
    FILE *out, FILE *const *files, size_t n, struct fault *fault)
{
	struct merge merge = {.files = files, .n = n, .fault = fault};
	struct merge_counts counts;

	return merge_all(&merge, out, &counts);
}

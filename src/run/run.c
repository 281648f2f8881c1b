/*
 * The pipeline: source, chunks, documents, facts; then, when the stream has
 * ended, relations, rules and the order of findings.
 */
#include "run/run.h"

#include "fact/collect.h"
#include "fact/entity.h"
#include "fact/limits.h"
#include "fact/relate.h"
#include "run/fixes.h"
#include "run/late_objects.h"
#include "run/report_limits.h"
#include "run/stray_text.h"
#include "run/suppress.h"

#include <stdlib.h>

void run_add_fault(struct run *run, struct fault *fault)
{
	struct slice text = slice_of(fault_text(fault));

	/* Several profiles are told the same of what they share. */
	for (size_t i = 0; i < run->ntroubles; i++) {
		if (slice_is(text, run->troubles[i].text))
			return;
	}
	run->troubles = grow(run->troubles, run->ntroubles, &run->cap_troubles,
	    sizeof(*run->troubles));
	run->troubles[run->ntroubles++] = (struct run_trouble){
	    .text = slice_copy(&run->arena, text).ptr,
	    .is_placed = fault->is_placed,
	};
}

void run_add_trouble(struct run *run, const char *format, ...)
{
	struct fault fault = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&fault.text, format, args);
	va_end(args);
	run_add_fault(run, &fault);
	fault_release(&fault);
}

/* Up to here the documents of a file may be kept to be read again. */
#define KEPT_BYTES ((uint64_t)32 << 20)

/* What one chunk is linted with. */
struct linting {
	const struct run_options *options;
	bool is_previous; /* it is of the release that runs now */
	const struct chunk *chunk;
	struct chunk_result *result;
	struct collection collection;
};

static void visit_object(
    void *context, const struct node *object, const struct manifest *manifest)
{
	const struct linting *linting = context;
	const struct run_options *options = linting->options;

	suppress_annotations(&linting->result->suppressions, object, manifest,
	    options->namespace);
	if (linting->is_previous)
		return;
	if (options->ruleset->nof_objects)
		check_object(options->ruleset, options->profile, object,
		    manifest, &linting->result->steps,
		    &linting->result->of_rules);
	if (options->visit)
		options->visit(options->visit_context, object, manifest);
}

static void lint_text(struct linting *linting)
{
	const struct chunk *chunk = linting->chunk;
	struct chunk_result *result = linting->result;
	struct events *events =
	    events_new(buf_slice(&chunk->bytes), chunk->first_line);
	struct facts *facts = linting->collection.facts;
	bool keeps = facts->settings && facts->settings->keeps_raw;
	struct arena passing = {0};
	struct arena *nodes = keeps ? &facts->nodes : &passing;
	const struct node *root;
	size_t before;
	int more;

	if (!keeps)
		events_keep_text(events);
	do {
		root = NULL;
		before = result->findings.n;
		more = document_load(events, chunk->origin,
		    linting->options->limits, nodes, &result->findings, &root);
		if (root || result->findings.n > before)
			result->ndocuments++;
		if (root)
			collect_document(
			    &linting->collection, root, visit_object, linting);
		if (!keeps)
			arena_reset(nodes);
	} while (more > 0);
	arena_release(&passing);
	events_free(events);
}

static void lint_any_chunk(const struct run_options *options, bool is_previous,
    const struct chunk *chunk, uint32_t order, struct facts *facts,
    struct chunk_result *result)
{
	struct linting linting = {
	    .options = options,
	    .is_previous = is_previous,
	    .chunk = chunk,
	    .result = result,
	    .collection =
		{
		    .facts = facts,
		    .origin = chunk->origin,
		    .source = buf_slice(&chunk->template),
		    .findings = &result->findings,
		    .order = order,
		    .first_line = chunk->first_line,
		    .offset = chunk->offset,
		    .is_in_file = chunk->is_in_file,
		},
	};
	struct span start = {chunk->first_line, 1, chunk->first_line, 2};

	linting.collection.is_early =
	    chunk->offset + chunk->bytes.len <= KEPT_BYTES;
	if (!is_previous && (chunk->is_in_file || linting.collection.is_early))
		linting.collection.text = buf_slice(&chunk->bytes);
	if (!chunk->too_large) {
		suppress_comments(&result->suppressions, chunk->origin,
		    buf_slice(&chunk->bytes), chunk->first_line);
		lint_text(&linting);
		return;
	}
	result->ndocuments++;
	finding_own(&result->findings, KIND_SIZE_LIMIT,
	    (struct place){chunk->origin, start},
	    "this document is larger than %zu bytes and was skipped",
	    options->limits->document_bytes);
}

static void lint_chunk(const void *context, const struct chunk *chunk,
    uint32_t order, struct facts *facts, struct chunk_result *result)
{
	lint_any_chunk(context, false, chunk, order, facts, result);
}

/* What is wrong with a document of the release that runs now is no news, but
 * for what keeps it from being compared. */
static void lint_previous_chunk(const void *context, const struct chunk *chunk,
    uint32_t order, struct facts *facts, struct chunk_result *result)
{
	struct finding_list errors = {0};

	lint_any_chunk(context, true, chunk, order, facts, result);
	for (size_t i = 0; i < result->findings.n; i++) {
		if (result->findings.items[i].severity == SEVERITY_ERROR)
			finding_add(&errors, &result->findings.items[i]);
	}
	finding_list_release(&result->findings);
	result->findings = errors;
	result->ndocuments = 0;
}

static void tell_progress(const struct run *run, bool is_all)
{
	const struct run_options *options = run->options;
	const struct run_progress so_far = {
	    .nbytes = run->nbytes,
	    .ndocuments = run->result.ndocuments,
	    .nfindings = run->result.findings.n,
	    .is_all = is_all,
	};

	if (options->progress)
		options->progress(options->progress_context, &so_far);
}

/* Who reads, and who lints what was read. */
struct reading {
	struct run *run;
	struct workers *workers;
};

/* What has come is linted while the rest is waited for. */
static void before_read(void *context)
{
	struct reading *reading = context;

	workers_give(reading->workers, &reading->run->result);
}

static void lint_source(
    struct run *run, struct workers *workers, struct source *source)
{
	struct reading reading = {run, workers};
	struct splitter splitter;
	struct chunk chunk;
	struct fault fault = {0};
	int more;

	splitter_init(&splitter, source, run->options->limits->document_bytes);
	splitter.before_read = before_read;
	splitter.read_context = &reading;
	if (run->options->read_size)
		splitter.read_size = run->options->read_size;
	while ((more = splitter_next(&splitter, &chunk, &fault)) > 0) {
		chunk.is_in_file =
		    !remove_stray_text(&chunk, &run->result.findings) &&
		    source_is_file(source);
		run->nbytes += chunk.bytes.len;
		workers_put(workers, &chunk, &run->result);
		tell_progress(run, false);
	}
	if (more < 0)
		run_add_fault(run, &fault);
	splitter_release(&splitter);
	fault_release(&fault);
}

/* -1 when the input cannot be read, which is said in the troubles. */
static int open_input(struct run *run, const struct origin *origin, bool keep,
    struct source *source)
{
	struct slice text = origin->role == ORIGIN_PREVIOUS
				? run->options->previous_text
				: run->options->text;
	bool is_given = run->options->texts && origin->role == ORIGIN_MANIFEST;
	struct fault fault = {0};
	int result = 0;

	if (is_given)
		text = buf_slice(&run->options->texts[origin->index]);
	if (text.len || is_given)
		source_init_memory(source, origin, text);
	else
		result = source_open(source, origin, keep, &fault);
	if (result)
		run_add_fault(run, &fault);
	fault_release(&fault);
	return result;
}

static void lint_input(
    struct run *run, struct workers *workers, const struct origin *origin)
{
	struct source *source = xcalloc(1, sizeof(*source));
	bool keep = run->options->keep_sources;

	if (open_input(run, origin, keep, source)) {
		free(source);
		return;
	}
	workers_expect(workers, source_size(source));
	lint_source(run, workers, source);
	/* A pipe cannot be read twice, nor standard input be opened again. */
	if ((keep && (origin->is_stdin || source->spool >= 0)) ||
	    (origin->is_stdin && source_is_file(source))) {
		run->kept = grow(
		    run->kept, run->nkept, &run->cap_kept, sizeof(*run->kept));
		run->kept[run->nkept++] = source;
		return;
	}
	source_release(source);
	free(source);
}

/* Files of two releases that were given as one. */
static void report_repeated(struct run *run, const struct release *release)
{
	const struct entity_list *list = &release->repeated;
	struct finding_list *findings = &run->result.findings;
	const struct diag_kind *kind = own_kind(KIND_OBJECT_IN_TWO_FILES);
	const struct manifest *first;
	struct subject subject;
	struct buf text = {0};

	if (!list->n)
		return;
	first = list->items[0];
	subject = manifest_subject(release, first);
	buf_printf(&text, "%s '%s' is in an earlier file, too", first->kind,
	    first->name);
	if (list->n > 1)
		buf_printf(&text, ", like %zu other object%s", list->n - 1,
		    list->n > 2 ? "s" : "");
	buf_add_text(
	    &text, "; if each file is a release of its own, use --separate");
	finding_add(findings, &(struct finding){
				  .kind = kind,
				  .severity = kind->severity,
				  .place = entity_place(ENTITY_manifest, first),
				  .text = buf_text(&text),
				  .subject = &subject,
			      });
	finding_note(findings,
	    entity_place(ENTITY_manifest, first->seldom->namesake),
	    "the %s of that name in the earlier file", first->kind);
	buf_release(&text);
}

static void close_all(struct facts *const *facts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		facts_close(facts[i]);
}

/* The release that runs now, of which only facts are kept. */
static void read_previous(struct run *run)
{
	const struct run_options *options = run->options;
	struct run_part *part = &run->previous;
	struct facts *const *facts;
	size_t nfacts;

	part->input = options->previous[0];
	part->workers = workers_new(options->njobs ? options->njobs : 1,
	    options->settings, lint_previous_chunk, options);
	for (size_t i = 0; i < options->nprevious; i++)
		lint_input(run, part->workers, options->previous[i]);
	workers_finish(part->workers, &run->result);
	facts = workers_facts(part->workers, &nfacts);
	close_all(facts, nfacts);
	part->release = release_new(facts, nfacts, options->settings,
	    options->profile, NULL, options->namespace, options->origins);
}

static struct place start_of(const struct origin *origin)
{
	return (struct place){origin, (struct span){1, 1, 1, 2}};
}

/* The inputs as one release. */
static void lint_part(
    struct run *run, struct run_part *part, const struct run_inputs *inputs)
{
	const struct run_options *options = run->options;
	/* There may be none, and then no array. */
	const struct origin *const *origins =
	    inputs->n ? &options->inputs[inputs->first] : NULL;
	struct place fallback = {0};
	struct facts *const *facts;
	size_t nfacts;

	part->workers = workers_new(options->njobs ? options->njobs : 1,
	    options->settings, lint_chunk, options);
	for (size_t i = 0; i < inputs->n; i++)
		lint_input(run, part->workers, origins[i]);
	workers_finish(part->workers, &run->result);
	tell_progress(run, true);
	facts = workers_facts(part->workers, &nfacts);
	hold_late_objects(facts, nfacts,
	    &(struct late_input){options->limits, run->kept, run->nkept},
	    &run->arena);
	close_all(facts, nfacts);
	part->release = release_new(facts, nfacts, options->settings,
	    options->profile, &options->evidence, options->namespace,
	    options->origins ? options->origins : options->inputs);
	part->release->is_absent = !inputs->n;
	if (run->previous.release)
		release_compare(part->release, run->previous.release);
	part->name = inputs->name;
	part->first = inputs->first;
	part->n = inputs->n;
	if (inputs->n) {
		part->input = origins[0];
		fallback = start_of(part->input);
	}
	report_repeated(run, part->release);
	report_limits(run, part->release);
	check_release(options->ruleset, part->release, fallback, options->njobs,
	    &run->steps, &run->result.findings, run->tallies);
}

void run_lint(struct run *run, const struct run_options *options)
{
	const struct run_inputs all = {NULL, 0, options->ninputs};

	run->options = options;
	run->steps = run->result.steps =
	    1 + (uint64_t)settings_limit(options->settings, LIMIT_RULE_STEPS);
	run->tallies = arena_array(
	    &run->arena, options->profile->ndemands, sizeof(*run->tallies));
	if (options->nprevious)
		read_previous(run);
	run->nparts = options->nreleases ? options->nreleases : 1;
	run->parts = xcalloc(run->nparts, sizeof(*run->parts));
	for (size_t i = 0; i < run->nparts; i++)
		lint_part(run, &run->parts[i],
		    options->nreleases ? &options->releases[i] : &all);
	if (run->previous.release)
		report_limits(run, run->previous.release);
	if (!run->result.steps || !run->steps)
		report_steps(run, options->ninputs
				      ? start_of(options->inputs[0])
				      : (struct place){0});
	if (options->ninputs)
		report_slow_patterns(run, start_of(options->inputs[0]));
	finding_list_sort(&run->result.findings);
}

size_t run_object_count(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->nparts; i++)
		n += run->parts[i].release->lists[ENTITY_manifest].n;
	return n;
}

size_t run_undescribed_count(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->nparts; i++)
		n += release_undescribed_count(run->parts[i].release);
	return n;
}

void run_release(struct run *run)
{
	template_uses_release(&run->uses);
	for (size_t i = 0; i < run->nkept; i++) {
		source_release(run->kept[i]);
		free(run->kept[i]);
	}
	free(run->kept);
	for (size_t i = 0; i < run->nparts; i++) {
		release_free(run->parts[i].release);
		workers_free(run->parts[i].workers);
	}
	release_free(run->previous.release);
	workers_free(run->previous.workers);
	free(run->parts);
	finding_list_release(&run->result.findings);
	suppression_list_release(&run->result.suppressions);
	arena_release(&run->arena);
	free(run->troubles);
}

/* Everything that has a place, in one array of requests. */
static size_t add_request(struct quote *quotes, size_t n,
    const struct place *place, const char **ret_line, const char **ret_hash)
{
	if (place_known(*place))
		quotes[n++] = (struct quote){
		    .place = place,
		    .ret_line = ret_line,
		    .ret_hash = ret_hash,
		};
	return n;
}

static size_t request_findings(
    struct finding_list *findings, bool all_hashes, struct quote *quotes)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];
		/* The list owns them and is ours. */
		struct note *notes = (struct note *)(uintptr_t)finding->notes;

		n = add_request(quotes, n, &finding->place, &finding->quote,
		    all_hashes || !finding->subject ? &finding->line_hash
						    : NULL);
		for (size_t j = 0; j < finding->nnotes; j++)
			n = add_request(
			    quotes, n, &notes[j].place, &notes[j].quote, NULL);
	}
	return n;
}

void run_quote(struct run *run, bool all_hashes)
{
	struct finding_list *findings = &run->result.findings;
	size_t n, nfixes = fixes_count(findings), most = findings->n + nfixes;
	struct fix_line *lines = xcalloc(nfixes, sizeof(*lines));
	struct quote *quotes;

	for (size_t i = 0; i < findings->n; i++)
		most += findings->items[i].nnotes;
	quotes = xcalloc(most, sizeof(*quotes));
	n = request_findings(findings, all_hashes, quotes);
	n += fixes_request(findings, quotes + n, lines);
	quote_lines(
	    quotes, n, run->kept, run->nkept, run->options->njobs, &run->arena);
	fixes_locate(findings, lines, &run->result.suppressions, &run->arena);
	template_uses_drop_fixes(&run->uses, findings);
	free(quotes);
	free(lines);
}

/*
 * The pipeline: source, chunks, documents, facts; then, when the stream has
 * ended, relations, rules and the order of findings.
 */
#include "run.h"

#include "input/quote.h"
#include "input/split.h"

#include <stdlib.h>

/* What one chunk is linted with. */
struct linting {
	struct run *run;
	const struct chunk *chunk;
	struct arena nodes; /* of the document in hand */
};

void run_trouble(struct run *run, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	run->troubles = grow(run->troubles, run->ntroubles, &run->cap_troubles,
	    sizeof(*run->troubles));
	run->troubles[run->ntroubles++] =
	    slice_copy(&run->arena, buf_slice(&text)).ptr;
	buf_release(&text);
}

static void visit_object(
    void *context, const struct node *object, const struct manifest *manifest)
{
	struct run *run = context;
	const struct run_options *options = run->options;

	if (ruleset_visits_objects(options->ruleset))
		check_object(options->ruleset, options->profile, object,
		    manifest, &run->findings);
	if (options->visit)
		options->visit(options->visit_context, object, manifest);
}

static void lint_document(struct linting *linting, const struct node *root)
{
	struct run *run = linting->run;
	struct collection collection = {
	    .facts = &run->facts,
	    .origin = linting->chunk->origin,
	    .source = linting->chunk->template,
	    .findings = &run->findings,
	    .order = (uint32_t)run->ndocuments,
	};

	collect_document(&collection, root, visit_object, run);
}

static void lint_text(struct linting *linting)
{
	const struct chunk *chunk = linting->chunk;
	struct run *run = linting->run;
	struct events *events =
	    events_new(buf_slice(&chunk->bytes), chunk->first_line);
	const struct node *root;
	size_t before = run->findings.n;
	int more;

	do {
		root = NULL;
		more =
		    document_load(events, chunk->origin, run->options->limits,
			&linting->nodes, &run->findings, &root);
		if (root || run->findings.n > before)
			run->ndocuments++;
		if (root)
			lint_document(linting, root);
		before = run->findings.n;
		arena_reset(&linting->nodes);
	} while (more > 0);
	events_free(events);
}

static void lint_chunk(struct linting *linting)
{
	const struct chunk *chunk = linting->chunk;
	struct run *run = linting->run;
	struct span start = {chunk->first_line, 1, chunk->first_line, 2};

	if (!chunk->too_large) {
		lint_text(linting);
		return;
	}
	run->ndocuments++;
	finding_own(&run->findings, KIND_SIZE_LIMIT,
	    (struct place){chunk->origin, start},
	    "this document is larger than %zu bytes and was left out",
	    run->options->limits->document_bytes);
}

static void lint_source(struct run *run, struct source *source)
{
	struct splitter splitter;
	struct chunk chunk;
	struct linting linting = {.run = run, .chunk = &chunk};
	struct fault fault = {0};
	int more;

	splitter_init(&splitter, source, run->options->limits->document_bytes);
	if (run->options->read_size)
		splitter.read_size = run->options->read_size;
	while ((more = splitter_next(&splitter, &chunk, &fault)) > 0) {
		lint_chunk(&linting);
		chunk_release(&chunk);
	}
	if (more < 0)
		run_trouble(run, "%s", fault_text(&fault));
	splitter_release(&splitter);
	arena_release(&linting.nodes);
	fault_release(&fault);
}

/* -1 when the input cannot be read, which is said in the troubles. */
static int open_input(struct run *run, const struct origin *origin, bool keep,
    struct source *source)
{
	struct slice text = run->options->text;
	struct fault fault = {0};
	int result = 0;

	if (text.len)
		source_init_memory(source, origin, text);
	else
		result = source_open(source, origin, keep, &fault);
	if (result)
		run_trouble(run, "%s", fault_text(&fault));
	fault_release(&fault);
	return result;
}

static void lint_input(struct run *run, const struct origin *origin)
{
	struct source *source = xcalloc(1, sizeof(*source));
	bool keep = run->options->keep_sources && origin->is_stdin;

	if (open_input(run, origin, keep, source)) {
		free(source);
		return;
	}
	lint_source(run, source);
	if (keep && !run->kept) {
		run->kept = source;
		return;
	}
	source_release(source);
	free(source);
}

void run_lint(struct run *run, const struct run_options *options)
{
	struct facts *facts = &run->facts;
	struct place fallback = {0};

	run->options = options;
	facts_init(facts, options->settings);
	for (size_t i = 0; i < options->ninputs; i++)
		lint_input(run, options->inputs[i]);
	run->release = release_new(&facts, 1, options->settings,
	    options->profile, options->namespace, options->inputs);
	if (options->ninputs)
		fallback = (struct place){
		    options->inputs[0], (struct span){1, 1, 1, 2}};
	check_release(options->ruleset, run->release, fallback, &run->findings);
	finding_list_sort(&run->findings);
}

void run_release(struct run *run)
{
	if (run->kept)
		source_release(run->kept);
	free(run->kept);
	release_free(run->release);
	facts_release(&run->facts);
	finding_list_release(&run->findings);
	arena_release(&run->arena);
	free(run->troubles);
}

/* Everything that has a place, in one array of requests. */
static size_t add_request(
    struct quote *quotes, size_t n, struct place place, const char **ret_line)
{
	if (place_known(place))
		quotes[n++] = (struct quote){place, ret_line};
	return n;
}

void run_quote(struct run *run)
{
	struct finding_list *findings = &run->findings;
	size_t n = 0, most = findings->n;
	struct quote *quotes;

	for (size_t i = 0; i < findings->n; i++)
		most += findings->items[i].nnotes;
	quotes = xcalloc(most, sizeof(*quotes));
	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];
		/* The list owns them and is ours. */
		struct note *notes = (struct note *)(uintptr_t)finding->notes;

		n = add_request(quotes, n, finding->place, &finding->quote);
		for (size_t j = 0; j < finding->nnotes; j++)
			n = add_request(
			    quotes, n, notes[j].place, &notes[j].quote);
	}
	quote_lines(quotes, n, run->kept, &run->arena);
	free(quotes);
}

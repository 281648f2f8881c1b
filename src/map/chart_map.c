/* Documents to their templates: which program, where in it to begin, how. */
#include "map/chart_map.h"

#include "helm/chart.h"
#include "helm/values_written.h"
#include "map/decode.h"
#include "map/settle.h"

#include <stdlib.h>
#include <string.h>

/* What is kept of a file that documents came from. */
struct compiled_file {
	const struct program *program;
	struct map ends; /* kind -> struct document_end */
};

struct chart_map {
	struct chart **charts;
	size_t ncharts, cap_charts;
	struct arena arena;  /* programs */
	struct map compiled; /* Source name -> struct compiled_file */
	const struct evaluator *evaluator; /* or NULL */
	struct decoder decoder;
	struct rendered_lines rendered;
	struct decoded_line *decoded; /* the likeliest way ... */
	struct decoded_line *proven;  /* ... and what Helm may have gone */
	struct mapped_line *mapped;
	size_t cap_lines; /* of decoded, proven and mapped */
	size_t steps;	  /* that all searches have taken */
	size_t nlines;	  /* searched for */
};

struct chart_map *chart_map_new(void)
{
	return xcalloc(1, sizeof(struct chart_map));
}

void chart_map_free(struct chart_map *map)
{
	if (!map)
		return;
	for (size_t i = 0; i < map->compiled.n; i++) {
		struct compiled_file *file = map->compiled.entries[i].value;

		map_release(&file->ends);
	}
	for (size_t i = 0; i < map->ncharts; i++) {
		chart_release(map->charts[i]);
		free(map->charts[i]);
	}
	free(map->charts);
	map_release(&map->compiled);
	decoder_release(&map->decoder);
	rendered_lines_release(&map->rendered);
	free(map->decoded);
	free(map->proven);
	free(map->mapped);
	arena_release(&map->arena);
	free(map);
}

int chart_map_add(struct chart_map *map, const char *dir, struct fault *fault)
{
	struct chart *chart = xcalloc(1, sizeof(*chart));

	if (chart_load(chart, dir, fault)) {
		free(chart);
		return -1;
	}
	map->charts = grow(
	    map->charts, map->ncharts, &map->cap_charts, sizeof(*map->charts));
	map->charts[map->ncharts++] = chart;
	return 0;
}

void chart_map_use_values(
    struct chart_map *map, struct values_evaluator *values_evaluator)
{
	if (!map->ncharts)
		return;
	values_forget_written(values_evaluator, map->charts[0]);
	map->evaluator = &values_evaluator->evaluator;
}

/* The file, and the chart it is in. */
static const struct template_file *find_file(
    const struct chart_map *map, struct slice source, struct chart **ret_chart)
{
	for (size_t i = 0; i < map->ncharts; i++) {
		const struct template_file *file =
		    chart_find(map->charts[i], source);

		*ret_chart = map->charts[i];
		if (file)
			return file;
	}
	return NULL;
}

const struct template_file *chart_map_find(
    const struct chart_map *map, struct slice source)
{
	struct chart *chart;

	return find_file(map, source, &chart);
}

const char *chart_map_find_unread(
    const struct chart_map *map, struct slice source)
{
	const char *path = NULL;

	for (size_t i = 0; !path && i < map->ncharts; i++)
		path = chart_find_unread(map->charts[i], source);
	return path;
}

const char *chart_map_find_refused(
    const struct chart_map *map, struct slice source)
{
	for (size_t i = 0; i < map->ncharts; i++) {
		const struct refused_chart *refused =
		    chart_find_refused(map->charts[i], source);

		if (refused)
			return refused->problem;
	}
	return NULL;
}

struct slice chart_map_archive(const struct chart_map *map, struct slice path)
{
	for (size_t i = 0; i < map->ncharts; i++) {
		const struct archive *archive = map->charts[i]->folder.archives;

		/* An archive's own path may be in another. */
		for (; archive; archive = archive->next) {
			if (archive_holds(archive, path))
				path = archive->path;
		}
	}
	return path;
}

const struct slice *chart_map_packed(
    const struct chart_map *map, const char *path)
{
	const struct slice *packed = NULL;

	for (size_t i = 0; !packed && i < map->ncharts; i++)
		packed = chart_files_packed(&map->charts[i]->folder, path);
	return packed;
}

static struct slice first_line(struct slice text)
{
	ptrdiff_t len = slice_find(text, SLICE("\n"), 0);

	return (struct slice){text.ptr, len < 0 ? text.len : (size_t)len + 1};
}

static const struct slice filename_key =
    SLICE("postrenderer.helm.sh/postrender-filename:");

struct slice document_source(struct slice said, struct slice text)
{
	const struct slice key = filename_key;
	ptrdiff_t at = said.len ? -1 : slice_find(text, key, 0);
	struct slice value;

	if (at < 0)
		return said;
	value.ptr = text.ptr + at + key.len;
	value.len = text.len - (size_t)at - key.len;
	value = slice_trim(first_line(value));
	if (value.len >= 2 && value.ptr[0] == value.ptr[value.len - 1] &&
	    (value.ptr[0] == '"' || value.ptr[0] == '\''))
		value = (struct slice){value.ptr + 1, value.len - 2};
	return value;
}

static struct compiled_file *compile(struct chart_map *map, struct slice source,
    const struct template_file *file, const struct chart *chart)
{
	struct compiled_file *compiled = map_find(&map->compiled, source);
	struct program_request request = {
	    .file = file, .defines = &chart->defines};

	if (compiled)
		return compiled;
	if (map->evaluator && chart == map->charts[0]) {
		request.evaluator = map->evaluator;
		request.scope =
		    map->evaluator->begin(map->evaluator->context, source);
	}
	compiled = arena_alloc(&map->arena, sizeof(*compiled));
	compiled->program = program_compile(&request, &map->arena);
	*map_slot(&map->compiled, slice_copy(&map->arena, source)) = compiled;
	return compiled;
}

/* Takes the lines off that Helm puts before a document. */
static void skip_heading(struct slice *text, uint32_t *number)
{
	bool separator = false;

	while (text->len) {
		struct slice line = first_line(*text);
		bool is_source = slice_starts(line, SLICE("# Source:"));
		bool is_separator =
		    !separator && slice_starts(line, SLICE("---"));

		if (!is_source && !is_separator && slice_trim(line).len)
			return;
		separator |= is_separator;
		*text =
		    (struct slice){text->ptr + line.len, text->len - line.len};
		++*number;
		if (is_source)
			return;
	}
}

/* The line that says the kind: documents are ordered by it. */
static struct slice find_kind(const struct rendered_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct rendered_line *line = &lines->items[i];

		if (!line->indent && slice_starts(line->text, SLICE("kind:")))
			return line->text;
	}
	return SLICE("");
}

/* Takes the annotation out that Helm 4 has added for its post-renderer, and
 * the key above it when nothing else is left there. */
static void drop_filename(struct rendered_lines *lines)
{
	struct rendered_line *items = lines->items;
	size_t at = 0, n = 1;

	while (at < lines->n && !slice_starts(items[at].text, filename_key))
		at++;
	if (at == lines->n)
		return;
	if (at && slice_is(items[at - 1].text, "annotations:") &&
	    (at + 1 == lines->n || items[at + 1].indent < items[at].indent)) {
		at--;
		n++;
	}
	memmove(
	    items + at, items + at + n, (lines->n - at - n) * sizeof(*items));
	lines->n -= n;
}

static void make_room(struct chart_map *map, size_t n)
{
	if (n <= map->cap_lines)
		return;
	map->cap_lines = n;
	map->decoded = xrealloc(map->decoded, n * sizeof(*map->decoded));
	map->proven = xrealloc(map->proven, n * sizeof(*map->proven));
	map->mapped = xrealloc(map->mapped, n * sizeof(*map->mapped));
}

/* Whether many lines stand at another column than the template puts them, so
 * that the stream may have been written anew by something behind Helm. */
static bool seems_rewritten(const struct decode_result *result, size_t n)
{
	size_t odd = result->nmoved + result->nfollowing + result->nmisplaced;

	return result->nmoved && odd >= 3 && odd * 4 > n;
}

/* All documents together may take so much and no more: a stream of very many
 * small ones against a very large template does nobody any good. */
static bool decode_once(struct chart_map *map,
    const struct decode_request *request, struct decoded_line *ret_lines,
    struct decode_result *ret_result)
{
	size_t least = request->program->n;
	size_t most = STEPS_OF_ALL + map->nlines * STEPS_PER_LINE;
	bool done;

	if (map->steps + least > most)
		return false;
	done = decode(&map->decoder, request, ret_lines, ret_result);
	map->steps += least + (size_t)(MOST_STEPS - map->decoder.steps_left);
	return done;
}

/* With a lower price of indentation, which is better when it finds more lines
 * that the template has words for. */
static bool decode_rewritten(struct chart_map *map,
    struct decode_request *request, struct decode_result *ret_result)
{
	struct decode_result result = *ret_result;

	request->indent_cost = COST_INDENT_REWRITTEN;
	if (!decode_once(map, request, map->decoded, ret_result))
		return false;
	if (ret_result->nindented > result.nindented)
		return true;
	request->indent_cost = COST_INDENT;
	return decode_once(map, request, map->decoded, ret_result);
}

/* First with a narrow beam, which nearly always does; then, when the document
 * gives reason to, wider, and with another price of indentation. */
static bool find_likeliest(struct chart_map *map,
    struct decode_request *request, struct decode_result *ret_result)
{
	request->indent_cost = COST_INDENT;
	request->beam = COST_BEAM_NARROW;
	if (!decode_once(map, request, map->decoded, ret_result))
		return false;
	request->beam = ret_result->nstray ? COST_BEAM_WIDE : COST_BEAM;
	if ((ret_result->nstray || ret_result->roughest > COST_ROUGH) &&
	    !decode_once(map, request, map->decoded, ret_result))
		return false;
	return !seems_rewritten(ret_result, request->n) ||
	       decode_rewritten(map, request, ret_result);
}

/* All that Helm may have gone: ways without a fault, or else with no more than
 * the best has. */
static bool find_possible(struct chart_map *map,
    const struct decode_request *likeliest, int32_t most_faults,
    struct decode_result *ret_result)
{
	struct decode_request request = *likeliest;

	request.counts_faults = true;
	request.after = likeliest->first_after;
	request.margin = 0;
	request.beam = most_faults;
	return decode_once(map, &request, map->proven, ret_result);
}

/* Whether nothing is left to choose: each line has one leaf. */
static bool is_settled(const struct chart_map *map, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (map->proven[i].nleaves != 1)
			return false;
	}
	return true;
}

/* The nearest op before one at which a document may begin. */
static uint32_t start_before(const struct program *program, uint32_t op)
{
	while (op && program->ops[op].kind != OP_SEPARATE)
		op--;
	return op;
}

/* Ways without a fault, and of several the likeliest. */
static bool search_proven(struct chart_map *map, struct decode_request *request,
    struct decode_result *ret_result, struct settlement *settlement)
{
	struct decode_result likeliest;

	if (!find_possible(map, request, 0, ret_result)) {
		/* Something may have put documents in another order. */
		if (request->is_first)
			return false;
		request->is_first = true;
		if (!find_possible(map, request, 0, ret_result))
			return false;
	}
	settlement->is_proven = true;
	if (!request->with_margin || is_settled(map, request->n)) {
		memcpy(map->decoded, map->proven,
		    request->n * sizeof(*map->decoded));
		return true;
	}
	request->with_margin = false;
	request->beam = COST_BEAM_NARROW;
	request->from = start_before(request->program, ret_result->low);
	request->to = ret_result->high;
	if (!decode_once(map, request, map->decoded, &likeliest))
		return false;
	request->from = 0;
	request->to = UINT32_MAX;
	ret_result->end = likeliest.end;
	return true;
}

/* There is none: those with the fewest faults, and what is about as likely. */
static bool search_faulty(struct chart_map *map, struct decode_request *request,
    struct decode_result *ret_result, struct settlement *settlement)
{
	struct decode_result possible;

	if (!find_likeliest(map, request, ret_result))
		return false;
	settlement->rewritten = request->indent_cost == COST_INDENT_REWRITTEN;
	settlement->is_proven =
	    request->with_margin &&
	    find_possible(map, request, settlement->rewritten ? 0 : MOST_FAULTS,
		&possible);
	if (!settlement->is_proven && settlement->rewritten)
		settlement->is_proven =
		    find_possible(map, request, MOST_FAULTS, &possible);
	settlement->faults = settlement->is_proven ? possible.cost : 0;
	return true;
}

/* Where documents of a kind have ended. */
struct document_end {
	uint32_t at;	/* op after which the next one is likely to begin */
	uint32_t first; /* and before which it cannot; 0: unknown */
};

static struct document_end *find_end(
    struct chart_map *map, struct compiled_file *compiled, struct slice kind)
{
	struct document_end *end = map_find(&compiled->ends, kind);

	if (end)
		return end;
	end = arena_alloc(&map->arena, sizeof(*end));
	*map_slot(&compiled->ends, slice_copy(&map->arena, kind)) = end;
	return end;
}

static bool search(struct chart_map *map, struct compiled_file *compiled,
    bool wanted, struct decode_result *ret_result,
    struct settlement *settlement)
{
	struct slice kind = find_kind(&map->rendered);
	bool is_first = !map_find(&compiled->ends, kind);
	struct document_end *end = find_end(map, compiled, kind);
	struct decode_request request = {
	    .program = compiled->program,
	    .lines = map->rendered.items,
	    .n = map->rendered.n,
	    .is_first = is_first,
	    .after = end->at,
	    .first_after = end->first,
	    .with_margin = wanted,
	    .margin = COST_MARGIN,
	    .indent_cost = COST_INDENT,
	    .to = UINT32_MAX,
	};
	bool found;

	map->nlines += request.n;
	found = search_proven(map, &request, ret_result, settlement);
	end->first = found ? ret_result->first_end : 0;
	request.with_margin = wanted;
	if (!found && !search_faulty(map, &request, ret_result, settlement))
		return false;
	end->at = ret_result->end;
	return true;
}

/* Lines that another version of the template is likelier to have printed. */
static size_t count_misfits(const struct decode_result *result, bool rewritten)
{
	return result->nstray + result->nmisplaced + result->nunlikely +
	       (rewritten ? 0 : result->nmoved);
}

void chart_map_document(struct chart_map *map,
    const struct document_text *document, struct mapped_document *ret_mapped)
{
	struct slice text = document->text;
	uint32_t number = document->first_line;
	struct chart *chart = NULL;
	struct decode_result result = {0};
	struct settlement settlement = {0};
	bool found = false;

	*ret_mapped = (struct mapped_document){
	    .file = find_file(map, document->source, &chart)};
	skip_heading(&text, &number);
	rendered_lines_read(
	    &map->rendered, text, number, document->have_lists_drifted);
	if (document->have_lists_drifted)
		drop_filename(&map->rendered);
	make_room(map, map->rendered.n);
	if (ret_mapped->file && map->rendered.n)
		found = search(map,
		    compile(map, document->source, ret_mapped->file, chart),
		    document->wanted, &result, &settlement);
	settlement.file = ret_mapped->file;
	for (size_t i = 0; i < map->rendered.n; i++) {
		const struct rendered_line *line = &map->rendered.items[i];

		map->mapped[i] = (struct mapped_line){
		    .text = line->text, .number = line->number};
		if (found)
			settle_line(&settlement, &map->decoded[i],
			    &map->proven[i], &map->mapped[i]);
	}
	ret_mapped->lines = map->mapped;
	ret_mapped->n = map->rendered.n;
	ret_mapped->gave_up = ret_mapped->file && !found;
	ret_mapped->nmisfits =
	    found ? count_misfits(&result, settlement.rewritten)
		  : map->rendered.n;
	/* To have given up says nothing of whether the chart is the one. */
	if (found && document->wanted) {
		chart->nlines += ret_mapped->n;
		chart->nmisfits += ret_mapped->nmisfits;
	}
}

/* A few lines that fit nothing are nothing to go by. */
static bool is_stale(const struct chart *chart)
{
	return chart->nmisfits >= 5 && chart->nmisfits * 8 > chart->nlines;
}

bool chart_map_is_stale(const struct template_file *file)
{
	return is_stale(file->chart);
}

size_t chart_map_count(const struct chart_map *map)
{
	return map->ncharts;
}

const char *chart_map_stale(const struct chart_map *map, size_t i)
{
	return is_stale(map->charts[i]) ? map->charts[i]->metadata : NULL;
}

const struct mapped_line *mapped_document_find(
    const struct mapped_document *mapped, uint32_t number)
{
	size_t from = 0, to = mapped->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (mapped->lines[middle].number < number)
			from = middle + 1;
		else
			to = middle;
	}
	return from < mapped->n && mapped->lines[from].number == number
		   ? &mapped->lines[from]
		   : NULL;
}

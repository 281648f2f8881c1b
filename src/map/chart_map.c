/* Documents to their templates: which program, where in it to begin, how. */
#include "map/chart_map.h"

#include "helm/chart.h"
#include "map/decode.h"

#include <stdlib.h>
#include <string.h>

/* What is kept of a file that documents came from. */
struct compiled_file {
	const struct program *program;
	struct map ends; /* kind -> op its last document ended at, plus one */
};

struct chart_map {
	struct chart **charts;
	size_t ncharts, cap_charts;
	struct arena arena;  /* programs */
	struct map compiled; /* Source name -> struct compiled_file */
	const struct evaluator *evaluator; /* or NULL */
	struct decoder decoder;
	struct rendered_lines rendered;
	struct decoded_line *decoded;
	struct mapped_line *mapped;
	size_t cap_lines; /* of decoded and mapped */
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
    struct chart_map *map, const struct evaluator *evaluator)
{
	map->evaluator = evaluator;
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

const char *chart_map_find_packed(
    const struct chart_map *map, struct slice source)
{
	for (size_t i = 0; i < map->ncharts; i++) {
		const struct packed_chart *packed =
		    chart_find_packed(map->charts[i], source);

		if (packed)
			return packed->path;
	}
	return NULL;
}

static struct slice first_line(struct slice text)
{
	ptrdiff_t len = slice_find(text, SLICE("\n"), 0);

	return (struct slice){text.ptr, len < 0 ? text.len : (size_t)len + 1};
}

struct slice document_source(struct slice said, struct slice text)
{
	static const struct slice key =
	    SLICE("postrenderer.helm.sh/postrender-filename:");
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
	if (map->evaluator && chart == map->charts[0] &&
	    !chart->changes_values) {
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

static void make_room(struct chart_map *map, size_t n)
{
	if (n <= map->cap_lines)
		return;
	map->cap_lines = n;
	map->decoded = xrealloc(map->decoded, n * sizeof(*map->decoded));
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
    const struct decode_request *request, struct decode_result *ret_result)
{
	size_t least = request->program->n;
	size_t most = STEPS_OF_ALL + map->nlines * STEPS_PER_LINE;
	bool done;

	if (map->steps + least > most)
		return false;
	done = decode(&map->decoder, request, map->decoded, ret_result);
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
	if (!decode_once(map, request, ret_result))
		return false;
	if (ret_result->nindented > result.nindented)
		return true;
	request->indent_cost = COST_INDENT;
	return decode_once(map, request, ret_result);
}

/* First with a narrow beam, which nearly always does; then, when the document
 * gives reason to, wider, and with another price of indentation. */
static bool search(struct chart_map *map, struct compiled_file *compiled,
    bool with_margin, struct decode_result *ret_result, bool *ret_rewritten)
{
	struct slice kind = find_kind(&map->rendered);
	uintptr_t end = (uintptr_t)map_find(&compiled->ends, kind);
	struct decode_request request = {
	    .program = compiled->program,
	    .lines = map->rendered.items,
	    .n = map->rendered.n,
	    .is_first = !end,
	    .after = end ? (uint32_t)end - 1 : 0,
	    .with_margin = with_margin,
	    .indent_cost = COST_INDENT,
	    .beam = COST_BEAM_NARROW,
	};
	void **slot;

	map->nlines += request.n;
	if (!decode_once(map, &request, ret_result))
		return false;
	request.beam = ret_result->nstray ? COST_BEAM_WIDE : COST_BEAM;
	if ((ret_result->nstray || ret_result->roughest > COST_ROUGH) &&
	    !decode_once(map, &request, ret_result))
		return false;
	if (seems_rewritten(ret_result, request.n) &&
	    !decode_rewritten(map, &request, ret_result))
		return false;
	*ret_rewritten = request.indent_cost == COST_INDENT_REWRITTEN;
	slot = end ? map_slot(&compiled->ends, kind)
		   : map_slot(&compiled->ends, slice_copy(&map->arena, kind));
	*slot = (void *)(uintptr_t)(ret_result->end + 1);
	return true;
}

/* Where the line in the Source file is certain and the file of the helper is
 * not, the former has to do for both: vague is better than wrong. */
static void describe_line(const struct template_file *file,
    const struct rendered_line *rendered, const struct decoded_line *decoded,
    struct mapped_line *ret_line)
{
	const struct leaf *leaf = decoded->leaf;
	bool vague = decoded->file_doubtful && !decoded->nothers;

	*ret_line = (struct mapped_line){
	    .text = rendered->text, .number = rendered->number};
	if (!leaf)
		return;
	ret_line->line = leaf->source_line;
	ret_line->inner = vague ? file : leaf->file;
	ret_line->inner_line = vague ? leaf->source_line : leaf->line;
	ret_line->inner_doubtful = decoded->inner_doubtful;
	if (leaf->define && !vague)
		ret_line->helper = leaf->define->name;
	if (leaf->output)
		ret_line->action = leaf->output->text;
	if (leaf->only)
		ret_line->only = leaf->only->text;
	ret_line->scope = leaf->scope;
	for (uint8_t i = 0; i < decoded->nothers; i++)
		ret_line->others[i] = decoded->others[i];
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
	bool found = false, rewritten = false;

	*ret_mapped = (struct mapped_document){
	    .file = find_file(map, document->source, &chart)};
	skip_heading(&text, &number);
	rendered_lines_read(
	    &map->rendered, text, number, document->have_lists_drifted);
	make_room(map, map->rendered.n);
	if (ret_mapped->file)
		found = search(map,
		    compile(map, document->source, ret_mapped->file, chart),
		    document->wanted, &result, &rewritten);
	for (size_t i = 0; i < map->rendered.n; i++) {
		if (!found)
			map->decoded[i] = (struct decoded_line){0};
		describe_line(ret_mapped->file, &map->rendered.items[i],
		    &map->decoded[i], &map->mapped[i]);
	}
	ret_mapped->lines = map->mapped;
	ret_mapped->n = map->rendered.n;
	ret_mapped->gave_up = ret_mapped->file && !found;
	ret_mapped->nmisfits =
	    found ? count_misfits(&result, rewritten) : map->rendered.n;
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

/*
 * The stream is read twice more: once to learn which templates made documents
 * with findings, then to map those, in order.  Only then is it known whether
 * the chart is the right one, and places change.
 */
#include "run/relocate.h"

#include "helm/values_evaluator.h"
#include "map/likeness.h"
#include "map/round.h"
#include "run/map_lines.h"
#include "run/printed_words.h"
#include "run/template_notes.h"

#include <stdlib.h>
#include <string.h>

/* A place in the stream that is to become one in a template. */
struct move {
	size_t finding;
	ptrdiff_t note;	       /* of it; -1: its own place */
	size_t fix;	       /* of it, from 1; 0: none */
	struct place *verdict; /* a verdict's place instead, or NULL */
	struct place from;
	bool was_read;			  /* its document has been looked at */
	struct slice source;		  /* of its document; empty: none */
	const struct template_file *file; /* NULL: not in any chart */
	bool gave_up;			  /* its document was too much */
	/* The first move of a finding of its rule that a line of a helper
	 * explains, or NULL; and whether there are others. */
	struct move *first;
	bool is_shared;
	struct round round; /* the item of a loop it was printed for, or none */
	struct knob knob;   /* that prints what is missing, or none */
	bool is_own; /* from is the empty field that the finding is about, and
			no longer what lacks it */
	enum likeness likeness;	 /* of both lines */
	struct mapped_line line; /* line 0: not known */
	struct span span;	 /* in the Source file */
	struct span inner;	 /* in the helper's */
};

struct relocation {
	struct program *program;
	struct run *run;
	struct chart_map *charts;
	struct values_evaluator values_evaluator; /* of the first chart */
	struct template_notes notes;
	struct map helper_lines; /* rule and line of a helper -> struct move,
				    the first that is there */
	bool has_source;	 /* some document says which template made it */
	struct arena arena;
	struct move *moves; /* by place */
	size_t nmoves;
	size_t next;	    /* first move that no document has passed */
	struct map wanted;  /* sources of documents with moves */
	struct map printed; /* paths of files that documents came from */
	struct map fixed;   /* those of documents with fixes */
	struct map origins; /* path -> struct origin */
	struct round_effort *effort; /* spent on rounds of loops */
	struct companions companions;
};

typedef void visit_chunk_fn(
    struct relocation *relocation, const struct chunk *chunk);

static int by_place(const void *left, const void *right)
{
	const struct move *a = left, *b = right;
	unsigned ia = a->from.origin->index, ib = b->from.origin->index;

	if (ia != ib)
		return ia < ib ? -1 : 1;
	return (a->from.span.line > b->from.span.line) -
	       (a->from.span.line < b->from.span.line);
}

static void add_move(struct relocation *relocation, size_t finding,
    ptrdiff_t note, struct place place)
{
	if (place_known(place) && place.origin->role == ORIGIN_MANIFEST)
		relocation->moves[relocation->nmoves++] = (struct move){
		    .finding = finding, .note = note, .from = place};
}

static void add_verdict(struct relocation *relocation, struct place *place)
{
	size_t before = relocation->nmoves;

	add_move(relocation, 0, -1, *place);
	if (relocation->nmoves > before)
		relocation->moves[before].verdict = place;
}

static void add_fixes(struct relocation *relocation, size_t number)
{
	const struct finding *finding = &relocation->notes.list->items[number];

	for (size_t i = 0; i < finding->nfixes; i++) {
		size_t before = relocation->nmoves;

		add_move(relocation, number, -1, finding->fixes[i].place);
		if (relocation->nmoves > before)
			relocation->moves[before].fix = i + 1;
	}
}

static void list_moves(
    struct relocation *relocation, const struct verdicts *verdicts)
{
	const struct finding_list *findings = relocation->notes.list;
	size_t most = findings->n + verdicts->n;

	for (size_t i = 0; i < findings->n; i++)
		most += findings->items[i].nnotes + findings->items[i].nfixes;
	relocation->moves = xcalloc(most, sizeof(*relocation->moves));
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		add_move(relocation, i, -1, finding->place);
		for (size_t j = 0; j < finding->nnotes; j++)
			add_move(relocation, i, (ptrdiff_t)j,
			    finding->notes[j].place);
		add_fixes(relocation, i);
	}
	for (size_t i = 0; i < verdicts->n; i++) {
		/* They are the run's. */
		struct verdict *verdict =
		    (struct verdict *)(uintptr_t)&verdicts->items[i];

		add_verdict(relocation, &verdict->place);
	}
	if (relocation->nmoves)
		qsort(relocation->moves, relocation->nmoves,
		    sizeof(*relocation->moves), by_place);
}

static uint32_t count_newlines(struct slice text)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

/* The moves in a chunk, which come in the order of the chunks. */
static size_t moves_in(struct relocation *relocation, const struct chunk *chunk,
    struct move **ret_moves)
{
	struct slice text = buf_slice(&chunk->bytes);
	uint32_t end = chunk->first_line + count_newlines(text);
	size_t from, n = 0;

	if (text.len && text.ptr[text.len - 1] != '\n')
		end++;
	while (
	    relocation->next < relocation->nmoves &&
	    relocation->moves[relocation->next].from.origin == chunk->origin &&
	    relocation->moves[relocation->next].from.span.line <
		chunk->first_line)
		relocation->next++;
	from = relocation->next;
	while (from + n < relocation->nmoves &&
	       relocation->moves[from + n].from.origin == chunk->origin &&
	       relocation->moves[from + n].from.span.line < end)
		n++;
	*ret_moves = relocation->moves + from;
	relocation->next += n;
	return n;
}

static void note_wanted(
    struct relocation *relocation, const struct chunk *chunk)
{
	struct slice source = document_in(chunk).source;
	const struct template_file *file =
	    chart_map_find(relocation->charts, source);
	struct move *moves;
	size_t n;

	relocation->has_source |= source.len > 0;
	if (file)
		*map_slot(&relocation->printed, slice_of(file->path)) =
		    relocation;
	n = moves_in(relocation, chunk, &moves);
	for (size_t i = 0; i < n && file; i++) {
		if (moves[i].fix)
			*map_slot(&relocation->fixed, slice_of(file->path)) =
			    relocation;
	}
	if (!n || !source.len || map_find(&relocation->wanted, source))
		return;
	*map_slot(&relocation->wanted, slice_copy(&relocation->arena, source)) =
	    relocation;
}

/* The rendered words at a place; empty when they are not on one line. */
static struct slice words_at(
    const struct chunk *chunk, const struct mapped_line *line, struct span span)
{
	const char *start = line->text.ptr;

	while (start > chunk->bytes.ptr && start[-1] != '\n')
		start--;
	return printed_words(
	    (struct slice){
		start, (size_t)(line->text.ptr + line->text.len - start)},
	    span);
}

/* All of a rendered line. */
static struct slice whole_line(
    const struct chunk *chunk, const struct mapped_line *line)
{
	struct slice whole = line->text;
	const char *end = chunk->bytes.ptr + chunk->bytes.len;

	while (whole.ptr > chunk->bytes.ptr && whole.ptr[-1] != '\n') {
		whole.ptr--;
		whole.len++;
	}
	while (whole.ptr + whole.len < end && whole.ptr[whole.len] != '\n')
		whole.len++;
	return whole;
}

static bool is_printed(void *context, const struct template_file *file)
{
	struct relocation *relocation = context;

	return map_find(&relocation->printed, slice_of(file->path));
}

static struct finding *finding_of(
    const struct relocation *relocation, const struct move *move)
{
	return &relocation->notes.list->items[move->finding];
}

/* What would print an object that is missing, in another template. */
static void find_object(struct relocation *relocation, struct move *move,
    const struct template_file *file)
{
	const struct object_request request = {
	    .file = file,
	    .source = move->source,
	    .kind = missing_kind(finding_of(relocation, move)),
	    .values = &relocation->values_evaluator,
	    .are_given = relocation->notes.are_given,
	    .companions = &relocation->companions,
	    .is_printed = is_printed,
	    .context = relocation,
	};

	if (request.kind.len)
		knob_find_object(&request, &move->knob);
}

/* A finding about something that is missing: where it is there and empty,
 * "resources: {}" is the line to edit; or else what would print it. */
static const struct mapped_line *find_missing(struct relocation *relocation,
    struct move *move, const struct chunk *chunk, struct rendered_item *item)
{
	const struct finding *finding = finding_of(relocation, move);
	const struct knob_request request = {
	    .line = item->line,
	    .scope = move->round.item ? move->round.scope : item->line->scope,
	    .source = move->source,
	    .advice = advice_of(finding, !item->column),
	    .values = &relocation->values_evaluator,
	    .are_given = relocation->notes.are_given,
	    .has_key = has_field,
	    .context = item,
	};
	const struct mapped_line *own = find_empty_field(item, request.advice);
	uint32_t col;

	if (!own || !own->line) {
		if (!item->line->inner_doubtful)
			knob_find(&request, &move->knob);
		if (!move->knob.file)
			find_object(relocation, move, item->mapped->file);
		return item->line;
	}
	col = (uint32_t)(own->text.ptr - whole_line(chunk, own).ptr) + 1;
	move->is_own = true;
	move->from.span = (struct span){
	    own->number, col, own->number, col + (uint32_t)own->text.len};
	return own;
}

/* Whether the move is that of a finding, and not of what belongs to one. */
static bool is_own_place(const struct move *move)
{
	return move->note < 0 && !move->fix && !move->verdict;
}

/* When values are known, the item of a loop that a line was printed for. */
static void find_round(struct relocation *relocation, struct move *move,
    const struct mapped_document *mapped, const struct mapped_line *line)
{
	const struct round_request request = {
	    .mapped = mapped,
	    .line = line,
	    .source = move->source,
	    .values = &relocation->values_evaluator,
	    .effort = relocation->effort,
	};

	if (relocation->notes.are_given)
		round_find(&request, &move->round);
}

static void finish_move(struct relocation *relocation, struct move *move,
    const struct chunk *chunk, const struct mapped_document *mapped)
{
	uint32_t number = move->from.span.line;
	const struct mapped_line *line = mapped_document_find(mapped, number);
	const struct finding *finding = finding_of(relocation, move);
	struct slice words;

	move->file = mapped->file;
	if (!line || !line->line)
		return;
	if (is_own_place(move))
		find_round(relocation, move, mapped, line);
	if (is_own_place(move) && finding->is_whole)
		line = find_missing(relocation, move, chunk,
		    &(struct rendered_item){mapped, line,
			(size_t)(line->text.ptr -
				 whole_line(chunk, line).ptr)});
	words = words_at(chunk, line, move->from.span);
	if (move->is_own)
		find_round(relocation, move, mapped, line);
	move->line = *line;
	/* The chunk ends before notes are made of the line. */
	move->line.text = slice_copy(&relocation->arena, line->text);
	if (move->round.item)
		move->line.scope = move->round.scope;
	/* What printed the "{}" below a key is what is to be set. */
	if (!line->noutputs && line + 1 < mapped->lines + mapped->n &&
	    (slice_is(line[1].text, "{}") || slice_is(line[1].text, "[]") ||
		slice_is(line[1].text, "null"))) {
		move->line.only = line[1].only;
		if (!move->round.item)
			move->line.scope = line[1].scope;
	}
	move->likeness = likeness_of(whole_line(chunk, line), mapped, line);
	move->span = printed_words_span(
	    template_file_line(mapped->file, line->line), line->line, words);
	move->inner = printed_words_span(
	    template_file_line(line->inner, line->inner_line), line->inner_line,
	    words);
}

/* A document that hardly fits its template was not made from it. */
static bool fits(const struct mapped_document *mapped)
{
	return mapped->nmisfits < 3 || mapped->nmisfits * 5 < mapped->n;
}

/* Whether some document of the template has fixes, so that all are counted. */
static bool has_fixes(const struct relocation *relocation, struct slice source)
{
	const struct template_file *file =
	    chart_map_find(relocation->charts, source);

	return file && map_find(&relocation->fixed, slice_of(file->path));
}

static void map_chunk(struct relocation *relocation, const struct chunk *chunk)
{
	struct document_text document = document_in(chunk);
	struct mapped_document mapped;
	struct slice source = {0};
	struct move *moves;
	size_t n = moves_in(relocation, chunk, &moves);
	bool fixed = has_fixes(relocation, document.source);

	if (!document.source.len ||
	    (!fixed && !map_find(&relocation->wanted, document.source)))
		return;
	document.wanted = n > 0 || fixed;
	chart_map_document(relocation->charts, &document, &mapped);
	if (fixed)
		template_uses_count(
		    &relocation->run->uses, &mapped, fits(&mapped));
	if (n)
		source = slice_copy(&relocation->arena, document.source);
	round_effort_next(relocation->effort);
	for (size_t i = 0; i < n; i++) {
		moves[i].source = source;
		moves[i].was_read = true;
		moves[i].gave_up = mapped.gave_up;
		if (fits(&mapped))
			finish_move(relocation, &moves[i], chunk, &mapped);
		else
			moves[i].file = mapped.file;
	}
}

static struct source *find_kept(
    const struct run *run, const struct origin *origin)
{
	for (size_t i = 0; i < run->nkept; i++) {
		if (run->kept[i]->origin == origin)
			return run->kept[i];
	}
	return NULL;
}

static void visit_source(
    struct relocation *relocation, struct source *source, visit_chunk_fn *visit)
{
	struct splitter splitter;
	struct chunk chunk;
	struct fault fault = {0};

	splitter_init(&splitter, source,
	    relocation->run->options->limits->document_bytes);
	while (splitter_next(&splitter, &chunk, &fault) > 0) {
		if (!chunk.too_large)
			visit(relocation, &chunk);
		chunk_release(&chunk);
	}
	splitter_release(&splitter);
	fault_release(&fault);
}

/* All inputs once more.  One that cannot be read again keeps its places. */
static void visit_inputs(struct relocation *relocation, visit_chunk_fn *visit)
{
	const struct run_options *options = relocation->run->options;
	struct fault fault = {0};
	struct source again, *kept;

	relocation->next = 0;
	for (size_t i = 0; i < options->ninputs; i++) {
		const struct origin *input = options->inputs[i];

		while (relocation->next < relocation->nmoves &&
		       relocation->moves[relocation->next].from.origin->index <
			   input->index)
			relocation->next++;
		kept = find_kept(relocation->run, input);
		if (kept && !source_reread(kept)) {
			visit_source(relocation, kept, visit);
		} else if (!kept && !input->is_stdin &&
			   !source_open(&again, input, false, &fault)) {
			visit_source(relocation, &again, visit);
			source_release(&again);
		}
	}
	fault_release(&fault);
}

/* The name of a file below --root, or NULL.  Of one in a packed chart that is
 * the name of the archive, and what is behind it. */
static const char *below_root(struct relocation *relocation, const char *path)
{
	struct arena *arena = &relocation->program->arena;
	const char *root = relocation->program->options.root;
	char *real_root = root ? xmade(realpath(root, NULL)) : NULL;
	struct slice front =
	    chart_map_archive(relocation->charts, slice_of(path));
	const char *file = slice_copy(arena, front).ptr;
	char *real = real_root ? xmade(realpath(file, NULL)) : NULL;
	const char *result = NULL;
	size_t len = real_root ? strlen(real_root) : 0;

	if (real && len > 1 && !strncmp(real, real_root, len) &&
	    real[len] == '/')
		result = arena_printf(
		    arena, "%s%s", real + len + 1, path + front.len);
	free(real);
	free(real_root);
	return result;
}

/* The chart is gone when the lines of its templates are quoted. */
static const struct slice *keep_packed(
    struct relocation *relocation, const char *path)
{
	struct arena *arena = &relocation->program->arena;
	const struct slice *packed = chart_map_packed(relocation->charts, path);
	struct slice kept;

	if (!packed)
		return NULL;
	kept = slice_copy(arena, *packed);
	return arena_copy(arena, &kept, sizeof(kept));
}

/* Chart and templates are read as origins of their own, each once. */
static const struct origin *origin_of(void *context, const char *path)
{
	struct relocation *relocation = context;
	struct program *program = relocation->program;
	struct slice name = slice_of(path);
	struct origin *origin = map_find(&relocation->origins, name);
	const char *relative;

	if (origin)
		return origin;
	name = slice_copy(&program->arena, name);
	origin = program_origin(program, name.ptr, ORIGIN_TEMPLATE);
	origin->packed = keep_packed(relocation, path);
	relative = below_root(relocation, path);
	if (relative)
		origin->relative = relative;
	*map_slot(&relocation->origins, name) = origin;
	return origin;
}

/* Why a finding stays at the rendered line. */
static void note_unmapped(struct relocation *relocation,
    struct finding *finding, const struct move *move)
{
	struct finding_list *list = relocation->notes.list;
	const char *refused, *unread;

	if (!move->was_read || !finding->subject)
		return;
	refused = chart_map_find_refused(relocation->charts, move->source);
	unread = chart_map_find_unread(relocation->charts, move->source);
	if (move->gave_up)
		finding_note_to(list, finding, (struct place){0},
		    "'%s' has too many possible paths to find this line, so it "
		    "is shown as rendered",
		    move->file->path);
	else if (move->file)
		finding_note_to(list, finding, (struct place){0},
		    "no line of '%s' matches this one, so it is shown as "
		    "rendered",
		    move->file->path);
	else if (unread)
		finding_note_to(list, finding, (struct place){0},
		    "its template '%s' cannot be read or is too large", unread);
	else if (refused)
		finding_note_to(list, finding, (struct place){0},
		    "its template was not read: %s", refused);
	else
		finding_note_to(list, finding, (struct place){0},
		    "no chart of --chart contains the template '%.*s'",
		    SLICE_ARGS(move->source));
}

/* A note goes to its template line, unless that is its finding's own and would
 * tell nothing: two rounds of a loop, or of a helper. */
static void move_note(
    const struct finding *finding, const struct move *move, struct place place)
{
	/* The list owns them and is ours. */
	struct note *note =
	    (struct note *)(uintptr_t)finding->notes + move->note;

	if (finding->place.origin != place.origin ||
	    finding->place.span.line != place.span.line)
		note->place = place;
}

/* Whether what is written into the template, or above its line, is printed at
 * the rendered one, and as right with other values. */
static bool is_movable(const struct fix *fix, const struct move *move)
{
	bool inserts = fix->kind == FIX_INSERT;
	struct slice key = {fix->text, strcspn(fix->text, ":")};

	if (move->likeness != SAME_LINE &&
	    !(inserts && move->likeness == SAME_KEY))
		return false;
	return move->from.span.end_line == move->from.span.line &&
	       !(inserts &&
		   template_has_beside(move->file, move->line.line, key)) &&
	       template_has_port(move->file, slice_of(fix->text));
}

/* Into the template, if that is where it is made.  Otherwise finding and fix
 * are in two files then, and the fix is dropped. */
static void move_fix(struct relocation *relocation,
    const struct finding *finding, const struct move *move)
{
	/* The list owns them and is ours. */
	struct fix *fix =
	    (struct fix *)(uintptr_t)&finding->fixes[move->fix - 1];

	if (!is_movable(fix, move) ||
	    chart_map_packed(relocation->charts, move->file->path))
		return;
	fix->rendered = move->from;
	fix->place.origin = origin_of(relocation, move->file->path);
	fix->place.span.line = fix->place.span.end_line = move->line.line;
}

/* Whether the words are those of a helper in the chart's own files. */
static bool is_own_helper(const struct move *move)
{
	const struct mapped_line *line = &move->line;

	return is_own_place(move) && line->line && line->is_certain &&
	       !line->inner_doubtful && line->helper.len &&
	       slice_find(line->inner->name, SLICE("/charts/"), 0) < 0 &&
	       (line->inner != move->file || line->inner_line != line->line);
}

/* Notes which lines of helpers explain several findings of one rule. */
static void find_shared(struct relocation *relocation)
{
	for (size_t i = 0; i < relocation->nmoves; i++) {
		struct move *move = &relocation->moves[i], *first;
		const struct finding *finding = finding_of(relocation, move);
		void **slot;

		if (!is_own_helper(move))
			continue;
		slot = map_slot(&relocation->helper_lines,
		    slice_of(arena_printf(&relocation->arena, "%s %s:%u",
			finding->kind->id, move->line.inner->path,
			move->line.inner_line)));
		if (!*slot)
			*slot = move;
		first = *slot;
		move->first = first;
		first->is_shared |= first != move;
	}
}

/* The place of a finding: the line of the file that was rendered, or of the
 * helper, when that explains several. */
static struct place place_of(
    struct relocation *relocation, const struct move *move, struct place called)
{
	if (!move->first || !move->first->is_shared)
		return called;
	return (struct place){
	    origin_of(relocation, move->line.inner->path), move->inner};
}

static void add_notes(struct relocation *relocation, struct finding *finding,
    const struct move *move, struct place called)
{
	const struct moved_line moved = {
	    .line = &move->line,
	    .file = move->file,
	    .source = move->source,
	    .inner = move->inner,
	    .caller = move->first && move->first->is_shared ? called
							    : (struct place){0},
	    .knob = &move->knob,
	    .round = &move->round,
	};

	template_notes_add(&relocation->notes, finding, &moved);
}

static void apply_move(struct relocation *relocation, const struct move *move)
{
	struct finding *finding = finding_of(relocation, move);
	struct place place;

	if (move->file && chart_map_is_stale(move->file))
		return;
	if (move->fix) {
		if (move->line.line)
			move_fix(relocation, finding, move);
		return;
	}
	if (!move->line.line) {
		if (move->note < 0 && !move->verdict)
			note_unmapped(relocation, finding, move);
		return;
	}
	place.origin = origin_of(relocation, move->file->path);
	place.span = move->span;
	if (move->verdict) {
		*move->verdict = place;
		return;
	}
	if (move->note >= 0) {
		if (move->line.helper.len && !move->line.inner_doubtful &&
		    finding->place.origin ==
			origin_of(relocation, move->line.inner->path))
			place =
			    (struct place){finding->place.origin, move->inner};
		move_note(finding, move, place);
		return;
	}
	finding_set_rendered(relocation->notes.list, finding, move->from);
	finding->place = place_of(relocation, move, place);
	finding->is_whole &= !move->is_own;
	add_notes(relocation, finding, move, place);
	/* What the chart can print is asked for by its values. */
	if (move->knob.file)
		finding->nfixes = 0;
	finding_note_to(
	    relocation->notes.list, finding, move->from, "rendered here");
}

/* Notes last: where they go depends on where their finding is. */
static void apply_moves(struct relocation *relocation, bool of_notes)
{
	for (size_t i = 0; i < relocation->nmoves; i++) {
		const struct move *move = &relocation->moves[i];

		if ((move->note >= 0) == of_notes)
			apply_move(relocation, move);
	}
}

static void report_stale(struct relocation *relocation)
{
	const char *path;
	struct place place = {.span = {1, 1, 1, 2}};

	for (size_t i = 0; i < chart_map_count(relocation->charts); i++) {
		path = chart_map_stale(relocation->charts, i);
		if (!path)
			continue;
		place.origin = origin_of(relocation, path);
		finding_own(relocation->notes.list, KIND_STALE_CHART, place,
		    "the input was not rendered from this version of the "
		    "chart: too many lines match no template, so findings stay "
		    "at the rendered lines");
	}
}

static void relocate(
    struct relocation *relocation, const struct verdicts *verdicts)
{
	list_moves(relocation, verdicts);
	finding_list_write_out(relocation->notes.list);
	visit_inputs(relocation, note_wanted);
	visit_inputs(relocation, map_chunk);
	find_shared(relocation);
	apply_moves(relocation, false);
	apply_moves(relocation, true);
	report_stale(relocation);
	finding_list_sort(relocation->notes.list);
}

/* What was given and of no use, and why. */
static void remark_no_effect(struct relocation *relocation)
{
	const struct value *values = relocation->values_evaluator.root;
	struct buf *remarks = &relocation->program->remarks;

	buf_clear(remarks);
	if (relocation->nmoves && !relocation->has_source)
		buf_add_text(remarks,
		    "--chart had no effect: no document has the comment "
		    "'# Source: ...' that names its template; give what helm "
		    "template prints, before kustomize or kubectl take the "
		    "comments out");
	else if (relocation->notes.are_given && values && values->open &&
		 !values->map.n)
		buf_add_text(remarks,
		    "the values given tell no branch of the templates from "
		    "another: the chart writes into all of .Values");
}

int relocate_findings(
    struct program *program, struct run *run, const struct verdicts *verdicts)
{
	const struct options *options = &program->options;
	struct relocation relocation = {.program = program, .run = run};

	if (!options->ncharts)
		return 0;
	relocation.charts =
	    load_charts(options->charts, options->ncharts, &program->fault);
	if (!relocation.charts)
		return -1;
	values_evaluator_init(&relocation.values_evaluator, &program->values);
	relocation.notes = (struct template_notes){
	    .list = &run->result.findings,
	    .values = &relocation.values_evaluator,
	    .are_given = program->evidence.values != NULL,
	    .origin_of = origin_of,
	    .context = &relocation,
	};
	relocation.effort = round_effort_new();
	if (program->evidence.values)
		chart_map_use_values(
		    relocation.charts, &relocation.values_evaluator);
	relocate(&relocation, verdicts);
	remark_no_effect(&relocation);
	round_effort_free(relocation.effort);
	companions_release(&relocation.companions);
	values_evaluator_release(&relocation.values_evaluator);
	chart_map_free(relocation.charts);
	map_release(&relocation.wanted);
	map_release(&relocation.printed);
	map_release(&relocation.fixed);
	map_release(&relocation.origins);
	map_release(&relocation.helper_lines);
	arena_release(&relocation.arena);
	free(relocation.moves);
	return 0;
}

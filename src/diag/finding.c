/* Lists of findings, their order, and the tool's own kinds. */
#include "diag/finding.h"

#include "base/placeholder.h"

#include <stdlib.h>
#include <string.h>

static const struct diag_kind own_kinds[] = {
#define KIND(row, row_id, row_code, pascal, row_title, row_group, level, \
    row_invariant, row_message, row_why, row_fix)                        \
	[KIND_##row] = {                                                 \
	    .id = row_id,                                                \
	    .code = row_code,                                            \
	    .name = pascal,                                              \
	    .title = row_title,                                          \
	    .group = row_group,                                          \
	    .severity = SEVERITY_##level,                                \
	    .locked = SEVERITY_##level == SEVERITY_ERROR,                \
	    .invariant = row_invariant,                                  \
	    .message = row_message,                                      \
	    .why = row_why,                                              \
	    .fix = row_fix,                                              \
	},
#include "diag/kinds.def"
#undef KIND
};

static const char *const severity_names[] = {
    [SEVERITY_OFF] = "off",
    [SEVERITY_NOTE] = "note",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

const char *severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool severity_parse(struct slice name, enum severity *ret_severity)
{
	for (int i = 0; i < SEVERITY_MAX; i++) {
		if (slice_is(name, severity_names[i])) {
			*ret_severity = (enum severity)i;
			return true;
		}
	}
	return false;
}

static const char *const strike_words[] = {
    [STRIKE_NONE] = "",
    [STRIKE_BEFORE] = "before",
    [STRIKE_START] = "start",
    [STRIKE_CREATION] = "creation",
    [STRIKE_READINESS] = "readiness",
    [STRIKE_CAPACITY] = "capacity",
    [STRIKE_DELETION] = "deletion",
    [STRIKE_KILL] = "kill",
    [STRIKE_STEP] = "step",
    [STRIKE_PROMOTION] = "promotion",
    [STRIKE_DEADLINE] = "deadline",
    [STRIKE_AFTER] = "after",
};

const char *strike_word(enum strike strike)
{
	return strike_words[strike];
}

bool strike_parse(struct slice word, enum strike *ret_strike)
{
	for (int i = STRIKE_NONE + 1; i < STRIKE_MAX; i++) {
		if (slice_is(word, strike_words[i])) {
			*ret_strike = (enum strike)i;
			return true;
		}
	}
	return false;
}

const struct diag_kind *own_kind(enum own_kind kind)
{
	return &own_kinds[kind];
}

bool kind_is_called(const struct diag_kind *kind, struct slice name)
{
	for (size_t i = 0; i < kind->naliases; i++) {
		if (slice_is(name, kind->aliases[i]))
			return true;
	}
	return slice_is(name, kind->id) || slice_is(name, kind->code);
}

const struct diag_kind *kind_find(
    const struct diag_kind *const *kinds, size_t n, struct slice name)
{
	for (size_t i = 0; i < n; i++) {
		if (kind_is_called(kinds[i], name))
			return kinds[i];
	}
	return NULL;
}

void finding_list_release(struct finding_list *list)
{
	arena_release(&list->arena);
	free(list->items);
	*list = (struct finding_list){0};
}

/* A copy of the text, or the one before when that says the same. */
static const char *text_share(
    struct arena *arena, const char *text, const char *before)
{
	if (text && before && !strcmp(text, before))
		return before;
	return text_copy(arena, text);
}

static bool is_same_subject(const struct subject *a, const struct subject *b)
{
	return a->group == b->group && a->version == b->version &&
	       a->kind == b->kind && a->namespace == b->namespace &&
	       a->name == b->name && a->source == b->source &&
	       a->file == b->file;
}

/* The subject before, when it is the same; or a copy that shares its texts. */
static const struct subject *subject_or_before(struct arena *arena,
    const struct subject *subject, const struct subject *before)
{
	if (before && is_same_subject(subject, before))
		return before;
	return arena_copy(arena, subject, sizeof(*subject));
}

/* A copy that shares with the subject before what both say: findings of one
 * object come one after the other, and those of one template. */
static const struct subject *subject_share(struct arena *arena,
    const struct subject *from, const struct subject *before)
{
	struct subject subject = {
	    .group = text_share(arena, from->group, before->group),
	    .version = text_share(arena, from->version, before->version),
	    .kind = text_share(arena, from->kind, before->kind),
	    .namespace = text_share(arena, from->namespace, before->namespace),
	    .name = text_share(arena, from->name, before->name),
	    .source = text_share(arena, from->source, before->source),
	    .file = from->file,
	};

	return subject_or_before(arena, &subject, before);
}

const struct subject *subject_copy(
    struct arena *arena, const struct subject *from)
{
	struct subject *subject = arena_alloc(arena, sizeof(*subject));

	*subject = (struct subject){
	    .group = text_copy(arena, from->group),
	    .version = text_copy(arena, from->version),
	    .kind = text_copy(arena, from->kind),
	    .namespace = text_copy(arena, from->namespace),
	    .name = text_copy(arena, from->name),
	    .source = text_copy(arena, from->source),
	    .file = from->file,
	};
	return subject;
}

static const struct note *keep_notes(
    struct arena *arena, const struct note *from, size_t n)
{
	size_t room = 1;
	struct note *notes;

	if (!n)
		return NULL;
	/* As grow_notes() counts on. */
	while (room < n)
		room *= 2;
	notes = arena_array(arena, room, sizeof(*notes));
	for (size_t i = 0; i < n; i++) {
		notes[i] = from[i];
		notes[i].text = text_copy(arena, from[i].text);
		notes[i].quote = text_copy(arena, from[i].quote);
	}
	return notes;
}

static const struct fix *keep_fixes(
    struct arena *arena, const struct fix *from, size_t n)
{
	struct fix *fixes;

	if (!n)
		return NULL;
	fixes = arena_array(arena, n, sizeof(*fixes));
	for (size_t i = 0; i < n; i++) {
		fixes[i] = from[i];
		fixes[i].text = text_copy(arena, from[i].text);
		fixes[i].json = text_copy(arena, from[i].json);
	}
	return fixes;
}

/* The end of n texts, each of which is ended by NUL. */
static const char *end_of_texts(const char *texts, size_t n)
{
	for (; n; n--)
		texts += strlen(texts) + 1;
	return texts;
}

static const char *keep_args(struct arena *arena, const struct finding *from)
{
	const char *end;
	size_t size;

	if (!from->nargs)
		return NULL;
	end = end_of_texts(from->args, from->nargs);
	size = (size_t)(end - from->args);
	return memcpy(arena_chars(arena, size), from->args, size);
}

const char *finding_template(const struct finding *finding)
{
	const struct diag_kind *kind = finding->kind;

	return kind->ncases ? kind->cases[finding->which] : kind->message;
}

/* Appends the template with n texts in place of its placeholders. */
static void fill_template(
    struct slice template, const char *args, size_t n, struct buf *buf)
{
	struct placeholder_piece piece;

	buf_add_slice(buf, placeholder_skip_plain(&template));
	while (placeholder_next(&template, &piece)) {
		if (!piece.is_placeholder) {
			buf_add_slice(buf, piece.text);
		} else if (n) {
			buf_add_text(buf, args);
			args = end_of_texts(args, 1);
			n--;
		}
		buf_add_slice(buf, placeholder_skip_plain(&template));
	}
}

const char *finding_text(const struct finding *finding, struct buf *buf)
{
	if (finding->text)
		return finding->text;
	buf_clear(buf);
	fill_template(slice_of(finding_template(finding)), finding->args,
	    finding->nargs, buf);
	return buf_text(buf);
}

static const struct subject *keep_subject(struct arena *arena,
    const struct finding *finding, const struct subject *before)
{
	if (!finding->subject)
		return NULL;
	if (finding->subject_lasts)
		return subject_or_before(arena, finding->subject, before);
	return before ? subject_share(arena, finding->subject, before)
		      : subject_copy(arena, finding->subject);
}

void finding_add(struct finding_list *list, const struct finding *finding)
{
	static const struct finding none = {0};
	struct arena *arena = &list->arena;
	const struct finding *before = &none;
	struct finding *new;

	list->items =
	    grow(list->items, list->n, &list->cap, sizeof(*list->items));
	if (list->n)
		before = &list->items[list->n - 1];
	new = &list->items[list->n++];
	*new = *finding;
	new->text = text_copy(arena, finding->text);
	new->args = keep_args(arena, finding);
	new->subject = keep_subject(arena, finding, before->subject);
	new->path = text_share(arena, finding->path, before->path);
	new->stable_path =
	    text_share(arena, finding->stable_path, before->stable_path);
	new->quote = text_copy(arena, finding->quote);
	new->line_hash = text_copy(arena, finding->line_hash);
	new->notes = keep_notes(arena, finding->notes, finding->nnotes);
	new->fixes = keep_fixes(arena, finding->fixes, finding->nfixes);
}

/* Room for so many more.  By quarters: the list of a large run is most of what
 * its findings take, and what is doubled stays half empty. */
static void reserve(struct finding_list *list, size_t nmore)
{
	size_t cap = list->cap + list->cap / 4;

	if (list->n + nmore <= list->cap)
		return;
	if (cap < list->n + nmore)
		cap = list->n + nmore;
	list->items = xrealloc(list->items, cap * sizeof(*list->items));
	list->cap = cap;
}

void finding_list_append(struct finding_list *list, struct finding_list *from)
{
	reserve(list, from->n);
	if (from->n)
		memcpy(&list->items[list->n], from->items,
		    from->n * sizeof(*from->items));
	list->n += from->n;
	arena_join(&list->arena, &from->arena);
	finding_list_release(from);
}

void finding_own(struct finding_list *list, enum own_kind kind,
    struct place place, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	finding_add(list, &(struct finding){
			      .kind = own_kind(kind),
			      .severity = own_kind(kind)->severity,
			      .place = place,
			      .text = buf_text(&text),
			  });
	buf_release(&text);
}

/* Room for one more note: doubled whenever the number is a power of two, so
 * that n notes cost O(n). */
static struct note *grow_notes(struct arena *arena, struct finding *finding)
{
	uint32_t n = finding->nnotes;
	struct note *notes;

	if (n & (n - 1))
		return (struct note *)(uintptr_t)finding->notes;
	notes = arena_array(arena, n ? n * 2 : 1, sizeof(*notes));
	if (n)
		memcpy(notes, finding->notes, n * sizeof(*notes));
	finding->notes = notes;
	return notes;
}

static void add_note(struct finding_list *list, struct finding *finding,
    struct place place, const char *format, va_list args)
{
	struct note *notes = grow_notes(&list->arena, finding);
	struct buf text = {0};

	buf_vprintf(&text, format, args);
	notes[finding->nnotes++] = (struct note){
	    .place = place,
	    .text = text_copy(&list->arena, buf_text(&text)),
	};
	buf_release(&text);
}

void finding_note(
    struct finding_list *list, struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_note(list, &list->items[list->n - 1], place, format, args);
	va_end(args);
}

void finding_note_to(struct finding_list *list, struct finding *finding,
    struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_note(list, finding, place, format, args);
	va_end(args);
}

static int number_cmp(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int place_cmp(struct place a, struct place b)
{
	int order;

	if (a.origin != b.origin) {
		if (!a.origin || !b.origin)
			return a.origin ? 1 : -1;
		return number_cmp(a.origin->index, b.origin->index);
	}
	order = number_cmp(a.span.line, b.span.line);
	return order ? order : number_cmp(a.span.col, b.span.col);
}

static int rendered_cmp(const struct finding *a, const struct finding *b)
{
	if (!a->rendered || !b->rendered)
		return (a->rendered != NULL) - (b->rendered != NULL);
	return place_cmp(*a->rendered, *b->rendered);
}

/* What differs first in the texts that fill one template differs first in what
 * it says with them, unless one of the texts ends there: false, as then the
 * template goes on. */
static bool compare_args(
    const struct finding *a, const struct finding *b, int *ret_order)
{
	const char *left = a->args, *right = b->args;
	size_t n = a->nargs;

	if (a->text || b->text || a->nargs != b->nargs ||
	    finding_template(a) != finding_template(b))
		return false;
	while (n && *left == *right) {
		n -= !*left;
		left++;
		right++;
	}
	if (n && (!*left || !*right))
		return false;
	*ret_order = n ? (unsigned char)*left - (unsigned char)*right : 0;
	return true;
}

static int text_cmp(const struct finding *a, const struct finding *b)
{
	struct buf of_a = {0}, of_b = {0};
	int order;

	if (compare_args(a, b, &order))
		return order;
	order = strcmp(finding_text(a, &of_a), finding_text(b, &of_b));
	buf_release(&of_a);
	buf_release(&of_b);
	return order;
}

static int finding_cmp(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = place_cmp(a->place, b->place);

	/* Of one template line, what was printed first. */
	if (!order)
		order = rendered_cmp(a, b);
	if (!order)
		order = strcmp(a->kind->id, b->kind->id);
	return order ? order : text_cmp(a, b);
}

void finding_set_rendered(
    struct finding_list *list, struct finding *finding, struct place place)
{
	finding->rendered = arena_copy(&list->arena, &place, sizeof(place));
}

void finding_list_write_out(struct finding_list *list)
{
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		struct finding *finding = &list->items[i];

		if (!finding->text)
			finding->text = text_copy(
			    &list->arena, finding_text(finding, &text));
	}
	buf_release(&text);
}

static bool is_suppressed(const struct finding *finding)
{
	return finding->suppression;
}

static bool is_known(const struct finding *finding)
{
	return finding->known;
}

static size_t hold_back(
    struct finding_list *list, bool (*is_held)(const struct finding *finding))
{
	struct finding *held;
	size_t nheld = 0, kept = 0;

	for (size_t i = 0; i < list->n; i++)
		nheld += is_held(&list->items[i]);
	if (!nheld)
		return 0;
	held = xcalloc(nheld, sizeof(*held));
	nheld = 0;
	for (size_t i = 0; i < list->n; i++) {
		if (is_held(&list->items[i]))
			held[nheld++] = list->items[i];
		else
			list->items[kept++] = list->items[i];
	}
	memcpy(list->items + kept, held, nheld * sizeof(*held));
	list->n = kept;
	free(held);
	return nheld;
}

size_t finding_list_hold_back(struct finding_list *list)
{
	return hold_back(list, is_suppressed);
}

size_t finding_list_hold_known(struct finding_list *list)
{
	return hold_back(list, is_known);
}

/* A finding of the list, and what is compared first: most are told apart by
 * their place, without being read from memory again. */
struct ranked {
	uint64_t place; /* file, line and column, as far as they fit: the same
			   for what does not */
	const struct finding *finding;
};

static struct ranked rank_of(const struct finding *finding)
{
	const struct place *place = &finding->place;
	uint64_t file = place->origin ? (uint64_t)place->origin->index + 1 : 0;
	uint64_t line = place->span.line, col = place->span.col;

	return (struct ranked){
	    .place = file < UINT16_MAX
			 ? file << 48 | line << 16 |
			       (col < UINT16_MAX ? col : UINT16_MAX)
			 : UINT64_MAX,
	    .finding = finding,
	};
}

static int ranked_cmp(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return finding_cmp(a->finding, b->finding);
}

/* Puts each where its rank is, one circle of moves after the other. */
static void move_by_rank(struct finding *items, struct ranked *ranks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct finding first = items[i];
		size_t at = i, from;

		while ((from = (size_t)(ranks[at].finding - items)) != i) {
			ranks[at].finding = &items[at];
			items[at] = items[from];
			at = from;
		}
		ranks[at].finding = &items[at];
		items[at] = first;
	}
}

static bool is_in_order(const struct finding_list *list)
{
	for (size_t i = 1; i < list->n; i++) {
		if (finding_cmp(&list->items[i - 1], &list->items[i]) >= 0)
			return false;
	}
	return true;
}

void finding_list_sort(struct finding_list *list)
{
	struct ranked *ranks;
	size_t kept = 0;

	if (is_in_order(list))
		return;
	ranks = xcalloc(list->n, sizeof(*ranks));
	for (size_t i = 0; i < list->n; i++)
		ranks[i] = rank_of(&list->items[i]);
	qsort(ranks, list->n, sizeof(*ranks), ranked_cmp);
	move_by_rank(list->items, ranks, list->n);
	free(ranks);
	for (size_t i = 1; i < list->n; i++) {
		if (finding_cmp(&list->items[kept], &list->items[i]))
			list->items[++kept] = list->items[i];
	}
	list->n = kept + 1;
}

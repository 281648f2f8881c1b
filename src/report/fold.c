/*
 * Findings -> which of them one mistake has made.  Each is spelled as a key
 * that holds what must agree, with a mark for every name that may differ.
 */
#include "report/fold.h"

#include "base/map.h"
#include "report/pieces.h"
#include "report/plain.h"

#include <stdlib.h>
#include <string.h>

/* How many others a note names. */
#define MOST_OTHERS_NAMED 8

/* What stands for a name in a key: no text that is printed holds it. */
#define OBJECT_MARK '\1'
#define CONTAINER_MARK '\2'

/* Parts of a key are apart by a byte that none of them has. */
#define END_OF_PART '\0'

static void add_part(struct buf *key, const char *text)
{
	buf_add_text(key, text ? text : "");
	buf_add_char(key, END_OF_PART);
}

static void add_number_part(struct buf *key, unsigned number)
{
	buf_printf(key, "%u", number);
	buf_add_char(key, END_OF_PART);
}

/* The container's name in a path "spec.containers[name=web].image"; empty:
 * none. */
static struct slice container_in(const char *path)
{
	const char *from = path ? strstr(path, "[name=") : NULL;
	const char *to = from ? strchr(from, ']') : NULL;

	if (!to)
		return SLICE("");
	from += strlen("[name=");
	return (struct slice){from, (size_t)(to - from)};
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* Whether the name stands at an offset of text as a word of its own. */
static bool is_name_at(struct slice text, size_t at, struct slice name)
{
	size_t end = at + name.len;

	return name.len && end <= text.len && text.ptr[at] == *name.ptr &&
	       !memcmp(text.ptr + at, name.ptr, name.len) &&
	       (at == 0 || !is_word(text.ptr[at - 1])) &&
	       (end == text.len || !is_word(text.ptr[end]));
}

static bool is_of_one_object(
    const struct finding *left, const struct finding *right)
{
	return !strcmp(left->subject->name, right->subject->name) &&
	       !strcmp(left->subject->namespace, right->subject->namespace);
}

/* Whether the place is the mistake's own: a line that people write. */
static bool is_written(struct place place)
{
	return place_known(place) && place.origin->role != ORIGIN_MANIFEST &&
	       place.origin->role != ORIGIN_PREVIOUS;
}

/* Whether a name may stand behind the character. */
static bool opens_name(char c)
{
	return c == '\'' || c == '=';
}

/* The text with a mark for each name in it that stands between quotes or in a
 * path, "containers[name=web]": words of the sentence are nobody's name. */
static void add_pattern(struct buf *key, struct slice text, struct slice object,
    struct slice container)
{
	bool in_quotes = false;
	size_t i = 0;

	while (i < text.len) {
		bool is_named = in_quotes || (i && text.ptr[i - 1] == '=');
		size_t step = 1;

		if (is_named && is_name_at(text, i, object)) {
			buf_add_char(key, OBJECT_MARK);
			i += object.len;
			continue;
		}
		if (is_named && is_name_at(text, i, container)) {
			buf_add_char(key, CONTAINER_MARK);
			i += container.len;
			continue;
		}
		/* Up to where a name may stand. */
		while (!in_quotes && i + step < text.len &&
		       !opens_name(text.ptr[i + step - 1]))
			step++;
		in_quotes ^= text.ptr[i + step - 1] == '\'';
		buf_add(key, text.ptr + i, step);
		i += step;
	}
	buf_add_char(key, END_OF_PART);
}

/* What names of one set begin with: "shop" of 'shop-web', "shard" of 'shard2'.
 * Empty when the name does not look like one of a set. */
static struct slice stem_of(struct slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == '-' || (c >= '0' && c <= '9'))
			return (struct slice){name.ptr, i};
	}
	return SLICE("");
}

/* What says that two findings of the rendered text, whose template lines are
 * not known, come from one.  False: nothing does. */
static bool add_guess(struct buf *key, const struct finding *finding)
{
	const struct subject *subject = finding->subject;
	struct slice stem;

	add_part(key, finding->path);
	add_number_part(
	    key, finding->place.origin ? finding->place.origin->index : 0);
	add_part(key, subject->source);
	if (subject->source[0])
		return true;
	stem = stem_of(slice_of(subject->name));
	buf_add_slice(key, stem);
	return stem.len;
}

/* The key of a finding; false when it is like no other. */
static bool spell(const struct finding *finding, struct buf *key)
{
	const struct subject *subject = finding->subject;
	struct place place = finding->place;
	struct buf text = {0};

	if (!subject)
		return false;
	add_part(key, finding->kind->id);
	add_part(key, severity_name(finding->severity));
	add_part(key, finding->promoted ? "promoted" : "");
	add_part(key, subject->group);
	add_part(key, subject->kind);
	add_pattern(key, slice_of(finding_text(finding, &text)),
	    slice_of(subject->name), container_in(finding->stable_path));
	buf_release(&text);
	if (!is_written(place))
		return add_guess(key, finding);
	add_part(key, "");
	add_number_part(key, place.origin->index);
	add_number_part(key, place.span.line);
	return true;
}

/* The findings that stand for those like them, by the hashes of their keys.
 * Keys are longer than findings: they are spelled again where hashes agree. */
struct firsts {
	const struct finding *findings;
	uint64_t seed;
	uint64_t *hashes; /* by finding */
	uint32_t *last;	  /* by first: the last that it stands for, or itself */
	uint32_t *slots;  /* first plus one; 0 is free */
	size_t nslots;	  /* a power of two, more than there are findings */
	struct buf other_key;
};

static void firsts_init(
    struct firsts *firsts, const struct finding *findings, size_t n)
{
	if (n >= UINT32_MAX / 2)
		BUG("more than two billion findings");
	*firsts = (struct firsts){
	    .findings = findings,
	    .seed = map_seed(),
	    .hashes = xcalloc(n, sizeof(*firsts->hashes)),
	    .last = xcalloc(n, sizeof(*firsts->last)),
	    .nslots = 16,
	};
	while (firsts->nslots <= n + n / 4)
		firsts->nslots *= 2;
	firsts->slots = xcalloc(firsts->nslots, sizeof(*firsts->slots));
}

static void firsts_release(struct firsts *firsts)
{
	free(firsts->hashes);
	free(firsts->last);
	free(firsts->slots);
	buf_release(&firsts->other_key);
}

static bool has_key(
    struct firsts *firsts, size_t first, struct slice key, uint64_t hash)
{
	if (firsts->hashes[first] != hash)
		return false;
	buf_clear(&firsts->other_key);
	return spell(&firsts->findings[first], &firsts->other_key) &&
	       slice_eq(key, buf_slice(&firsts->other_key));
}

/* The first finding that is like number i, which has that key: i itself when
 * there is none before it. */
static size_t first_like(struct firsts *firsts, size_t i, struct slice key)
{
	uint64_t hash = map_hash(firsts->seed, key);
	size_t at = hash & (firsts->nslots - 1);

	while (firsts->slots[at]) {
		size_t first = firsts->slots[at] - 1;

		if (has_key(firsts, first, key, hash))
			return first;
		at = (at + 1) & (firsts->nslots - 1);
	}
	firsts->slots[at] = (uint32_t)i + 1;
	firsts->hashes[i] = hash;
	firsts->last[i] = (uint32_t)i;
	return i;
}

/* Findings while they are folded. */
struct folding {
	struct firsts firsts;
	struct fold *folds;
};

/* Findings that one thread spells before it takes the next. */
#define FINDINGS_AT_ONCE 256

/* A key as it stands in a piece, its bytes behind it. */
struct spelled {
	size_t index; /* of the finding */
	size_t len;
};

static void spell_keys(void *context, size_t from, size_t to, struct buf *piece)
{
	const struct folding *folding = context;
	struct buf key = {0};

	for (; from < to; from++) {
		struct spelled head = {.index = from};

		buf_clear(&key);
		if (!spell(&folding->firsts.findings[from], &key))
			continue;
		head.len = key.len;
		buf_add(piece, &head, sizeof(head));
		buf_add_slice(piece, buf_slice(&key));
	}
	buf_release(&key);
}

/* Joins the finding to those that are alike. */
static void fold_one(struct folding *folding, size_t i, struct slice key)
{
	struct firsts *firsts = &folding->firsts;
	const struct finding *findings = firsts->findings;
	size_t first = first_like(firsts, i, key);

	/* Rendered twice, and wrong twice. */
	if (first == i || (!is_written(findings[i].place) &&
			      is_of_one_object(&findings[first], &findings[i])))
		return;
	folding->folds[i].is_repeat = true;
	folding->folds[first].nmore++;
	folding->folds[firsts->last[first]].next = (uint32_t)i;
	firsts->last[first] = (uint32_t)i;
}

static void fold_piece(void *context, struct slice piece)
{
	struct spelled head;

	for (size_t at = 0; at < piece.len; at += head.len) {
		memcpy(&head, piece.ptr + at, sizeof(head));
		at += sizeof(head);
		fold_one(context, head.index,
		    (struct slice){piece.ptr + at, head.len});
	}
}

const struct fold *fold_findings(struct arena *arena,
    const struct finding *findings, size_t n, unsigned njobs)
{
	struct folding folding = {
	    .folds = arena_array(arena, n, sizeof(*folding.folds)),
	};
	const struct pieces pieces = {
	    .n = n,
	    .at_once = FINDINGS_AT_ONCE,
	    .print = spell_keys,
	    .take = fold_piece,
	    .context = &folding,
	};

	firsts_init(&folding.firsts, findings, n);
	pieces_print(&pieces, njobs);
	firsts_release(&folding.firsts);
	return folding.folds;
}

static size_t count_more(const struct report *report, size_t i)
{
	return report->folds ? report->folds[i].nmore : 0;
}

void fold_add_count(struct buf *buf, const struct report *report, size_t i)
{
	size_t n = count_more(report, i);

	if (n)
		buf_printf(buf, " (and %zu similar)", n);
}

/* A name in quotes. */
static void add_name(struct buf *buf, struct slice namespace, struct slice name)
{
	buf_add_char(buf, '\'');
	plain_add(buf, namespace);
	if (namespace.len)
		buf_add_char(buf, '/');
	plain_add(buf, name);
	buf_add_char(buf, '\'');
}

/* "'b' (line 40)", in the file that was rendered, which is named when it is not
 * that of the first: an object of the kind of the
 * first or, when it is that object, a container of it. */
static void add_other(
    struct buf *buf, const struct finding *first, const struct finding *other)
{
	struct slice container = container_in(other->stable_path);
	struct place place = *finding_rendered(other);

	if (container.len && is_of_one_object(first, other))
		add_name(buf, SLICE(""), container);
	else
		add_name(buf, slice_of(other->subject->namespace),
		    slice_of(other->subject->name));
	if (!place_known(place))
		return;
	buf_add_text(buf, " (");
	if (place.origin == finding_rendered(first)->origin) {
		buf_printf(buf, "line %u", place.span.line);
	} else {
		plain_add(buf, slice_of(place.origin->name));
		buf_printf(buf, ":%u", place.span.line);
	}
	buf_add_char(buf, ')');
}

bool fold_add_others(struct buf *buf, const struct report *report, size_t i)
{
	size_t n = count_more(report, i), named = 0;

	if (!n)
		return false;
	buf_add_text(buf, "also ");
	for (size_t at = i; named < n && named < MOST_OTHERS_NAMED; named++) {
		at = report->folds[at].next;
		if (named)
			buf_add_text(buf, ", ");
		add_other(buf, &report->findings[i], &report->findings[at]);
	}
	if (n > named)
		buf_printf(
		    buf, " and %zu more; --no-fold shows each", n - named);
	return true;
}

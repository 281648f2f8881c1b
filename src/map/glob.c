/* Fragments of a template line to a glob, and lines held against it. */
#include "map/glob.h"

#include <string.h>

/* The fragments while they become literals with wild places between them. */
struct glob_builder {
	struct glob *glob;
	struct arena *arena;
	struct slice *literals; /* one for each place, also empty ones */
	size_t nliterals;
	struct buf text; /* of the literal being put together */
};

uint64_t line_head(struct slice line)
{
	uint64_t head = 0;

	memcpy(
	    &head, line.ptr, line.len < sizeof(head) ? line.len : sizeof(head));
	return head;
}

static struct slice trim_start(struct slice text)
{
	while (text.len && char_is_blank(text.ptr[0]))
		text = (struct slice){text.ptr + 1, text.len - 1};
	return text;
}

static struct slice trim_end(struct slice text)
{
	while (text.len && char_is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static void finish_literal(struct glob_builder *builder, bool is_last)
{
	struct slice text = buf_slice(&builder->text);

	if (is_last)
		text = trim_end(text);
	builder->literals[builder->nliterals++] =
	    slice_copy(builder->arena, text);
	builder->glob->nliteral += (uint32_t)text.len;
	buf_clear(&builder->text);
}

/* Literals between two wild places; adjacent wild places are one. */
static void read_fragments(
    struct glob_builder *builder, const struct fragment *fragments, size_t n)
{
	bool after_wild = false;

	for (size_t i = 0; i < n; i++) {
		struct slice text = fragments[i].text;

		if (fragments[i].is_wild) {
			builder->glob->nwild++;
			if (!after_wild)
				finish_literal(builder, false);
			after_wild = true;
			continue;
		}
		if (!builder->glob->nwild && !builder->text.len)
			text = trim_start(text);
		buf_add_slice(&builder->text, text);
		after_wild &= !text.len;
	}
	finish_literal(builder, true);
}

/* "key: " stands for "key:" too, so its blank is not among them. */
static void set_head(struct glob *glob)
{
	struct slice known = trim_end(glob->prefix);
	size_t len = known.len < 8 ? known.len : 8;
	uint64_t ones = 0;

	/* An empty string in quotes may be missing with its quotes. */
	if (glob->nwild && glob->suffix.len == 1 && known.len &&
	    known.ptr[known.len - 1] == glob->suffix.ptr[0]) {
		known = trim_end((struct slice){known.ptr, known.len - 1});
		len = known.len < 8 ? known.len : 8;
	}
	memset(&ones, 0xff, len);
	glob->mask = ones;
	glob->head = line_head((struct slice){known.ptr, len});
}

const struct glob *glob_new(
    const struct fragment *fragments, size_t n, struct arena *arena)
{
	struct glob *glob = arena_alloc(arena, sizeof(*glob));
	struct glob_builder builder = {
	    .glob = glob,
	    .arena = arena,
	    .literals = arena_array(arena, n + 1, sizeof(struct slice)),
	};

	read_fragments(&builder, fragments, n);
	buf_release(&builder.text);
	glob->prefix = builder.literals[0];
	if (builder.nliterals > 1) {
		glob->suffix = builder.literals[builder.nliterals - 1];
		glob->middles = builder.literals + 1;
		glob->nmiddles = (uint32_t)builder.nliterals - 2;
	}
	set_head(glob);
	return glob;
}

static bool ends_in_blank(struct slice text)
{
	return text.len && char_is_blank(text.ptr[text.len - 1]);
}

/* "key: " or "key: "" for a line "key:", where nothing was printed. */
static bool fits_bare_key(const struct glob *glob, struct slice line)
{
	struct slice key = glob->prefix;

	if (glob->nmiddles || !key.len)
		return false;
	if (glob->suffix.len == 1 &&
	    key.ptr[key.len - 1] == glob->suffix.ptr[0])
		key.len--;
	else if (glob->suffix.len)
		return false;
	return ends_in_blank(key) && slice_eq(line, trim_end(key));
}

bool glob_fits(const struct glob *glob, struct slice line)
{
	size_t at = glob->prefix.len, end;
	struct slice inside;

	if (!glob->nwild)
		return slice_eq(line, glob->prefix);
	if (line.len < glob->prefix.len + glob->suffix.len ||
	    !slice_starts(line, glob->prefix) ||
	    !slice_ends(line, glob->suffix))
		return fits_bare_key(glob, line);
	end = line.len - glob->suffix.len;
	inside = (struct slice){line.ptr, end};
	for (size_t i = 0; i < glob->nmiddles; i++) {
		ptrdiff_t found = slice_find(inside, glob->middles[i], at);

		if (found < 0)
			return false;
		at = (size_t)found + glob->middles[i].len;
	}
	return true;
}

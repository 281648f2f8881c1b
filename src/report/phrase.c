/* Findings into the phrases that formats put them together from. */
#include "sink/words.h"

#include "sink/uri.h"

static void add_plain(struct buf *buf, const char *text)
{
	sink_add_plain(buf, slice_of(text));
}

void words_add_object(struct buf *buf, const struct subject *subject)
{
	add_plain(buf, subject->kind);
	buf_add_text(buf, " '");
	if (subject->namespace[0]) {
		add_plain(buf, subject->namespace);
		buf_add_char(buf, '/');
	}
	add_plain(buf, subject->name);
	buf_add_char(buf, '\'');
}

void words_add_place(struct buf *buf, struct place place)
{
	struct span span = place.span;

	add_plain(buf, place.origin ? place.origin->name : "rolloutlint");
	if (place.origin)
		buf_printf(buf, ":%u:%u", span.line ? span.line : 1,
		    span.col ? span.col : 1);
}

void words_add_message(struct buf *buf, const struct finding *finding)
{
	add_plain(buf, finding->text);
	buf_add_text(buf, finding->promoted ? " [-Werror=" : " [-W");
	add_plain(buf, finding->kind->id);
	buf_add_char(buf, ']');
}

void words_add_notes(
    struct buf *buf, const struct finding *finding, const char *before)
{
	for (size_t i = 0; i < finding->nnotes; i++) {
		const struct note *note = &finding->notes[i];

		buf_printf(buf, "%snote: ", before);
		add_plain(buf, note->text);
		if (!place_known(note->place))
			continue;
		buf_add_text(buf, " (");
		words_add_place(buf, note->place);
		buf_add_char(buf, ')');
	}
}

void words_add_title(struct buf *buf, const struct finding *finding)
{
	if (!finding->subject) {
		words_add_place(buf, finding->place);
		return;
	}
	words_add_object(buf, finding->subject);
	if (finding->path) {
		buf_add_char(buf, ' ');
		add_plain(buf, finding->path);
	}
}

const struct origin *words_some_origin(const struct report *report)
{
	return report->norigins ? report->origins[0] : NULL;
}

void unique_release(struct unique *unique)
{
	map_release(&unique->numbers);
	arena_release(&unique->arena);
}

void unique_make(struct unique *unique, struct buf *buf, const char *separator)
{
	void **slot = map_slot(
	    &unique->numbers, slice_copy(&unique->arena, buf_slice(buf)));
	uintptr_t number = (uintptr_t)*slot + 1;

	*slot = (void *)number;
	if (number > 1)
		buf_printf(buf, "%s%zu", separator, (size_t)number);
}

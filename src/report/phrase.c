/* Findings into the phrases that formats put them together from. */
#include "report/phrase.h"

#include "report/plain.h"

static void add_plain(struct buf *buf, const char *text)
{
	plain_add(buf, slice_of(text));
}

void phrase_add_object(struct buf *buf, const struct subject *subject)
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

void phrase_add_place(struct buf *buf, struct place place)
{
	struct span span = place.span;

	add_plain(buf, place.origin ? place.origin->name : "rolloutlint");
	if (place.origin)
		buf_printf(buf, ":%u:%u", span.line ? span.line : 1,
		    span.col ? span.col : 1);
}

void phrase_add_text(struct buf *buf, const struct finding *finding)
{
	struct buf text = {0};

	add_plain(buf, finding_text(finding, &text));
	buf_release(&text);
}

void phrase_add_message(struct buf *buf, const struct finding *finding)
{
	phrase_add_text(buf, finding);
	buf_add_text(buf, finding->promoted ? " [-Werror=" : " [-W");
	add_plain(buf, finding->kind->id);
	buf_add_char(buf, ']');
}

void phrase_add_notes(
    struct buf *buf, const struct finding *finding, const char *before)
{
	for (size_t i = 0; i < finding->nnotes; i++) {
		const struct note *note = &finding->notes[i];

		buf_printf(buf, "%snote: ", before);
		add_plain(buf, note->text);
		if (!place_known(note->place))
			continue;
		buf_add_text(buf, " (");
		phrase_add_place(buf, note->place);
		buf_add_char(buf, ')');
	}
}

void phrase_add_title(struct buf *buf, const struct finding *finding)
{
	if (!finding->subject) {
		phrase_add_place(buf, finding->place);
		return;
	}
	phrase_add_object(buf, finding->subject);
	if (finding->path) {
		buf_add_char(buf, ' ');
		add_plain(buf, finding->path);
	}
}

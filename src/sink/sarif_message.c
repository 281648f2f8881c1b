/* A finding or a note -> a message object of SARIF. */
#include "sink/sarif_message.h"

#include "base/placeholder.h"
#include "sink/sarif_text.h"

#include <stdlib.h>
#include <string.h>

enum {
	RELATED_MAX = 100, /* more locations of a result are not kept */
};

/* Text of a manifest in a message: "](" would make a link of it. */
static void add_unlinked(struct buf *buf, struct slice text)
{
	const char *at = text.ptr, *end = text.ptr + text.len, *next;

	while ((next = memchr(at, ']', (size_t)(end - at)))) {
		next++;
		buf_add(buf, at, (size_t)(next - at));
		if (next < end && *next == '(')
			buf_add_char(buf, ' ');
		at = next;
	}
	buf_add(buf, at, (size_t)(end - at));
}

/* The text of a link, with what would end it escaped. */
static void add_link_text(struct buf *buf, const char *text)
{
	size_t n;

	while (text[n = strcspn(text, "[]\\")]) {
		buf_add(buf, text, n);
		buf_add_char(buf, '\\');
		buf_add_char(buf, text[n]);
		text += n + 1;
	}
	buf_add(buf, text, n);
}

size_t sarif_related_count(const struct finding *finding)
{
	return finding->nnotes < RELATED_MAX ? finding->nnotes : RELATED_MAX;
}

/* The message and, as links to the related locations, the notes: a service
 * shows those locations only when the message links to them. */
static void add_result_text(struct buf *text, const struct finding *finding)
{
	struct buf says = {0};

	add_unlinked(text, slice_of(finding_text(finding, &says)));
	buf_release(&says);
	sarif_add_full_stop(text);
	for (size_t i = 0; i < sarif_related_count(finding); i++) {
		buf_add_text(text, " [");
		add_link_text(text, finding->notes[i].text);
		buf_add_text(text, "](");
		buf_add_number(text, i + 1);
		buf_add_text(text, ").");
	}
}

/*
 * What filled the placeholders, one value each: as the finding has it or, for
 * one that comes without, as its text shows.  False when neither tells.
 */
static bool get_arguments(
    const struct finding *finding, struct slice *values, size_t n)
{
	const char *arg = finding->args;

	if (finding->text)
		return placeholder_match(
		    finding_template(finding), slice_of(finding->text), values);
	for (size_t i = 0; i < n && finding->nargs == n; i++) {
		values[i] = slice_of(arg);
		arg += values[i].len + 1;
	}
	return finding->nargs == n;
}

static void print_arguments(struct json_out *out, const struct finding *finding,
    const struct slice *values, size_t n)
{
	struct buf text = {0};

	sarif_message_id(finding->kind, finding->which, &text);
	json_out_slice(out, "id", buf_slice(&text));
	json_out_array(out, "arguments");
	for (size_t i = 0; i < n; i++) {
		buf_clear(&text);
		add_unlinked(&text, values[i]);
		json_out_slice(out, NULL, buf_slice(&text));
	}
	json_out_end_array(out);
	buf_release(&text);
}

void sarif_print_result_message(
    struct json_out *out, const struct finding *finding)
{
	size_t n = placeholder_count(finding_template(finding));
	struct slice *values = xcalloc(n + 1, sizeof(*values));
	struct buf text = {0};

	add_result_text(&text, finding);
	json_out_object(out, "message");
	json_out_slice(out, "text", buf_slice(&text));
	if (get_arguments(finding, values, n))
		print_arguments(out, finding, values, n);
	json_out_end_object(out);
	buf_release(&text);
	free(values);
}

void sarif_print_note_message(struct json_out *out, const struct note *note)
{
	struct buf text = {0};

	add_unlinked(&text, slice_of(note->text));
	sarif_add_full_stop(&text);
	json_out_object(out, "message");
	json_out_slice(out, "text", buf_slice(&text));
	json_out_end_object(out);
	buf_release(&text);
}

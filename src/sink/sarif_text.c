/* Sentences and messages of rules -> texts as SARIF wants them. */
#include "sink/sarif_text.h"

#include "base/placeholder.h"

struct json *sarif_message(const char *text)
{
	struct json *message = json_new_object();

	json_set_text(message, "text", text);
	return message;
}

struct json *sarif_message_of(struct buf *buf)
{
	struct json *message = sarif_message(buf_text(buf));

	buf_release(buf);
	return message;
}

void sarif_add_full_stop(struct buf *buf)
{
	if (!slice_ends(buf_slice(buf), SLICE(".")))
		buf_add_char(buf, '.');
}

void sarif_add_numbered(struct buf *buf, const char *message)
{
	struct slice rest = slice_of(message);
	struct placeholder_piece piece;
	size_t count = 0;

	for (;;) {
		buf_add_slice(buf, placeholder_skip_plain(&rest));
		if (!placeholder_next(&rest, &piece))
			break;
		if (piece.is_placeholder) {
			buf_printf(buf, "{%zu}", count++);
			continue;
		}
		buf_add_slice(buf, piece.text);
		if (slice_is(piece.text, "{") || slice_is(piece.text, "}"))
			buf_add_slice(buf, piece.text);
	}
	sarif_add_full_stop(buf);
}

void sarif_add_readable(struct buf *buf, const char *message)
{
	struct slice rest = slice_of(message);
	struct placeholder_piece piece;

	for (;;) {
		buf_add_slice(buf, placeholder_skip_plain(&rest));
		if (!placeholder_next(&rest, &piece))
			break;
		if (piece.is_placeholder)
			buf_add_text(buf, "...");
		else
			buf_add_slice(buf, piece.text);
	}
	sarif_add_full_stop(buf);
}

void sarif_message_id(
    const struct diag_kind *kind, size_t which, struct buf *buf)
{
	if (kind->ncases)
		buf_printf(buf, "case%zu", which + 1);
	else
		buf_add_text(buf, "default");
}

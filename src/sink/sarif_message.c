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
	for (size_t i = 0; i < text.len; i++) {
		buf_add_char(buf, text.ptr[i]);
		if (text.ptr[i] == ']' && i + 1 < text.len &&
		    text.ptr[i + 1] == '(')
			buf_add_char(buf, ' ');
	}
}

/* The text of a link, with what would end it escaped. */
static void add_link_text(struct buf *buf, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]\\", *text))
			buf_add_char(buf, '\\');
		buf_add_char(buf, *text);
	}
}

size_t sarif_related_count(const struct finding *finding)
{
	return finding->nnotes < RELATED_MAX ? finding->nnotes : RELATED_MAX;
}

/* The message and, as links to the related locations, the notes: a service
 * shows those locations only when the message links to them. */
static struct json *new_result_text(const struct finding *finding)
{
	struct buf text = {0};
	struct json *json;

	add_unlinked(&text, slice_of(finding->text));
	sarif_add_full_stop(&text);
	for (size_t i = 0; i < sarif_related_count(finding); i++) {
		buf_add_text(&text, " [");
		add_link_text(&text, finding->notes[i].text);
		buf_printf(&text, "](%zu).", i + 1);
	}
	json = json_new_text(buf_slice(&text));
	buf_release(&text);
	return json;
}

static struct json *new_argument(struct slice value)
{
	struct json *argument;
	struct buf text = {0};

	add_unlinked(&text, value);
	argument = json_new_text(buf_slice(&text));
	buf_release(&text);
	return argument;
}

static const char *template_of(const struct finding *finding)
{
	const struct diag_kind *kind = finding->kind;

	return kind->ncases ? kind->cases[finding->which] : kind->message;
}

/*
 * What filled the placeholders, one value each: as the finding has it or, for
 * one that comes without, as its text shows.  NULL when neither tells.
 */
static struct json *new_arguments(const struct finding *finding)
{
	const char *message = template_of(finding);
	size_t n = placeholder_count(message);
	struct slice *values = xcalloc(n + 1, sizeof(*values));
	bool known = finding->nargs == n;
	struct json *list = NULL;

	for (size_t i = 0; known && i < n; i++)
		values[i] = slice_of(finding->args[i]);
	if (!known && !finding->nargs)
		known =
		    placeholder_match(message, slice_of(finding->text), values);
	if (known) {
		list = json_new_array();
		for (size_t i = 0; i < n; i++)
			json_push(list, new_argument(values[i]));
	}
	free(values);
	return list;
}

struct json *sarif_result_message(const struct finding *finding)
{
	struct json *message = json_new_object();
	struct json *arguments = new_arguments(finding);
	struct buf id = {0};

	json_set(message, "text", new_result_text(finding));
	if (arguments) {
		sarif_message_id(finding->kind, finding->which, &id);
		json_set_text(message, "id", buf_text(&id));
		json_set(message, "arguments", arguments);
	}
	buf_release(&id);
	return message;
}

struct json *sarif_note_message(const struct note *note)
{
	struct buf text = {0};

	add_unlinked(&text, slice_of(note->text));
	sarif_add_full_stop(&text);
	return sarif_message_of(&text);
}

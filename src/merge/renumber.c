/* A part of a run -> the same with other numbers: see renumber.h. */
#include "merge/renumber.h"

struct copying {
	const struct numbering *numbering;
	struct buf *buf;
	const char *from; /* the first byte that is not copied yet */
	const struct json_value *bad;
};

/* The list that a member of object counts in; NULL: it is no such number. */
static const struct numbers *list_of(const struct copying *copying,
    const struct json_value *object, const struct json_value *member)
{
	const struct numbering *numbering = copying->numbering;

	if (json_text_key_is(member, "ruleIndex"))
		return &numbering->rules;
	if (json_text_key_is(member, "parentIndex"))
		return &numbering->logicals;
	if (!json_text_key_is(member, "index"))
		return NULL;
	if (json_text_member(object, "uri"))
		return &numbering->artifacts;
	if (json_text_member(object, "fullyQualifiedName"))
		return &numbering->logicals;
	return &numbering->notifications;
}

static void copy_number(struct copying *copying,
    const struct json_value *member, const struct numbers *numbers)
{
	size_t index;

	if (!json_text_index(member, &index) || index >= numbers->n) {
		copying->bad = member;
		return;
	}
	buf_add(copying->buf, copying->from,
	    (size_t)(member->raw.ptr - copying->from));
	buf_printf(copying->buf, "%zu", numbers->items[index]);
	copying->from = member->raw.ptr + member->raw.len;
}

static void copy_within(struct copying *copying, const struct json_value *value)
{
	for (const struct json_value *item = value->first;
	     item && !copying->bad; item = item->next) {
		const struct numbers *numbers =
		    value->kind == JSON_OBJECT ? list_of(copying, value, item)
					       : NULL;

		if (numbers)
			copy_number(copying, item, numbers);
		else
			copy_within(copying, item);
	}
}

const struct json_value *renumber(const struct json_value *value,
    const struct numbering *numbering, struct buf *buf)
{
	struct copying copying = {
	    .numbering = numbering,
	    .buf = buf,
	    .from = value->raw.ptr,
	};
	const char *end = value->raw.ptr + value->raw.len;

	copy_within(&copying, value);
	buf_add(buf, copying.from, (size_t)(end - copying.from));
	return copying.bad;
}

/* Text in lines that fit. */
#include "draw/wrap.h"

int measure_characters(struct slice characters)
{
	return (int)utf8_count(characters);
}

/* As many characters as fit, one at least. */
static size_t fitting(
    struct slice text, int width, int (*measure)(struct slice characters))
{
	size_t len = 0;

	while (len < text.len) {
		struct slice rest = {text.ptr + len, text.len - len};
		uint32_t code;
		size_t next = len + utf8_next(rest, &code);

		if (len && measure((struct slice){text.ptr, next}) > width)
			break;
		len = next;
	}
	return len;
}

/* Where the last word that is whole ends; 0: it is the first. */
static size_t last_word(struct slice text, size_t len)
{
	while (len && text.ptr[len] != ' ')
		len--;
	return len;
}

struct slice wrap_line(
    struct slice *text, int width, int (*measure)(struct slice characters))
{
	size_t len = fitting(*text, width, measure);
	size_t taken = len;
	struct slice line;

	if (!text->len)
		return *text;
	if (len < text->len && last_word(*text, len))
		taken = len = last_word(*text, len);
	line = (struct slice){text->ptr, len};
	while (taken < text->len && text->ptr[taken] == ' ')
		taken++;
	*text = (struct slice){text->ptr + taken, text->len - taken};
	return line;
}

struct slice wrap_characters(
    struct slice *text, int width, int (*measure)(struct slice characters))
{
	struct slice part = {text->ptr, fitting(*text, width, measure)};

	*text = (struct slice){text->ptr + part.len, text->len - part.len};
	return part;
}

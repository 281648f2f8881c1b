/* Words and characters -> whether somebody would obey them. */
#include "base/obeyed.h"

#include <strings.h>

static bool is_between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

bool code_is_obeyed(uint32_t code)
{
	if (code < 0xA0)
		return code < 0x20 || code >= 0x7F;
	return code == 0x061C || code == 0x180E || code == 0x200B ||
	       is_between(code, 0x200E, 0x200F) ||
	       is_between(code, 0x2028, 0x202E) ||
	       is_between(code, 0x2060, 0x206F) || code == 0xFEFF ||
	       is_between(code, 0xE0000, 0xE007F);
}

/* GitHub: runner, ActionCommand.cs; Azure: agent, Command.cs; the others:
 * their documents of service messages and of folded sections. */
static const struct slice commands[] = {
    {"##[", 3},
    {"##vso[", 6},
    {"##teamcity[", 11},
    {"section_start:", 14},
    {"section_end:", 12},
    {"travis_fold:", 12},
};

bool command_begins(struct slice text)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (text.len >= commands[i].len &&
		    !strncasecmp(text.ptr, commands[i].ptr, commands[i].len))
			return true;
	}
	return false;
}

/* To be looked at: what is no printable ASCII, quotes, and what a command
 * begins with; of "s" and "t" only where the third letter behind is that one,
 * which in most words it is not. */
#define LOOK 0xFF
#define LOOK_8 LOOK, LOOK, LOOK, LOOK, LOOK, LOOK, LOOK, LOOK
#define LOOK_32 LOOK_8, LOOK_8, LOOK_8, LOOK_8
static const unsigned char thirds[256] = {
    LOOK_32,
    ['"'] = LOOK,
    ['#'] = LOOK,
    ['S'] = 'c',
    ['T'] = 'a',
    ['\\'] = LOOK,
    ['s'] = 'c',
    ['t'] = 'a',
    [0x7F] = LOOK,
    LOOK_32,
    LOOK_32,
    LOOK_32,
    LOOK_32,
};

/* Whether the byte there must be looked at.  Without a branch between the two:
 * nobody can tell where in a word an "s" is. */
static inline bool is_odd(const char *at, const char *end)
{
	unsigned char third = thirds[(unsigned char)*at];

	if (end - at < 3)
		return third == LOOK;
	return (third == LOOK) | (third == (at[2] | 0x20));
}

size_t harmless_len(struct slice text, char quote, char escape)
{
	const char *end = text.ptr + text.len;
	const char *at = text.ptr;

	for (; at < end; at++) {
		if (!is_odd(at, end))
			continue;
		if (*at == quote || *at == escape || *at < ' ' || *at > '~' ||
		    command_begins((struct slice){at, (size_t)(end - at)}))
			break;
	}
	return (size_t)(at - text.ptr);
}

bool line_is_command(struct slice text)
{
	size_t n = 0;

	while (n < text.len && char_is_blank(text.ptr[n]))
		n++;
	return text.len - n > 2 && text.ptr[n] == ':' &&
	       text.ptr[n + 1] == ':' && (text.ptr[n + 2] | 0x20) >= 'a' &&
	       (text.ptr[n + 2] | 0x20) <= 'z';
}

/* Words and characters -> whether somebody would obey them. */
#include "base/obeyed.h"

#include "base/eight.h"

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

/* To be looked at: what is no printable ASCII, quotes, and of each command one
 * character that few texts have. */
static bool is_odd(char c)
{
	return c < ' ' || c > '~' || c == '"' || c == '#' || c == '\\' ||
	       c == '_';
}

/* As many bytes as one comparison takes. */
enum { STEP = 16 };
typedef signed char step __attribute__((vector_size(STEP)));

/* Whether one of so many bytes is odd.  Of two characters that differ in one
 * bit, the bit is set: '"' and '#', '_' and DEL. */
static inline bool any_is_odd(const char *at)
{
	uint64_t halves[2];
	step bytes, odd;

	memcpy(&bytes, at, STEP);
	odd = (bytes < ' ') | ((bytes | 0x01) == '#') | (bytes == '\\') |
	      ((bytes | 0x20) == 0x7F);
	memcpy(halves, &odd, STEP);
	return halves[0] | halves[1];
}

/* The same of the bytes of a word, whose top bits tell which; behind the first
 * one they may be wrong. */
static inline uint64_t odd_in(uint64_t word)
{
	uint64_t is_control = ~((word | TOP_BITS) - EVERY_BYTE * ' ');

	return ((is_control | word) & TOP_BITS) |
	       zeros_in((word | EVERY_BYTE) ^ (EVERY_BYTE * '#')) |
	       zeros_in(word ^ (EVERY_BYTE * '\\')) |
	       zeros_in((word | EVERY_BYTE * 0x20) ^ LOW_BITS);
}

/* The first byte that is odd, or the end. */
static const char *find_odd(const char *at, const char *end)
{
	size_t n = 8;

	while (end - at >= STEP && !any_is_odd(at))
		at += STEP;
	while (n == 8 && end - at >= 8) {
		n = zeros_before(odd_in(eight_bytes(at)));
		at += n;
	}
	if (n < 8)
		return at;
	while (at < end && !is_odd(*at))
		at++;
	return at;
}

/* How many bytes of a command stand before its "_": "section", "travis". */
static size_t bytes_before(struct slice text, const char *underscore)
{
	size_t room = (size_t)(underscore - text.ptr);
	char last = room ? (char)(underscore[-1] | 0x20) : '\0';
	size_t n = last == 'n' ? 7 : last == 's' ? 6 : 0;

	return n <= room ? n : 0;
}

/* Where a command begins whose first odd byte is there; NULL: nowhere. */
static const char *command_around(struct slice text, const char *odd)
{
	const char *end = text.ptr + text.len;
	const char *at = odd - (*odd == '_' ? bytes_before(text, odd) : 0);

	return command_begins((struct slice){at, (size_t)(end - at)}) ? at
								      : NULL;
}

size_t harmless_len(struct slice text, char quote, char escape)
{
	const char *end = text.ptr + text.len;
	const char *at = text.ptr, *command;

	while ((at = find_odd(at, end)) < end) {
		if (*at == quote || *at == escape || *at < ' ' || *at > '~')
			break;
		command =
		    *at == '"' || *at == '\\' ? NULL : command_around(text, at);
		if (command)
			return (size_t)(command - text.ptr);
		at++;
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

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

/* Whether a byte is no printable ASCII, or begins a command for all that the
 * third letter says, which of most words says no.  No branches: half of all
 * words have an "s" or "t" somewhere, and nobody can tell where. */
static inline bool is_odd(unsigned char c, unsigned char third)
{
	unsigned char small = c | 0x20, other = third | 0x20;
	int is_section = (small == 's') & (other == 'c');
	int is_travis = (small == 't') & (other == 'a');
	int is_printed = (c >= ' ') & (c <= '~');

	return !is_printed | is_section | is_travis | (c == '#');
}

static bool is_harmless(struct slice text)
{
	return text.ptr[0] >= ' ' && text.ptr[0] <= '~' &&
	       !command_begins(text);
}

size_t harmless_len(struct slice text, char quote, char escape)
{
	size_t n = 0;

	for (; n < text.len; n++) {
		char c = text.ptr[n];
		char third = n + 2 < text.len ? text.ptr[n + 2] : '\0';
		bool odd = is_odd((unsigned char)c, (unsigned char)third);

		if (!(odd | (c == quote) | (c == escape)))
			continue;
		if (c == quote || c == escape ||
		    !is_harmless((struct slice){text.ptr + n, text.len - n}))
			break;
	}
	return n;
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

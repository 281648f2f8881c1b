/*
 * What terminals, editors and CI systems obey in a text that they only ought to
 * show.  Every writer asks here what it may not print as it is.
 */
#ifndef BASE_OBEYED_H
#define BASE_OBEYED_H

#include "base/text.h"

/*
 * Whether a code point moves the cursor, ends the line, turns the direction of
 * writing or cannot be seen at all: C0, DEL, C1, the line breaks of Unicode,
 * its controls of direction (UAX #9), U+200B and others without width, tags.
 * The joiners U+200C and U+200D are letters' business (UAX #31) and are not.
 */
bool code_is_obeyed(uint32_t code);

/*
 * Whether text begins with a word that a CI system obeys wherever it stands in
 * a log, in letters of any case: "##[" (GitHub, Azure Pipelines), "##vso["
 * (Azure), "##teamcity[", "section_start:" and "section_end:" (GitLab),
 * "travis_fold:".  A writer escapes or breaks it at its first character.
 */
bool command_begins(struct slice text);

/* Whether text, at the beginning of a line, is a command of GitHub's runner:
 * "::WORD" behind any blanks. */
bool line_is_command(struct slice text);

/* Whether text may begin such a word for all that its third letter says, which
 * of most words says no. */
static inline bool may_be_command(struct slice text, char third)
{
	return text.len > 2 && (text.ptr[2] | 0x20) == third &&
	       command_begins(text);
}

/* Whether the first byte of text, which has one, is a printable character of
 * ASCII that begins no command.  Inline, as it is asked of every byte. */
static inline bool is_harmless(struct slice text)
{
	switch (text.ptr[0]) {
	case '#':
		return text.len < 2 || text.ptr[1] != '#' ||
		       !command_begins(text);
	case 's':
	case 'S': return !may_be_command(text, 'c');
	case 't':
	case 'T': return !may_be_command(text, 'a');
	default: return text.ptr[0] >= ' ' && text.ptr[0] <= '~';
	}
}

#endif

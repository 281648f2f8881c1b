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

/*
 * How many bytes at the start of text are, one by one, printable characters of
 * ASCII that begin no command, and neither of two others, a quote and what
 * escapes it; '\0' stands for none.
 */
size_t harmless_len(struct slice text, char quote, char escape);

#endif

/*
 * Edits: what a fix means, turned into characters of the line it is on.
 */
#ifndef INPUT_EDIT_H
#define INPUT_EDIT_H

#include "diag/finding.h"

/*
 * Makes the fix FIX_EXACT, its text in arena.  line is the one its place is on,
 * without its end, which is CR LF when crlf.  What is inserted into a mapping
 * in block style is a line of its own, as GCC asks of what holds a line end.
 * False when the line is not as the edit needs it: an alias, an anchor, a text
 * over several lines, a key behind a dash.
 */
bool fix_locate(
    struct fix *fix, struct slice line, bool crlf, struct arena *arena);

#endif

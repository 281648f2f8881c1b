/*
 * --print-html: the rules as pages in HTML.
 */
#ifndef PAGE_PRINT_HTML_H
#define PAGE_PRINT_HTML_H

#include "run/program.h"

/*
 * Writes below the folder that the option names index.html, a table of rules by
 * group, a page rules/ID.html for each rule, and their style, page.css; folders
 * are made, files replaced.  Returns the exit status.
 */
int print_html(struct program *program);

#endif

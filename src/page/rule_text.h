/*
 * All there is to say of a rule, for people: as text for a terminal and as a
 * page in Markdown.
 */
#ifndef PAGE_RULE_TEXT_H
#define PAGE_RULE_TEXT_H

#include "base/text.h"
#include "diag/finding.h"

/* example: what the rule reports of its first bad example, or "". */

/* Appends what --explain prints. */
void rule_text_add(
    struct buf *buf, const struct diag_kind *kind, const char *example);

/* Appends the page docs/rules/ID.md. */
void rule_page_add(
    struct buf *buf, const struct diag_kind *kind, const char *example);

#endif

/*
 * All there is to say of a rule, for people: as text for a terminal, as a page
 * in Markdown and as one in HTML.
 */
#ifndef PAGE_RULE_TEXT_H
#define PAGE_RULE_TEXT_H

#include "base/text.h"
#include "diag/finding.h"

/* What the rule makes of its first bad example; "" where there is nothing. */
struct rule_example {
	struct buf findings; /* as --format gcc prints them */
	struct buf diff;     /* what --fix does to it */
};

void rule_example_release(struct rule_example *example);

/* Appends what --explain prints. */
void rule_text_add(struct buf *buf, const struct diag_kind *kind,
    struct rule_example *example);

/* Appends the page docs/rules/ID.md. */
void rule_page_add(struct buf *buf, const struct diag_kind *kind,
    struct rule_example *example);

/* Appends what stands below the navigation of rules/ID.html. */
void rule_html_add(struct buf *buf, const struct diag_kind *kind,
    struct rule_example *example);

#endif

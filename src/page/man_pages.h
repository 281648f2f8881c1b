/*
 * The manual pages that are made from the rules and the table of facts, in
 * mdoc.
 */
#ifndef PAGE_MAN_PAGES_H
#define PAGE_MAN_PAGES_H

#include "base/text.h"
#include "diag/finding.h"

/* rolloutlint-rules(7): n kinds, which are sorted by group on the way. */
void man_add_rules(
    struct buf *buf, const struct diag_kind *const *kinds, size_t n);

/* rolloutlint-facts(7). */
void man_add_facts(struct buf *buf);

#endif

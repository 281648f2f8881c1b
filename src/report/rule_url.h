/*
 * Where the page of a rule is, for formats that link to it.
 */
#ifndef REPORT_RULE_URL_H
#define REPORT_RULE_URL_H

#include "base/text.h"
#include "diag/finding.h"

/* Where pages are unless --docs-url says otherwise: below the home page. */
#define RULE_URL_DEFAULT HOME_PAGE "docs/rules/"

/*
 * Appends the address of the page that `make docs` writes for the kind: base
 * and the kind's id.  base: --docs-url; NULL: the default, below which rules of
 * users have no page, so that they get their first link, or the home page.
 */
void rule_url_add(
    struct buf *buf, const char *base, const struct diag_kind *kind);

/* The same for pages that people read, where a link that leads nowhere is worse
 * than none: false, and nothing, when the address would be below a home page
 * that nobody has (under .invalid). */
bool rule_url_add_known(
    struct buf *buf, const char *base, const struct diag_kind *kind);

#endif

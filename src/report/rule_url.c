/* A rule -> the address of its page. */
#include "report/rule_url.h"

#include <string.h>

void rule_url_add(
    struct buf *buf, const char *base, const struct diag_kind *kind)
{
	bool is_ours = !strncmp(kind->code, "RL", 2);

	if (!base && !is_ours) {
		buf_add_text(buf, kind->nsee ? kind->see[0] : HOME_PAGE);
		return;
	}
	buf_add_text(buf, base ? base : RULE_URL_DEFAULT);
	if (!slice_ends(buf_slice(buf), SLICE("/")))
		buf_add_char(buf, '/');
	buf_printf(buf, "%s.md", kind->id);
}

bool rule_url_add_known(
    struct buf *buf, const char *base, const struct diag_kind *kind)
{
	struct buf url = {0};
	bool known;

	rule_url_add(&url, base, kind);
	known = base || !slice_starts(buf_slice(&url), SLICE(HOME_PAGE)) ||
		!strstr(HOME_PAGE, ".invalid");
	if (known)
		buf_add_slice(buf, buf_slice(&url));
	buf_release(&url);
	return known;
}

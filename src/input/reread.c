/* An origin -> its source, once more. */
#include "input/reread.h"

#include <sys/stat.h>

static struct source *find_kept(
    struct source *const *kept, size_t nkept, const struct origin *origin)
{
	for (size_t i = 0; i < nkept; i++) {
		if (kept[i]->origin == origin)
			return kept[i];
	}
	return NULL;
}

/* Opening a pipe by its name once more would wait for ever. */
static bool can_reopen(const struct origin *origin)
{
	struct stat status;

	if (origin->packed)
		return true;
	return !origin->is_stdin && !stat(origin->name, &status) &&
	       S_ISREG(status.st_mode);
}

bool reread_open(struct reread *reread, const struct origin *origin,
    struct source *const *kept, size_t nkept)
{
	struct fault fault = {0};

	reread->source = find_kept(kept, nkept, origin);
	if (reread->source)
		return !source_reread(reread->source);
	if (!can_reopen(origin) ||
	    source_open(&reread->own, origin, false, &fault)) {
		fault_release(&fault);
		return false;
	}
	reread->source = &reread->own;
	return true;
}

void reread_close(struct reread *reread)
{
	if (reread->source == &reread->own)
		source_release(&reread->own);
	reread->source = NULL;
}

/* The two lines that end a comparison of releases. */
#include "cmd/passages.h"

#include "report/plain.h"
#include "run/clause_verdicts.h"

/* Whether all documents of the release that runs now could be read. */
static bool previous_is_whole(const struct run *run)
{
	for (size_t i = 0; i < run->result.findings.n; i++) {
		const struct finding *finding = &run->result.findings.items[i];

		if (finding->place.origin &&
		    finding->place.origin->role == ORIGIN_PREVIOUS &&
		    finding->severity == SEVERITY_ERROR && !finding->subject)
			return false;
	}
	return true;
}

/* What is refused stays so, whatever else there may be. */
static struct passage of_what_is_read(struct passage passage, bool is_whole)
{
	if (passage.verdict < PASSAGE_BY_ONE && !is_whole)
		return (struct passage){PASSAGE_UNREAD, ""};
	return passage;
}

struct passages run_passages(const struct run *run)
{
	const struct release *release = run->parts[0].release;
	bool is_whole = !gap_in_input(run) && previous_is_whole(run);

	return (struct passages){
	    of_what_is_read(release_passage(release, false), is_whole),
	    of_what_is_read(release_passage(release, true), is_whole),
	};
}

static void add_passage(struct buf *buf, const char *name,
    const struct passage *passage, const char *const *words)
{
	buf_printf(buf, "%s: %s", name, words[passage->verdict]);
	plain_add(buf, slice_of(passage->because));
	buf_add_char(buf, '\n');
}

void passages_write(FILE *out, const struct passages *passages)
{
	static const char unread[] =
	    "not known, because not all could be read";
	static const char *const upgrade[] = {
	    [PASSAGE_FREE] = "can be applied",
	    [PASSAGE_UNKNOWN] = "not known, because of ",
	    [PASSAGE_UNREAD] = unread,
	    [PASSAGE_BY_ONE] = "REFUSED by Helm 4 only, because of ",
	    [PASSAGE_REFUSED] = "REFUSED, because of ",
	};
	static const char *const rollback[] = {
	    [PASSAGE_FREE] = "leads back",
	    [PASSAGE_UNKNOWN] = "not known, because of ",
	    [PASSAGE_UNREAD] = unread,
	    [PASSAGE_BY_ONE] = "DOES NOT lead back with Helm 4, because of ",
	    [PASSAGE_REFUSED] = "DOES NOT lead back, because of ",
	};
	struct buf buf = {0};

	add_passage(&buf, "upgrade", &passages->forward, upgrade);
	add_passage(&buf, "rollback", &passages->back, rollback);
	fwrite(buf.ptr, 1, buf.len, out);
	buf_release(&buf);
}

/*
 * Profiles with "extends" into whole ones: from each the chain of those it
 * builds on is walked to its end, and what was found is handed back down.
 */
#include "contract/extend.h"

#include "base/nearest.h"
#include "contract/field.h"

#include <stdlib.h>

enum progress { UNSEEN, ON_CHAIN, WHOLE };

struct extending {
	const struct reader *reader;
	struct profile *profiles;
	size_t n;
	const struct map *by_id;
	enum progress *progress; /* of each profile */
	struct profile **chain;	 /* each extends the next; room for all */
	size_t nchain;
};

static int refuse(const struct extending *extending,
    const struct clause_text *extends, const char *sentence)
{
	return fault_at(extending->reader->fault,
	    extending->reader->origin->name, extends->place.span.line,
	    extends->place.span.col, "%s", sentence);
}

static int refuse_missing(
    const struct extending *extending, const struct clause_text *extends)
{
	struct arena *arena = extending->reader->arena;
	const char **ids = arena_array(arena, extending->n, sizeof(*ids));
	const char *guess;
	size_t nids = 0;

	for (size_t i = 0; i < extending->n; i++) {
		const struct profile *profile = &extending->profiles[i];

		/* None extends itself. */
		if (profile->id.text && &profile->extends != extends)
			ids[nids++] = profile->id.text;
	}
	guess = nearest(slice_of(extends->text), ids, nids);
	return refuse(extending, extends,
	    arena_printf(arena,
		guess ? "extends: unknown profile %s; did you mean '%s'?"
		      : "extends: unknown profile %s",
		reader_quote(extending->reader, slice_of(extends->text)),
		guess));
}

/* The profile at the end of the chain extends one that is on it. */
static int refuse_circle(
    const struct extending *extending, const struct profile *twice)
{
	struct arena *arena = extending->reader->arena;
	const struct profile *last = extending->chain[extending->nchain - 1];
	const char *way = twice->id.text;
	size_t i = extending->nchain;

	while (extending->chain[--i] != twice)
		way = arena_printf(
		    arena, "%s, %s", extending->chain[i]->id.text, way);
	return refuse(extending, &last->extends,
	    arena_printf(arena,
		"extends: profiles extend each other in a "
		"circle: %s, %s",
		twice->id.text, way));
}

/* Puts the profile and those it builds on, up to one that is whole, on the
 * chain. */
static int walk(struct extending *extending, struct profile *profile)
{
	extending->nchain = 0;
	while (profile) {
		size_t at = (size_t)(profile - extending->profiles);
		const char *base = profile->extends.text;

		if (extending->progress[at] == ON_CHAIN)
			return refuse_circle(extending, profile);
		extending->chain[extending->nchain++] = profile;
		if (extending->progress[at] == WHOLE || !base)
			return 0;
		extending->progress[at] = ON_CHAIN;
		profile = map_find(extending->by_id, slice_of(base));
		if (!profile)
			return refuse_missing(extending,
			    &extending->chain[extending->nchain - 1]->extends);
	}
	return 0;
}

static void inherit(struct profile *profile, const struct profile *base)
{
	struct clause_text name = profile->name, extends = profile->extends;

	record_inherit(&profile_record, profile, base);
	profile->name = name;
	profile->extends = extends;
}

/* From the end of the chain down, so that each base is whole. */
static void hand_down(struct extending *extending)
{
	for (size_t i = extending->nchain; i > 0; i--) {
		struct profile *profile = extending->chain[i - 1];

		if (i < extending->nchain)
			inherit(profile, extending->chain[i]);
		extending->progress[profile - extending->profiles] = WHOLE;
	}
}

int profiles_extend(const struct reader *reader, struct profile *profiles,
    size_t n, const struct map *by_id)
{
	struct extending extending = {
	    .reader = reader,
	    .profiles = profiles,
	    .n = n,
	    .by_id = by_id,
	    .progress = xcalloc(n + 1, sizeof(*extending.progress)),
	    .chain = xcalloc(n + 1, sizeof(struct profile *)),
	};
	int result = 0;

	for (size_t i = 0; i < n; i++) {
		result |= walk(&extending, &profiles[i]);
		hand_down(&extending);
	}
	free(extending.progress);
	free(extending.chain);
	return result;
}

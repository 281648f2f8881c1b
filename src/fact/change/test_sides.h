/*
 * For unit tests: two releases as texts -> what is between them.
 */
#ifndef FACT_CHANGE_TEST_SIDES_H
#define FACT_CHANGE_TEST_SIDES_H

#include "fact/change/change.h"

#include "fact/collect.h"
#include "fact/relate.h"
#include "fact/settings.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const struct settings comparing = {.compares = true};
static const struct profile no_profile;

/* One side: its text, read and related. */
struct side {
	struct origin origin;
	struct facts facts;
	struct finding_list findings;
	struct arena nodes;
	struct release *release;
};

static inline void side_init(
    struct side *side, const char *text, bool is_previous)
{
	struct facts *facts = &side->facts;
	struct events *events = events_new(slice_of(text), 1);
	struct collection collection = {.facts = facts,
	    .origin = &side->origin,
	    .findings = &side->findings};
	const struct node *root;

	side->origin = (struct origin){.name = is_previous ? "old" : "new",
	    .role = is_previous ? ORIGIN_PREVIOUS : ORIGIN_MANIFEST,
	    .index = is_previous};
	facts_init(facts, &comparing);
	for (uint32_t order = 0;
	     document_load(events, &side->origin, &default_limits, &side->nodes,
		 &side->findings, &root) > 0;
	     order++) {
		collection.order = order;
		if (root)
			collect_document(&collection, root, NULL, NULL);
	}
	events_free(events);
	side->release =
	    release_new(&facts, 1, &comparing, &no_profile, NULL, NULL, NULL);
}

static inline void side_release(struct side *side)
{
	release_free(side->release);
	facts_release(&side->facts);
	finding_list_release(&side->findings);
	arena_release(&side->nodes);
}

static inline const char *text_of(struct fact fact)
{
	return fact.state == FACT_KNOWN ? fact.text : "-";
}

/* Two releases, and what is to be spelled of the step between them. */
struct row {
	const char *old, *new, *want;
};

static inline void expect(const struct row *rows, size_t n,
    void (*spell)(struct release *release, struct buf *buf))
{
	for (size_t i = 0; i < n; i++) {
		struct side old = {0}, new = {0};
		struct buf buf = {0};

		side_init(&old, rows[i].old, true);
		side_init(&new, rows[i].new, false);
		compare_releases(new.release, old.release);
		spell(new.release, &buf);
		cr_expect(eq(str, (char *)buf_text(&buf), (char *)rows[i].want),
		    "%zu: %s", i, rows[i].new);
		buf_release(&buf);
		side_release(&new);
		side_release(&old);
	}
}

#define OBJECT(version, kind, name, rest)                                 \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: " name \
	"}\n" rest "\n"

#endif

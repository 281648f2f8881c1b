/*
 * Findings against a baseline, as multisets: two equal ones of then cover two
 * of now.  Everything is counted by keys, so the time is linear even when all
 * findings are equal.
 */
#include "run/baseline_match.h"

#include "base/map.h"
#include "report/fingerprint.h"

/* How near a finding is to an item, the nearest first. */
enum nearness {
	NEAR_BOTH,   /* object and line */
	NEAR_OBJECT, /* the object; its line has changed */
	NEAR_LINE,   /* the line, of an item without the object's print */
	NEAR_MAX
};

/* The items of one key that are left, by severity. */
struct stock {
	size_t counts[SEVERITY_MAX];
};

struct matcher {
	struct arena arena; /* the keys and the stocks */
	struct map stocks;
	struct buf key;
	size_t nleft;
};

/* The key for what is that near; false when there is none. */
static bool spell_key(
    struct buf *key, enum nearness nearness, const struct baseline_item *item)
{
	const char *line = item->line ? item->line : "";

	buf_clear(key);
	switch (nearness) {
	case NEAR_BOTH:
		if (item->object)
			buf_printf(key, "both %s %s", item->object, line);
		break;
	case NEAR_OBJECT:
		if (item->object)
			buf_printf(key, "object %s", item->object);
		break;
	case NEAR_LINE:
		if (item->line)
			buf_printf(key, "line %s %s", item->code, line);
		break;
	case NEAR_MAX: BUG("a nearness that is none");
	}
	return key->len > 0;
}

static void count_item(struct matcher *matcher, enum nearness nearness,
    const struct baseline_item *item)
{
	struct stock *stock;

	if (!spell_key(&matcher->key, nearness, item))
		return;
	stock = map_find(&matcher->stocks, buf_slice(&matcher->key));
	if (!stock) {
		stock = arena_alloc(&matcher->arena, sizeof(*stock));
		*map_slot(&matcher->stocks,
		    slice_copy(&matcher->arena, buf_slice(&matcher->key))) =
		    stock;
	}
	stock->counts[item->severity]++;
}

static void count_all(struct matcher *matcher, const struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->n; i++) {
		const struct baseline_item *item = &baseline->items[i];

		if (item->object) {
			count_item(matcher, NEAR_BOTH, item);
			count_item(matcher, NEAR_OBJECT, item);
		} else {
			count_item(matcher, NEAR_LINE, item);
		}
	}
	matcher->nleft = baseline->n;
}

/* Takes an item that is as near and at least as severe, the least severe of
 * them; its severity goes back to the item. */
static bool match_item(
    struct matcher *matcher, enum nearness nearness, struct baseline_item *item)
{
	struct stock *stock;

	if (!spell_key(&matcher->key, nearness, item))
		return false;
	stock = map_find(&matcher->stocks, buf_slice(&matcher->key));
	for (int i = item->severity; stock && i < SEVERITY_MAX; i++) {
		if (!stock->counts[i])
			continue;
		stock->counts[i]--;
		item->severity = (enum severity)i;
		return true;
	}
	return false;
}

/* Takes an item for the finding, of that severity at least.  What is in stock
 * under both keys leaves both. */
static bool match(struct matcher *matcher, enum nearness nearness,
    const struct finding *finding, enum severity severity)
{
	struct buf digits = {0};
	struct baseline_item item = {
	    .code = finding->kind->code,
	    .line = finding->line_hash,
	    .severity = severity,
	};
	bool found;

	fingerprint_add(&digits, finding);
	item.object = buf_text(&digits);
	found = match_item(matcher, nearness, &item);
	if (found && nearness == NEAR_BOTH)
		match_item(matcher, NEAR_OBJECT, &item);
	matcher->nleft -= found;
	buf_release(&digits);
	return found;
}

static void match_open(struct matcher *matcher, enum nearness nearness,
    struct finding_list *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];

		if (!finding->known && !finding->suppression)
			finding->known = match(
			    matcher, nearness, finding, finding->severity);
	}
}

/* What is suppressed now or worse is not gone. */
static void match_rest(
    struct matcher *matcher, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		if (!finding->known &&
		    !match(matcher, NEAR_OBJECT, finding, SEVERITY_OFF))
			match(matcher, NEAR_LINE, finding, SEVERITY_OFF);
	}
}

size_t baseline_match(
    struct finding_list *findings, const struct baseline *baseline)
{
	struct matcher matcher = {0};
	size_t ngone;

	count_all(&matcher, baseline);
	for (int i = 0; i < NEAR_MAX; i++)
		match_open(&matcher, (enum nearness)i, findings);
	match_rest(&matcher, findings);
	ngone = matcher.nleft;
	map_release(&matcher.stocks);
	arena_release(&matcher.arena);
	buf_release(&matcher.key);
	return ngone;
}

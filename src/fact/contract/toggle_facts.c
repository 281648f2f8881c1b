/*
 * The profile's toggles held against the values: one entity each, which says
 * what the value is and where it was decided.
 */
#include "contract/toggle.h"
#include "fact/computed.h"
#include "fact/contract/contract_facts.h"
#include "helm/values.h"

#include <string.h>

/* Bytes of a value that a message repeats. */
#define MOST_SHOWN 60

struct listing {
	struct release *release;
	struct held_toggle *toggles;
	const void **items;
	size_t n;
};

/* A copy that a message can show: short, one line, without a NUL. */
static const char *shown(struct arena *arena, const struct value *value)
{
	struct buf all = {0}, text = {0};
	struct slice part;
	const char *kept;

	value_spell(value, &all);
	part = buf_slice(&all);
	if (part.len > MOST_SHOWN) {
		for (part.len = MOST_SHOWN;
		     part.len && (part.ptr[part.len] & 0xC0) == 0x80;)
			part.len--;
	}
	buf_add_utf8(&text, part);
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < ' ')
			text.ptr[i] = ' ';
	}
	buf_add_text(&text, part.len < all.len ? "..." : "");
	kept = slice_copy(arena, buf_slice(&text)).ptr;
	buf_release(&all);
	buf_release(&text);
	return kept;
}

/* "is '3'", "is not set", with the option that made it so. */
static const char *state_of(
    struct arena *arena, const struct values *values, const struct value *value)
{
	const char *by = "", *end = "";

	if (!value)
		return values->without_chart
			   ? "is not set in the given values, which do not "
			     "include the chart's own (--chart)"
			   : "is not set";
	if (value->option) {
		by = arena_printf(arena, " (%s", value->option);
		end = ")";
	}
	if (value->kind == VALUE_NULL)
		return arena_printf(arena, "is null%s%s", by, end);
	if (value_is_empty(value))
		return arena_printf(arena, "is empty%s%s", by, end);
	if (value->kind == VALUE_LIST || value->kind == VALUE_MAP)
		return arena_printf(
		    arena, "is %s%s%s", shown(arena, value), by, end);
	return arena_printf(arena, "is '%s'%s%s", shown(arena, value), by, end);
}

static struct fact holds_fact(
    enum toggle_answer answer, bool required, const struct values *values)
{
	if (answer != TOGGLE_UNDECIDED)
		return fact_bool(answer == TOGGLE_HOLDS);
	/* What a profile requires must be seen to be there. */
	return required && values->without_chart ? fact_bool(false)
						 : fact_unknown();
}

/* What the values say; nothing of it is known when there are none. */
static void hold(struct release *release, struct held_toggle *held,
    const struct toggle *toggle)
{
	struct arena *arena = &release->arena;
	const struct values *values = release->evidence.values;
	bool required = held->required.boolean;
	const struct value *value;
	enum toggle_answer answer;

	held->given = fact_bool(values != NULL);
	if (!values) {
		held->holds = held->value = held->state = held->option =
		    fact_unknown();
		return;
	}
	answer = toggle_check(toggle, required, values->root, &value);
	held->holds = holds_fact(answer, required, values);
	held->state = fact_text(state_of(arena, values, value));
	if (!value)
		return;
	held->value = fact_placed(fact_text(shown(arena, value)), value->place);
	if (value->option)
		held->option = fact_text(value->option);
	if (place_known(value->place))
		held->place = value->place;
}

static void add_toggle(struct listing *listing, const struct demand *demand)
{
	struct arena *arena = &listing->release->arena;
	struct held_toggle *held = &listing->toggles[listing->n];
	struct toggle toggle = toggle_of(slice_of(demand->value));

	*held = (struct held_toggle){
	    .demand = demand,
	    .place = demand->place,
	    .clause = fact_placed(fact_text(demand->value), demand->place),
	    .path = fact_text(slice_copy(arena, toggle.path).ptr),
	    .required = fact_bool(!strcmp(demand->field, "requiredToggles")),
	};
	if (!toggle.bare)
		held->wanted = fact_text(slice_copy(arena, toggle.wanted).ptr);
	hold(listing->release, held, &toggle);
	listing->items[listing->n++] = held;
}

struct entity_list list_toggles(struct release *release)
{
	const struct profile *profile = release->profile;
	struct arena *arena = &release->arena;
	size_t most = profile->ndemands;
	struct listing listing = {
	    .release = release,
	    .toggles = arena_array(arena, most, sizeof(struct held_toggle)),
	    .items = arena_array(arena, most, sizeof(void *)),
	};

	for (size_t i = 0; i < most; i++) {
		const struct demand *demand = &profile->demands[i];

		if (demand->needs == NEEDS_VALUES && demand->asks)
			add_toggle(&listing, demand);
	}
	return (struct entity_list){listing.n, listing.items};
}

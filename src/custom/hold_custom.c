/* An object and its definition -> what the API server refuses in it. */
#include "custom/datum.h"
#include "custom/hold_datum.h"

#include <string.h>

/* Values that are looked at, made or compared: enough for any object that the
 * API server would store. */
#define STEPS_MAX 5000000

/* Steps that an object has for itself and for each of its values, up to all of
 * these: time then grows with the input, however many objects there are.  Two
 * rules on each pair of 64 listeners of a Gateway take 150 a value. */
#define STEPS_OF_OBJECT 20000
#define STEPS_OF_VALUE 500

static const struct kind any_kind = {0};

/* What is told goes on to the sink; what keeps rules from being asked is
 * remembered (hasBlockingErr() of apiextensions-apiserver). */
static void pass_on(void *context, const struct refusal_fault *fault)
{
	struct custom_walk *walk = context;
	struct refusal_fault told = *fault;

	/* The metadata of the built-in kinds is held with types of theirs. */
	told.by_controller = false;
	if (fault->class == REFUSAL_TYPE || fault->class == REFUSAL_MISSING)
		walk->is_blocked = true;
	walk->sink->add(walk->sink->context, &told);
}

static void tell_version(const struct custom_kind *kind,
    const struct node *object, const struct custom_sink *sink)
{
	struct refusal_fault fault = {
	    .class = REFUSAL_VALUE,
	    .at = node_get(object, "apiVersion"),
	};
	struct buf text = {0};
	size_t n = 0;

	/* An item of a typed list may have it from the list. */
	if (!fault.at)
		return;
	buf_add_text(&text, "is of a version that the "
			    "CustomResourceDefinition does not serve");
	for (size_t i = 0; i < kind->nversions; i++) {
		if (kind->versions[i].is_served)
			buf_printf(&text, "%s%s/%s",
			    n++ ? ", " : "; it serves ", kind->group,
			    kind->versions[i].name);
	}
	fault.text = buf_slice(&text);
	sink->add(sink->context, &fault);
	buf_release(&text);
}

/* Names, labels and the like are of one form everywhere. */
static void hold_metadata(
    const struct refusal_sink *sink, const struct node *object)
{
	const struct kind *kind =
	    schema_kind("custom.invalid", "v1", "CustomResource");
	struct minors minors = {MINORS_LEAST, MINORS_MOST};

	if (!kind)
		BUG("rules/fields have no custom.invalid/v1 CustomResource");
	schema_hold(kind, minors, object, sink);
}

static void hold_whole(struct custom_walk *walk)
{
	struct datum root;

	if (walk->version->gap)
		walk->sink->gap(
		    walk->sink->context, walk->version, walk->version->gap);
	if (!walk->version->schema)
		return;
	if (datum_make(walk, &root)) {
		hold_datum(walk, &root);
		if (!walk->is_blocked)
			hold_validations(walk, &root);
	}
	if (!walk->steps)
		walk->sink->gap(walk->sink->context, walk->kind,
		    "checking this object takes too many steps");
}

static uint64_t steps_for(const struct node *object)
{
	uint64_t steps =
	    STEPS_OF_OBJECT + STEPS_OF_VALUE * count_values(object);

	return steps < STEPS_MAX ? steps : STEPS_MAX;
}

void custom_hold(const struct custom_kind *kind, const char *version,
    const struct node *object, const struct custom_sink *sink)
{
	const struct custom_version *found = custom_version_find(kind, version);
	struct custom_walk walk = {
	    .kind = kind,
	    .version = found,
	    .sink = sink,
	    .object = object,
	    .steps = steps_for(object),
	};
	struct refusal_sink passing = {pass_on, &walk};

	if (!found || !found->is_served) {
		tell_version(kind, object, sink);
		return;
	}
	walk.walk = (struct walk){
	    .kind = &any_kind,
	    .object = object,
	    .minors = {MINORS_LEAST, MINORS_MOST},
	    .sink = &passing,
	};
	hold_metadata(&passing, object);
	hold_whole(&walk);
	map_release(&walk.walk.told);
	arena_release(&walk.walk.arena);
	arena_release(&walk.arena);
	buf_release(&walk.walk.text);
	buf_release(&walk.walk.hint);
}

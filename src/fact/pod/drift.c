/*
 * Drift: a Rollout and a Deployment that make the same pods from templates
 * that differ.
 *
 * collect keeps a digest of each aspect of a container, in which order of keys,
 * spelling of numbers and values that are the default do not count; relate
 * compares the digests of containers of one name.
 */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/kind.h"

#include <string.h>

static const struct {
	const char *field;
	bool is_unordered; /* its items are told apart by their names */
} aspects[ASPECT_MAX] = {
    [ASPECT_STARTUP] = {"startupProbe", false},
    [ASPECT_READINESS] = {"readinessProbe", false},
    [ASPECT_LIVENESS] = {"livenessProbe", false},
    [ASPECT_LIFECYCLE] = {"lifecycle", false},
    [ASPECT_PORTS] = {"ports", true},
    [ASPECT_ENV] = {"env", true},
    [ASPECT_ENV_FROM] = {"envFrom", false},
};

/* What the API fills in when it is left out. */
static const struct {
	const char *key, *value;
} defaults[] = {
    {"initialDelaySeconds", "0"},
    {"periodSeconds", "10"},
    {"timeoutSeconds", "1"},
    {"successThreshold", "1"},
    {"failureThreshold", "3"},
    {"scheme", "HTTP"},
    {"protocol", "TCP"},
    {"apiVersion", "v1"},
    {"optional", "false"},
    {"value", ""},
};

/* FNV-1a: equal texts give equal digests on every run. */
static uint64_t digest_bytes(uint64_t digest, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		digest = (digest ^ p[i]) * 0x100000001B3ULL;
	return digest;
}

static uint64_t digest_text(struct slice text)
{
	return digest_bytes(0xCBF29CE484222325ULL, text.ptr, text.len);
}

/* A digest that depends on the kind of node, and is never 0. */
static uint64_t finish(uint64_t digest, char kind)
{
	return digest_bytes(digest, &kind, 1) | 1;
}

static uint64_t digest_scalar(const struct node *node)
{
	struct scalar scalar = scalar_of(node);
	uint64_t whole;

	if (scalar.type == SCALAR_INT) {
		whole = (uint64_t)scalar.integer;
		return finish(
		    digest_bytes(digest_text(SLICE("")), &whole, sizeof(whole)),
		    'i');
	}
	return finish(
	    digest_text(scalar.text), scalar.type == SCALAR_STRING ? 's' : 'o');
}

static bool is_default(const struct pair *pair)
{
	struct slice key, value;

	if (!node_to_text(pair->key, &key) ||
	    !node_to_text(pair->value, &value))
		return false;
	for (size_t i = 0; i < COUNT_OF(defaults); i++) {
		if (slice_is(key, defaults[i].key))
			return slice_is(value, defaults[i].value);
	}
	return false;
}

static uint64_t digest_node(const struct node *node, bool is_unordered);

/* Sums do not depend on the order of keys. */
static uint64_t digest_mapping(const struct node *node)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		uint64_t both[2];

		if (is_default(pair))
			continue;
		both[1] = digest_node(pair->value, false);
		if (!both[1])
			continue;
		both[0] = digest_node(pair->key, false);
		sum += digest_bytes(digest_text(SLICE("")), both, sizeof(both));
	}
	return finish(sum, 'm');
}

static uint64_t digest_sequence(const struct node *node, bool is_unordered)
{
	uint64_t digest = digest_text(SLICE(""));

	for (uint32_t i = 0; i < node->n; i++) {
		uint64_t item = digest_node(node->items[i], false);

		if (is_unordered)
			digest += item;
		else
			digest = digest_bytes(digest, &item, sizeof(item));
	}
	return finish(digest, 'l');
}

/* 0 for nothing: absent, null, an empty list.  Recursion is bounded: a tree is
 * no deeper than its limits. */
static uint64_t digest_node(const struct node *node, bool is_unordered)
{
	if (node_is_null(node))
		return 0;
	switch (node->kind) {
	case NODE_SCALAR: return digest_scalar(node);
	case NODE_MAPPING: return digest_mapping(node);
	case NODE_SEQUENCE:
		return node->n ? digest_sequence(node, is_unordered) : 0;
	}
	BUG("a node of no kind");
}

uint32_t digest_told(const struct node *container)
{
	static const char *const fields[] = {
	    "image", "command", "args", "env", "envFrom"};
	uint64_t digest = digest_text(SLICE(""));

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		uint64_t value =
		    digest_node(node_get(container, fields[i]), false);

		digest = digest_bytes(digest, &value, sizeof(value));
	}
	return (uint32_t)(digest ^ digest >> 32);
}

void digest_container(
    struct facts *facts, const struct node *node, struct container *container)
{
	struct trait *traits =
	    arena_array(&facts->linking, ASPECT_MAX, sizeof(*traits));

	container->traits = traits;
	for (size_t i = 0; i < ASPECT_MAX; i++) {
		const struct node *value = node_get(node, aspects[i].field);
		struct trait *trait = &traits[i];

		trait->digest = digest_node(value, aspects[i].is_unordered);
		if (!trait->digest)
			continue;
		trait->line = key_of(value)->span.line;
		trait->col = key_of(value)->span.col;
		trait->width = facts_width(key_of(value));
	}
}

/* What is found while one template is compared with its twin's. */
struct comparing {
	struct buf text;
	uint32_t line, col, width; /* of the first that differs; line 0: none */
};

static void add_item(struct comparing *comparing, const char *format, ...)
    PRINTF_LIKE(2, 3);

static void add_item(struct comparing *comparing, const char *format, ...)
{
	va_list args;

	if (comparing->text.len)
		buf_add_text(&comparing->text, "; ");
	va_start(args, format);
	buf_vprintf(&comparing->text, format, args);
	va_end(args);
}

static void place_at(
    struct comparing *comparing, uint32_t line, uint32_t col, uint32_t width)
{
	if (comparing->line)
		return;
	comparing->line = line;
	comparing->col = col;
	comparing->width = width;
}

static void compare_containers(struct comparing *comparing,
    const struct container *ours, const struct container *theirs)
{
	bool differs = false;

	for (size_t i = 0; i < ASPECT_MAX; i++) {
		const struct trait *trait = &ours->traits[i];

		if (trait->digest == theirs->traits[i].digest)
			continue;
		if (trait->line)
			place_at(
			    comparing, trait->line, trait->col, trait->width);
		if (differs)
			buf_printf(&comparing->text, ", %s", aspects[i].field);
		else
			add_item(comparing, "container '%s' in %s",
			    ours->name.text, aspects[i].field);
		differs = true;
	}
	if (differs)
		place_at(comparing, ours->line, ours->col, ours->width);
}

/* Containers of both, then those that only one has. */
static void compare_all_containers(struct comparing *comparing,
    const struct workload *ours, const struct workload *theirs)
{
	for (size_t i = 0; i < ours->ncontainers; i++) {
		const struct container *container = &ours->containers[i];
		const struct container *other =
		    container_named(theirs, container->name.text);

		if (other) {
			compare_containers(comparing, container, other);
			continue;
		}
		add_item(comparing, "container '%s', which only %s has",
		    container->name.text, ours->manifest->kind);
		place_at(comparing, container->line, container->col,
		    container->width);
	}
	for (size_t i = 0; i < theirs->ncontainers; i++) {
		const char *name = theirs->containers[i].name.text;

		if (!container_named(ours, name))
			add_item(comparing, "container '%s', which only %s has",
			    name, theirs->manifest->kind);
	}
}

static bool same_grace(const struct workload *a, const struct workload *b)
{
	return a->grace_seconds.state == FACT_UNKNOWN ||
	       b->grace_seconds.state == FACT_UNKNOWN ||
	       a->grace_seconds.integer == b->grace_seconds.integer;
}

/* Where ours differs from theirs, shown at the first field that does; at its
 * container when only the other has it. */
static struct fact compare(struct arena *arena, const struct workload *ours,
    const struct workload *theirs)
{
	struct comparing comparing = {0};
	struct fact fact = {.state = FACT_ABSENT};
	struct fact grace = ours->grace_seconds;

	compare_all_containers(&comparing, ours, theirs);
	if (!same_grace(ours, theirs))
		add_item(&comparing, "terminationGracePeriodSeconds");
	if (comparing.text.len) {
		fact = fact_text(
		    slice_copy(arena, buf_slice(&comparing.text)).ptr);
		place_at(&comparing, grace.line, grace.col, grace.width);
		fact.line = comparing.line;
		fact.col = comparing.col;
		fact.width = comparing.width;
	}
	buf_release(&comparing.text);
	return fact;
}

static bool is_deployment(const struct manifest *manifest)
{
	return !strcmp(manifest->kind, "Deployment") &&
	       !strcmp(manifest->group, "apps");
}

static void set_twin(struct release *release, struct workload *workload,
    const struct workload *twin)
{
	struct workload_rollout *rollout =
	    workload_rollout(&release->arena, workload);

	rollout->twin = twin;
	rollout->difference = compare(&release->arena, workload, twin);
}

/* A Rollout that takes another's template has none that could differ. */
static void pair_up(
    struct release *release, struct workload *a, struct workload *b)
{
	struct workload *rollout = is_rollout(a->manifest) ? a : b;
	struct workload *other = rollout == a ? b : a;

	if (!is_rollout(rollout->manifest) || !is_deployment(other->manifest) ||
	    rollout->rollout->twin || other->rollout->twin ||
	    rollout->template_owner != rollout)
		return;
	set_twin(release, rollout, other);
	set_twin(release, other, rollout);
}

void relate_twins(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		const struct entity_list *rivals = &workload->rivals;

		for (size_t j = 0; j < rivals->n; j++)
			pair_up(release, workload,
			    (struct workload *)(uintptr_t)rivals->items[j]);
	}
}

SIMPLE(workload, twin, fact_entity(workload->rollout->twin))
SIMPLE(workload, drift, workload->rollout->difference)

/* Label selectors: read, matched as apimachinery does, spelled. */
#include "fact/selector.h"

#include <string.h>

static bool parse_operator(
    const struct node *node, enum selector_operator *ret_operator)
{
	static const struct {
		const char *name;
		enum selector_operator operator;
	} operators[] = {
	    {"In", SELECTOR_IN},
	    {"NotIn", SELECTOR_NOT_IN},
	    {"Exists", SELECTOR_EXISTS},
	    {"DoesNotExist", SELECTOR_DOES_NOT_EXIST},
	};
	struct slice text;

	if (!node_to_text(node, &text))
		return false;
	for (size_t i = 0; i < COUNT_OF(operators); i++) {
		if (slice_is(text, operators[i].name)) {
			*ret_operator = operators[i].operator;
			return true;
		}
	}
	return false;
}

static bool takes_values(enum selector_operator operator)
{
	return operator== SELECTOR_IN || operator== SELECTOR_NOT_IN;
}

static void read_values(struct facts *facts, const struct node *node,
    struct requirement *requirement)
{
	const char **values;

	if (!node || node->kind != NODE_SEQUENCE)
		return;
	values = arena_array(&facts->arena, node->n, sizeof(*values));
	for (uint32_t i = 0; i < node->n; i++)
		values[i] = facts_name(facts, node->items[i]);
	requirement->values = values;
	requirement->nvalues = node->n;
}

/* One of matchExpressions; false when the API would refuse it. */
static bool read_expression(struct facts *facts, const struct node *node,
    struct requirement *ret_requirement)
{
	ret_requirement->key = facts_name(facts, node_get(node, "key"));
	if (!parse_operator(
		node_get(node, "operator"), &ret_requirement->operator))
		return false;
	read_values(facts, node_get(node, "values"), ret_requirement);
	return *ret_requirement->key &&
	       takes_values(ret_requirement->operator) ==
		   (ret_requirement->nvalues > 0);
}

static void add_labels(struct facts *facts, const struct node *node,
    struct requirement *requirements, size_t *n)
{
	struct label_list labels = facts_labels(facts, node);

	for (size_t i = 0; i < labels.n; i++) {
		requirements[(*n)++] = (struct requirement){
		    .operator= SELECTOR_IN,
		    .key = labels.items[i].key,
		    .values = &labels.items[i].value,
		    .nvalues = 1,
		};
	}
}

/* Whether node is what the API takes: absent, or of that kind and, for labels,
 * all texts. */
static bool is_well_formed(const struct node *node, enum node_kind kind)
{
	if (node_is_null(node))
		return true;
	for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++) {
		if (node->pairs[i].value->kind != NODE_SCALAR)
			return false;
	}
	return node->kind == kind;
}

static size_t count_of(const struct node *node, enum node_kind kind)
{
	return node && node->kind == kind ? node->n : 0;
}

struct selector facts_selector(struct facts *facts, const struct node *node)
{
	const struct node *labels = node_get(node, "matchLabels");
	const struct node *expressions = node_get(node, "matchExpressions");
	size_t nlabels = count_of(labels, NODE_MAPPING);
	size_t nexpressions = count_of(expressions, NODE_SEQUENCE);
	struct selector selector = {0};
	struct requirement *requirements;

	if (!node || node->kind != NODE_MAPPING)
		return selector;
	requirements = arena_array(
	    &facts->arena, nlabels + nexpressions, sizeof(*requirements));
	selector.given = true;
	selector.invalid = !is_well_formed(labels, NODE_MAPPING) ||
			   !is_well_formed(expressions, NODE_SEQUENCE);
	selector.requirements = requirements;
	add_labels(facts, labels, requirements, &selector.n);
	for (size_t i = 0; i < nexpressions; i++) {
		if (!read_expression(facts, expressions->items[i],
			&requirements[selector.n++]))
			selector.invalid = true;
	}
	return selector;
}

struct selector facts_map_selector(struct facts *facts, const struct node *node)
{
	size_t n = count_of(node, NODE_MAPPING);
	struct requirement *requirements =
	    arena_array(&facts->arena, n, sizeof(*requirements));
	struct selector selector = {
	    .requirements = requirements,
	    .given = n > 0,
	    .invalid = !is_well_formed(node, NODE_MAPPING),
	};

	add_labels(facts, node, requirements, &selector.n);
	return selector;
}

/* Labels that pods get at run time, from controllers or from themselves, and
 * whose pods do. */
struct added_label {
	const char *key;
	enum label_maker maker;
	bool is_name; /* the value is the maker's name, or begins with it */
};

/* Patroni and its like call the pod that was elected one of these. */
static bool is_elected(const struct requirement *requirement)
{
	static const char *const roles[] = {
	    "master", "primary", "leader", "replica", "slave", "standby"};

	if (requirement->operator!= SELECTOR_IN || requirement->nvalues != 1)
		return false;
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (!strcmp(requirement->values[0], roles[i]))
			return true;
	}
	return false;
}

static const struct added_label *find_added(
    const struct requirement *requirement)
{
	static const struct added_label role = {
	    "role", MAKER_STATEFUL_SET, false};
	static const struct added_label added[] = {
	    {"apps.kubernetes.io/pod-index", MAKER_STATEFUL_SET, false},
	    {"batch.kubernetes.io/controller-uid", MAKER_JOB, false},
	    {"batch.kubernetes.io/job-completion-index", MAKER_JOB, false},
	    {"batch.kubernetes.io/job-name", MAKER_JOB, true},
	    {"controller-revision-hash", MAKER_ANY, false},
	    {"controller-uid", MAKER_JOB, false},
	    {"job-name", MAKER_JOB, true},
	    {"openbao-active", MAKER_STATEFUL_SET, false},
	    {"openbao-initialized", MAKER_STATEFUL_SET, false},
	    {"openbao-sealed", MAKER_STATEFUL_SET, false},
	    {"pod-template-generation", MAKER_ANY, false},
	    {"pod-template-hash", MAKER_ANY, false},
	    {"rollouts-pod-template-hash", MAKER_ANY, false},
	    {"spilo-role", MAKER_STATEFUL_SET, false},
	    {"statefulset.kubernetes.io/pod-name", MAKER_STATEFUL_SET, true},
	    {"vault-active", MAKER_STATEFUL_SET, false},
	    {"vault-initialized", MAKER_STATEFUL_SET, false},
	    {"vault-perf-standby", MAKER_STATEFUL_SET, false},
	    {"vault-sealed", MAKER_STATEFUL_SET, false},
	};
	const char *key = requirement->key;

	for (size_t i = 0; i < COUNT_OF(added); i++) {
		if (text_eq(key, added[i].key))
			return &added[i];
	}
	return text_eq(key, role.key) && is_elected(requirement) ? &role : NULL;
}

bool requirement_is_added(const struct requirement *requirement)
{
	return find_added(requirement);
}

/* Of many labels, the first of that key. */
static const char *find_sorted(const struct label_list *labels, const char *key)
{
	size_t first = 0, end = labels->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strcmp(labels->by_key[middle]->key, key) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	if (first == labels->n || strcmp(labels->by_key[first]->key, key) != 0)
		return NULL;
	return labels->by_key[first]->value;
}

const char *label_find(const struct label_list *labels, const char *key)
{
	if (labels->by_key)
		return find_sorted(labels, key);
	for (size_t i = 0; i < labels->n; i++) {
		if (!strcmp(labels->items[i].key, key))
			return labels->items[i].value;
	}
	return NULL;
}

static bool has_value(const struct requirement *requirement, const char *value)
{
	for (size_t i = 0; i < requirement->nvalues; i++) {
		if (!strcmp(requirement->values[i], value))
			return true;
	}
	return false;
}

/* A Job's pods carry its name, those of a StatefulSet NAME-NUMBER. */
static bool is_name_of(const struct label_list *labels, const char *value)
{
	size_t len = strlen(labels->maker_name);

	if (labels->maker == MAKER_JOB)
		return !strcmp(value, labels->maker_name);
	return !strncmp(value, labels->maker_name, len) && value[len] == '-';
}

/* Whether a label that pods get at run time may hold what is asked for.  That
 * they do not have it is the usual way to leave Jobs out. */
static bool added_holds(const struct requirement *requirement,
    const struct added_label *added, const struct label_list *labels)
{
	bool is_named = false;

	if (requirement->operator== SELECTOR_DOES_NOT_EXIST)
		return added->maker == MAKER_ANY;
	if (!added->is_name || !labels->maker_name)
		return true;
	for (size_t i = 0; i < requirement->nvalues; i++)
		is_named |= is_name_of(labels, requirement->values[i]);
	if (requirement->operator== SELECTOR_NOT_IN)
		return !is_named || labels->maker != MAKER_JOB;
	return is_named || requirement->operator== SELECTOR_EXISTS;
}

static bool requirement_holds(
    const struct requirement *requirement, const struct label_list *labels)
{
	const char *value = label_find(labels, requirement->key);
	const struct added_label *added =
	    value ? NULL : find_added(requirement);

	if (added &&
	    (added->maker == MAKER_ANY || added->maker == labels->maker))
		return added_holds(requirement, added, labels);
	switch (requirement->operator) {
	case SELECTOR_IN: return value && has_value(requirement, value);
	case SELECTOR_NOT_IN: return !value || !has_value(requirement, value);
	case SELECTOR_EXISTS: return value;
	case SELECTOR_DOES_NOT_EXIST: return !value;
	}
	BUG("an operator that selectors do not have");
}

bool selector_matches(
    const struct selector *selector, const struct label_list *labels)
{
	if (!selector->given || selector->invalid)
		return false;
	for (size_t i = 0; i < selector->n; i++) {
		if (!requirement_holds(&selector->requirements[i], labels))
			return false;
	}
	return true;
}

static void spell_values(const struct requirement *requirement, struct buf *buf)
{
	for (size_t i = 0; i < requirement->nvalues; i++) {
		buf_add_text(buf, i ? "," : "(");
		buf_add_text(buf, requirement->values[i]);
	}
	buf_add_char(buf, ')');
}

static void spell_requirement(
    const struct requirement *requirement, struct buf *buf)
{
	switch (requirement->operator) {
	case SELECTOR_IN:
		buf_add_text(buf, requirement->key);
		if (requirement->nvalues == 1) {
			buf_printf(buf, "=%s", requirement->values[0]);
			return;
		}
		buf_add_text(buf, " in ");
		spell_values(requirement, buf);
		return;
	case SELECTOR_NOT_IN:
		buf_printf(buf, "%s notin ", requirement->key);
		spell_values(requirement, buf);
		return;
	case SELECTOR_EXISTS: buf_add_text(buf, requirement->key); return;
	case SELECTOR_DOES_NOT_EXIST:
		buf_printf(buf, "!%s", requirement->key);
		return;
	}
}

void selector_spell(const struct selector *selector, struct buf *buf)
{
	for (size_t i = 0; i < selector->n; i++) {
		if (i)
			buf_add_char(buf, ',');
		spell_requirement(&selector->requirements[i], buf);
	}
}

void selector_key(const struct selector *selector, struct buf *buf)
{
	buf_printf(buf, "%d%d", selector->given, selector->invalid);
	for (size_t i = 0; i < selector->n; i++) {
		const struct requirement *r = &selector->requirements[i];

		buf_printf(buf, "%d %zu ", (int)r->operator, r->nvalues);
		buf_add_text(buf, r->key);
		buf_add_char(buf, '\0');
		for (size_t j = 0; j < r->nvalues; j++) {
			buf_add_text(buf, r->values[j]);
			buf_add_char(buf, '\0');
		}
	}
}

struct fact facts_selector_text(struct facts *facts,
    const struct selector *selector, const struct node *node)
{
	struct buf spelled = {0};
	struct fact fact = {.state = FACT_ABSENT};

	if (selector->given) {
		selector_spell(selector, &spelled);
		fact = facts_placed(
		    fact_text(facts_text(facts, buf_slice(&spelled))),
		    node->key);
	}
	buf_release(&spelled);
	return fact;
}

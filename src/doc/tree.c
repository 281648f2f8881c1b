/*
 * Events -> a tree of nodes in an arena, within limits.
 *
 * Built without recursion: collections that are still open stand on a stack,
 * and the children they have so far on another one, shared by all.
 */
#include "doc/tree.h"

#include "doc/mapping.h"

#include <stdarg.h>

/* How much of a key or an alias a message quotes, in bytes. */
#define QUOTE_MAX 60

const struct limits default_limits = {
    .depth = 100,
    .nodes = 1000000,
    .document_bytes = (size_t)64 << 20,
};

/* A collection that is still open. */
struct frame {
	struct node *node;
	size_t first; /* of children: its first one */
};

struct builder {
	struct events *events;
	const struct origin *origin;
	const struct limits *limits;
	struct arena *arena;
	struct finding_list *findings;
	struct map anchors; /* name -> struct node */
	struct frame *open; /* these and the children are arena's */
	size_t depth, open_cap;
	const struct node **children; /* keys and values take turns */
	size_t nchildren, children_cap;
	uint64_t written;  /* nodes met, an alias counting as one */
	uint64_t expanded; /* the same, an alias counting as its weight */
};

static void builder_release(struct builder *builder)
{
	map_release(&builder->anchors);
}

static struct place place_of(const struct builder *builder, struct span span)
{
	return (struct place){builder->origin, span};
}

static uint64_t add_weights(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static void report_size(const struct builder *builder, struct span span)
{
	unsigned long long most = builder->limits->nodes;

	if (builder->expanded > builder->written)
		finding_own(builder->findings, KIND_ALIAS_LIMIT,
		    place_of(builder, span),
		    "with its aliases expanded the document has more than %llu "
		    "nodes",
		    most);
	else
		finding_own(builder->findings, KIND_SIZE_LIMIT,
		    place_of(builder, span),
		    "the document has more than %llu nodes", most);
}

/* Counts a node of that weight; false when the document has too many. */
static bool count_node(
    struct builder *builder, struct span span, uint64_t weight)
{
	builder->written++;
	builder->expanded = add_weights(builder->expanded, weight);
	if (builder->expanded <= builder->limits->nodes)
		return true;
	report_size(builder, span);
	return false;
}

static struct frame *innermost(const struct builder *builder)
{
	return builder->depth ? &builder->open[builder->depth - 1] : NULL;
}

/* Says where node is written: under which key or at which index. */
static void set_parent(const struct builder *builder, struct node *node)
{
	const struct frame *frame = innermost(builder);
	size_t before;

	if (!frame)
		return;
	before = builder->nchildren - frame->first;
	node->parent = frame->node;
	if (frame->node->kind == NODE_SEQUENCE)
		node->index = (uint32_t)before;
	else if (before % 2)
		node->key = builder->children[builder->nchildren - 1];
}

static void add_anchor(
    struct builder *builder, const struct event *event, struct node *node)
{
	struct slice name = slice_copy(builder->arena, event->seldom->anchor);

	*map_slot(&builder->anchors, name) = node;
}

static struct node *new_node(
    struct builder *builder, enum node_kind kind, const struct event *event)
{
	struct node *node = arena_alloc(builder->arena, sizeof(*node));

	node->kind = kind;
	node->span = event->span;
	set_parent(builder, node);
	if (event->seldom->anchor.len)
		add_anchor(builder, event, node);
	return node;
}

static void add_child(struct builder *builder, const struct node *node)
{
	builder->children =
	    arena_grow(builder->arena, builder->children, builder->nchildren,
		&builder->children_cap, sizeof(const struct node *));
	builder->children[builder->nchildren++] = node;
}

static bool add_scalar(struct builder *builder, const struct event *event)
{
	struct node *node;

	if (!count_node(builder, event->span, 1))
		return false;
	node = new_node(builder, NODE_SCALAR, event);
	node->weight = 1;
	node->plain = event->plain;
	node->literal = event->literal;
	node->is_string = event->seldom->tag.len &&
			  slice_is(event->seldom->tag, "tag:yaml.org,2002:str");
	node->text = event->is_borrowed
			 ? event->value
			 : slice_copy(builder->arena, event->value);
	add_child(builder, node);
	return true;
}

static int quoted_len(struct slice text)
{
	size_t len = text.len < QUOTE_MAX ? text.len : QUOTE_MAX;

	while (len && len < text.len && (text.ptr[len] & 0xC0) == 0x80)
		len--;
	return (int)len;
}

static bool add_alias(struct builder *builder, const struct event *event)
{
	struct slice anchor = event->seldom->anchor;
	const struct node *node = map_find(&builder->anchors, anchor);
	struct place place = place_of(builder, event->span);
	int len = quoted_len(anchor);

	if (!node) {
		finding_own(builder->findings, KIND_YAML_SYNTAX, place,
		    "alias '*%.*s' refers to no anchor", len, anchor.ptr);
		return false;
	}
	/* Only an open collection has no weight yet. */
	if (!node->weight) {
		finding_own(builder->findings, KIND_ALIAS_LIMIT, place,
		    "alias '*%.*s' refers to the node that contains it", len,
		    anchor.ptr);
		return false;
	}
	if (!count_node(builder, event->span, node->weight))
		return false;
	add_child(builder, node);
	return true;
}

static bool open_collection(
    struct builder *builder, enum node_kind kind, const struct event *event)
{
	struct node *node;

	if (!count_node(builder, event->span, 1))
		return false;
	if (builder->depth >= builder->limits->depth) {
		finding_own(builder->findings, KIND_DEPTH_LIMIT,
		    place_of(builder, event->span),
		    "the document is nested more than %u levels deep",
		    builder->limits->depth);
		return false;
	}
	node = new_node(builder, kind, event);
	builder->open = arena_grow(builder->arena, builder->open,
	    builder->depth, &builder->open_cap, sizeof(*builder->open));
	builder->open[builder->depth++] =
	    (struct frame){node, builder->nchildren};
	return true;
}

static void report_duplicate(struct builder *builder, const struct node *first,
    const struct node *second)
{
	finding_own(builder->findings, KIND_DUPLICATE_KEY,
	    node_place(builder->origin, second),
	    "key '%.*s' is given twice in one mapping",
	    quoted_len(second->text), second->text.ptr);
	finding_note(builder->findings, node_place(builder->origin, first),
	    "first given here; readers that accept it use the last value");
}

/* JSON has no such keys, so Kubernetes' reader refuses them; "{{ x }}" that was
 * never rendered is YAML of this form. */
static void report_odd_key(
    struct builder *builder, const struct node *mapping, const struct node *key)
{
	bool braces = mapping->span.line == key->span.line &&
		      mapping->span.col + 1 == key->span.col;

	finding_own(builder->findings, KIND_YAML_SYNTAX,
	    node_place(builder->origin, braces ? mapping : key),
	    "a key must be text, not %s",
	    key->kind == NODE_MAPPING
		? "a mapping; an unrendered template action '{{ ... }}' reads "
		  "like this"
		: "a list");
}

/* Puts one written pair into the mapping, which is node's. */
static void add_pair(struct builder *builder, const struct node *node,
    struct mapping *mapping, struct pair pair)
{
	struct pair *first = mapping_find(mapping, pair.key);

	if (pair.key->kind != NODE_SCALAR)
		report_odd_key(builder, node, pair.key);
	if (!first) {
		mapping_add(mapping, pair);
		return;
	}
	report_duplicate(builder, first->key, pair.key);
	first->value = pair.value;
}

/* Of the collection; none may be there at all, not even their array. */
static const struct node **children_of(
    const struct builder *builder, const struct frame *frame)
{
	return builder->children ? builder->children + frame->first : NULL;
}

static void close_mapping(struct builder *builder, const struct frame *frame)
{
	const struct node **child = children_of(builder, frame);
	size_t n = builder->nchildren - frame->first;
	struct mapping mapping;

	mapping_init(&mapping, builder->arena, n / 2);
	for (size_t i = 0; i < n; i += 2) {
		if (!is_merge(child[i], child[i + 1]))
			add_pair(builder, frame->node, &mapping,
			    (struct pair){child[i], child[i + 1]});
	}
	for (size_t i = 0; i < n; i += 2) {
		if (is_merge(child[i], child[i + 1]))
			mapping_merge(&mapping, child[i + 1]);
	}
	frame->node->pairs = mapping.pairs;
	frame->node->n = (uint32_t)mapping.n;
	mapping_release(&mapping);
}

static void close_sequence(struct builder *builder, const struct frame *frame)
{
	size_t n = builder->nchildren - frame->first;

	frame->node->items =
	    arena_array(builder->arena, n, sizeof(*frame->node->items));
	for (size_t i = 0; i < n; i++)
		frame->node->items[i] = builder->children[frame->first + i];
	frame->node->n = (uint32_t)n;
}

static void close_collection(struct builder *builder, const struct event *end)
{
	struct frame frame = *innermost(builder);
	struct node *node = frame.node;
	uint64_t weight = 1;

	for (size_t i = frame.first; i < builder->nchildren; i++)
		weight = add_weights(weight, builder->children[i]->weight);
	if (node->kind == NODE_MAPPING)
		close_mapping(builder, &frame);
	else
		close_sequence(builder, &frame);
	/* "}" and "]" are seen to end; the end of an indented block is not. */
	if (end->span.end_line == end->span.line &&
	    end->span.end_col > end->span.col) {
		node->span.end_line = end->span.end_line;
		node->span.end_col = end->span.end_col;
	}
	node->weight = weight;
	builder->depth--;
	builder->nchildren = frame.first;
	add_child(builder, node);
}

/* What an event does to the tree; false when the document is given up. */
static bool add_event(struct builder *builder, const struct event *event)
{
	switch ((enum event_type)event->type) {
	case EVENT_SCALAR: return add_scalar(builder, event);
	case EVENT_ALIAS: return add_alias(builder, event);
	case EVENT_SEQUENCE_START:
		return open_collection(builder, NODE_SEQUENCE, event);
	case EVENT_MAPPING_START:
		return open_collection(builder, NODE_MAPPING, event);
	case EVENT_SEQUENCE_END:
	case EVENT_MAPPING_END: close_collection(builder, event); return true;
	case EVENT_DOCUMENT_START:
	case EVENT_DOCUMENT_END:
	case EVENT_END:
	case EVENT_ERROR: break;
	}
	BUG("an event that is no node");
}

static int report_error(struct builder *builder, const struct event *event)
{
	const struct event_seldom *seldom = event->seldom;

	finding_own(builder->findings, KIND_YAML_SYNTAX,
	    place_of(builder, event->span), "%s", seldom->problem);
	if (seldom->context.line && seldom->context.line != event->span.line)
		finding_note(builder->findings,
		    place_of(builder, seldom->context), "%s that begins here",
		    seldom->doing);
	return -1;
}

/*
 * Reads past the rest of a document that was given up, from depth open
 * collections on.  libyaml's time per token grows with the depth, so one that
 * goes on much deeper ends the reading.
 */
static int skip_document(struct builder *builder)
{
	uint64_t depth = builder->depth + 1;
	enum event_type type;

	do {
		type = (enum event_type)events_next(builder->events)->type;
		if (type == EVENT_ERROR)
			return -1;
		if (type == EVENT_SEQUENCE_START || type == EVENT_MAPPING_START)
			depth++;
		if (depth > 2 * ((uint64_t)builder->limits->depth + 1))
			return -1;
		if (type == EVENT_SEQUENCE_END || type == EVENT_MAPPING_END)
			depth--;
	} while (type != EVENT_DOCUMENT_END && type != EVENT_END);
	return 1;
}

/* "---" with nothing behind it; a "null" that is written is a node. */
static bool is_nothing(const struct node *root)
{
	return root->kind == NODE_SCALAR && root->plain && !root->text.len;
}

/* As document_load(), from the event after EVENT_DOCUMENT_START on. */
static int build(struct builder *builder, const struct node **ret_root)
{
	const struct event *event;

	for (;;) {
		event = events_next(builder->events);
		if (event->type == EVENT_ERROR)
			return report_error(builder, event);
		if (event->type == EVENT_DOCUMENT_END)
			break;
		if (!add_event(builder, event))
			return skip_document(builder);
	}
	if (builder->nchildren != 1)
		BUG("a document without exactly one root");
	if (!is_nothing(builder->children[0]))
		*ret_root = builder->children[0];
	return 1;
}

int document_load(struct events *events, const struct origin *origin,
    const struct limits *limits, struct arena *arena,
    struct finding_list *findings, const struct node **ret_root)
{
	struct builder builder = {
	    .events = events,
	    .origin = origin,
	    .limits = limits,
	    .arena = arena,
	    .findings = findings,
	};
	const struct event *event = events_next(events);
	int status;

	*ret_root = NULL;
	if (event->type == EVENT_END)
		return 0;
	if (event->type == EVENT_ERROR)
		return report_error(&builder, event);
	status = build(&builder, ret_root);
	builder_release(&builder);
	return status;
}

const struct node *node_get_key(const struct node *node, struct slice key)
{
	if (!node || node->kind != NODE_MAPPING)
		return NULL;
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];

		if (pair->key->kind == NODE_SCALAR &&
		    slice_eq(pair->key->text, key))
			return pair->value;
	}
	return NULL;
}

const struct node *node_find(const struct node *node, ...)
{
	const char *key;
	va_list keys;

	va_start(keys, node);
	while (node && (key = va_arg(keys, const char *)))
		node = node_get(node, key);
	va_end(keys);
	return node;
}

struct place node_place(const struct origin *origin, const struct node *node)
{
	return node ? (struct place){origin, node->span} : (struct place){0};
}

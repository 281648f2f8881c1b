/*
 * A document as a tree of nodes.
 *
 * Nodes and their texts live in the arena given to document_load() and die
 * with it; texts that events borrow live where these do.  Aliases are shared
 * nodes, never copies: a node may be reached by more than one way, and its span
 * is where it was written.  Merge keys ("<<") are resolved as Kubernetes' YAML
 * reader does.
 */
#ifndef DOC_TREE_H
#define DOC_TREE_H

#include "diag/finding.h"
#include "input/events.h"

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING,
};

struct pair {
	const struct node *key;
	const struct node *value;
};

struct node {
	enum node_kind kind;
	bool plain;	/* a scalar that may be a number, true, ... */
	bool is_string; /* tagged !!str */
	bool literal;	/* a scalar whose lines are those below its place */
	struct span span;
	const struct node *parent; /* where it was written; NULL at the root */
	const struct node *key;	   /* its key in a mapping, or NULL */
	uint32_t index;		   /* its index in a sequence */
	uint32_t n;		   /* items or pairs */
	uint64_t weight;	   /* nodes below and with it, aliases counted
				      each time; saturates */
	union {
		struct slice text;	   /* NODE_SCALAR */
		const struct node **items; /* NODE_SEQUENCE */
		struct pair *pairs;	   /* NODE_MAPPING, in order */
	};
};

struct limits {
	unsigned depth; /* levels of nesting a document may have */
	uint64_t nodes; /* nodes it may have, aliases counted each time */
	size_t document_bytes; /* bytes of text it may have */
};

/* What Kubernetes objects never reach: 100 levels, a million nodes, 64 MiB. */
extern const struct limits default_limits;

/*
 * Reads the next document of events into arena.  Returns 1 and its root
 * (NULL for an empty document), 0 when there is none left, -1 when the rest of
 * events cannot be read: the reason has been added to findings.  A document
 * over a limit is added to findings and its root is NULL.
 */
int document_load(struct events *events, const struct origin *origin,
    const struct limits *limits, struct arena *arena,
    struct finding_list *findings, const struct node **ret_root);

/* The value of key in a mapping; NULL when absent or node is no mapping or is
 * NULL.  Cost: the number of pairs. */
const struct node *node_get_key(const struct node *node, struct slice key);
/* Nearly all keys are literals, whose length the compiler knows. */
static inline const struct node *node_get(
    const struct node *node, const char *key)
{
	return node_get_key(node, slice_of(key));
}

/* node_get() down a path of keys, ended by NULL: node_find(root, "spec",
 * "replicas", NULL). */
const struct node *node_find(const struct node *node, ...)
    __attribute__((sentinel));

/*
 * A copy in arena of a node and all that is below it, with keys and places; its
 * root has no parent.  A node that is shared is copied each time it is met:
 * node->weight tells how many these are.
 */
const struct node *node_copy(struct arena *arena, const struct node *node);

/* The place of a node in its file; none for NULL. */
struct place node_place(const struct origin *origin, const struct node *node);

/* Where the character at byte offset of a scalar's value stands: exact for
 * plain and quoted scalars on one line, the scalar's start otherwise. */
struct span node_char_span(const struct node *scalar, size_t offset);

/*
 * Spells the path of a node: spec.template.spec.containers[0].image; a key
 * that is no plain name as ["a.b/c"].  Appended to buf.
 */
void node_path(const struct node *node, struct buf *buf);

#endif

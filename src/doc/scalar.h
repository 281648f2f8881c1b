/*
 * What a scalar means: YAML 1.1 resolution as Kubernetes' YAML reader
 * (sigs.k8s.io/yaml) does it.
 */
#ifndef DOC_SCALAR_H
#define DOC_SCALAR_H

#include "doc/tree.h"

enum scalar_type {
	SCALAR_NULL,
	SCALAR_BOOL,
	SCALAR_INT,
	SCALAR_DOUBLE,
	SCALAR_STRING,
};

struct scalar {
	enum scalar_type type;
	union {
		bool boolean;
		int64_t integer;
		double real;
	};
	struct slice text; /* as written, for every type */
};

/* The meaning of a NODE_SCALAR; quoted ones are always strings. */
struct scalar scalar_of(const struct node *node);

/* The same of what is sent to the API server: its reader takes y and n for
 * booleans, too. */
struct scalar scalar_as_sent(const struct node *node);

/* Whether node is a scalar of that meaning; NULL is none of them. */
static inline bool node_is_null(const struct node *node); /* NULL, too */
bool node_to_bool(const struct node *node, bool *ret_value);
bool node_to_int(const struct node *node, int64_t *ret_value);
static inline bool node_to_text(
    const struct node *node, struct slice *ret_text);

/* Whether a plain scalar is one of the words for null. */
bool scalar_is_null(const struct node *scalar);

/* Asked of nearly all nodes, of which few begin as a null does. */
static inline bool node_is_null(const struct node *node)
{
	if (!node)
		return true;
	if (node->kind != NODE_SCALAR || !node->plain)
		return false;
	return (!node->text.len || node->text.ptr[0] == '~' ||
		   (node->text.ptr[0] | 0x20) == 'n') &&
	       scalar_is_null(node);
}

static inline bool node_to_text(const struct node *node, struct slice *ret_text)
{
	if (!node || node->kind != NODE_SCALAR || node_is_null(node))
		return false;
	*ret_text = node->text;
	return true;
}

#endif

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
bool node_is_null(const struct node *node); /* also true for NULL */
bool node_to_bool(const struct node *node, bool *ret_value);
bool node_to_int(const struct node *node, int64_t *ret_value);
bool node_to_text(const struct node *node, struct slice *ret_text);

#endif

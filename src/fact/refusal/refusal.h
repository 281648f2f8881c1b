/*
 * What the API server refuses in an object of a kind that it serves.
 */
#ifndef FACT_REFUSAL_REFUSAL_H
#define FACT_REFUSAL_REFUSAL_H

#include "fact/problem.h"

struct custom_kind;
struct custom_set;
struct refusal_fault;

struct refusal {
	struct part part;
	bool is_scalar; /* what is refused, of a wrong type: it has a text */
	REFUSAL_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

struct gap {
	struct part part;
	const void *about; /* what is to be told once */
	GAP_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/*
 * A CustomResourceDefinition may stand behind the objects of its kind, or be
 * with another worker.  So objects of kinds that nobody has described wait for
 * the end of the stream, with the text of their documents or, in a file, where
 * it stands; what was given by --crds is there from the start, and nothing
 * waits for it.
 */
struct waiting {
	struct manifest *manifest;
	const char *text;    /* of its document, in waiting_texts; NULL: it is
				to be read again at offset */
	size_t len;	     /* of the text; 0 when the stream was too long to
				keep it */
	uint64_t offset;     /* in its file, decoded */
	uint32_t first_line; /* of the text in its file */
};

/* Keeps a refusal for each fault of the object, or the object for the end of
 * the stream. */
void collect_refusals(const struct collection *collection,
    const struct node *object, struct manifest *manifest);

/* The same of an object of no built-in kind; and keeps what a
 * CustomResourceDefinition says. */
void collect_custom(const struct collection *collection,
    const struct node *object, struct manifest *manifest);
void collect_definition(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Keeps a fault; context is a struct reading. */
void add_refusal(void *context, const struct refusal_fault *fault);

/* Holds an object that has waited to its definition, which was prepared. */
void collect_late(struct facts *facts, const struct node *object,
    struct manifest *manifest, const struct custom_kind *kind);

/* Keeps that an object could not be held to what about stands for. */
void collect_gap(struct facts *facts, const struct manifest *manifest,
    const void *about, const char *text);

/* Adds the definitions of the stream in their order. */
void definitions_list(
    struct facts *const *facts, size_t nfacts, struct custom_set *set);

/* Puts refusals in the order of the stream, and drops gaps that were told
 * before. */
void settle_refusals(struct facts *const *facts, size_t nfacts);

/* Finds of each definition the first object of the stream that it defines. */
void relate_defined(struct release *release);

/* Whether the fields of the object's kind are known. */
bool is_described(const struct manifest *manifest);

/* Whether only server-side apply refuses it: a field that nobody knows, or a
 * key twice in a list. */
bool is_refused_on_server(const struct refusal *refusal);

/* Whether it is refused however it is applied and by all versions of Kubernetes
 * that were asked for. */
bool is_refused_everywhere(const struct refusal *refusal);

/* What a rule asks of it. */
REFUSAL_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REFUSAL_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REFUSAL_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
GAP_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif

/*
 * Finding workloads fast: by namespace and the labels of their pods, or by
 * namespace, kind and name; and Services by namespace and their labels.
 *
 * Numbers are places in the release's list.  Building costs the labels; asking
 * costs the rarest label of the selector in that namespace, not all objects.
 */
#ifndef FACT_INDEX_H
#define FACT_INDEX_H

#include "fact/facts.h"

/* In place of a namespace: all that are known.  No namespace has this name. */
#define ANY_KNOWN_NAMESPACE "*"

struct index {
	struct map postings; /* text to struct posting */
	struct arena arena;
	const struct release *release;
	bool hides_labels; /* by relate: of a Rollout whose template is
			      elsewhere */
};

/* Indexes the workloads by kind and name; they must outlive the index. */
void index_init(struct index *index, const struct release *release);

/* Indexes them by the labels of their template owners, once those are known;
 * needed before index_candidates(). */
void index_labels(struct index *index);

/* Another index, empty, and an object of that number put into it by its labels.
 */
void index_start(struct index *index, const struct release *release);
void index_object(struct index *index, const struct manifest *manifest,
    uint32_t number, const struct label_list *labels);
void index_release(struct index *index);

/* A list of numbers, ascending; borrowed from the index. */
struct numbers {
	const uint32_t *items;
	size_t n;
};

/* What is of the namespace ("" being the unknown one) and may match:
 * a superset of what selector selects. */
struct numbers index_candidates(const struct index *index,
    const char *namespace, const struct selector *selector);

/* Whether any object has a label of that key. */
bool index_has_key(const struct index *index, const char *key);

/* Workloads of that namespace, kind and name, whatever their group. */
struct numbers index_named(const struct index *index, const char *namespace,
    const char *kind, const char *name);

#endif

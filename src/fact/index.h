/*
 * Finding workloads fast: by the labels of their pods, by kind and name.
 *
 * Numbers are those of struct workload's number.  Building costs the labels;
 * asking costs the rarest label of the selector, not all workloads.
 */
#ifndef FACT_INDEX_H
#define FACT_INDEX_H

#include "fact/facts.h"

struct index {
	struct map postings; /* text to struct posting */
	struct arena arena;
	const struct entity_list *workloads;
};

/* Indexes workloads by kind and name; they must outlive the index. */
void index_init(struct index *index, const struct entity_list *workloads);

/* Indexes them by the labels of their template owners, once those are known;
 * needed before index_candidates(). */
void index_labels(struct index *index);
void index_release(struct index *index);

/* A list of numbers, ascending; borrowed from the index. */
struct numbers {
	const uint32_t *items;
	size_t n;
	bool is_all; /* all workloads: items is NULL */
};

/* Workloads that may match: a superset of those that selector selects. */
struct numbers index_candidates(
    const struct index *index, const struct selector *selector);

/* Workloads of that kind and name, whatever their group and namespace. */
struct numbers index_named(
    const struct index *index, const char *kind, const char *name);

#endif

/*
 * Rules -> tables without addresses, see rule/packed.h.
 */
#ifndef RULE_PACK_H
#define RULE_PACK_H

#include "base/map.h"
#include "rule/packed.h"

/* Texts one after the other, each once. */
struct text_pool {
	struct buf bytes;
	struct map offsets; /* one more than that of each */
	struct arena keys;
};

/* Tables while they are made.  All zero is empty and ready. */
struct packing {
	struct buf heads, tests, rest; /* of uint32_t */
	struct buf nodes;	       /* of struct cel_node */
	struct text_pool texts, prose;
	size_t n;
};

/* Packs all rules of the set, into tables that are empty. */
void pack_rules(struct packing *packing, const struct ruleset *ruleset);

/* The tables, valid until packing changes. */
struct packed_rules packing_tables(const struct packing *packing);

void packing_release(struct packing *packing);

#endif

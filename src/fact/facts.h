/*
 * Collecting: one document's tree in, its entities kept compactly.
 *
 * What is kept is copied on purpose: the tree dies with its document.
 */
#ifndef FACT_FACTS_H
#define FACT_FACTS_H

#include "base/map.h"
#include "base/name_answers.h"
#include "base/regex.h"
#include "doc/scalar.h"
#include "fact/model.h"

struct vector {
	void **items;
	size_t n, cap;
};

void vector_add(struct vector *vector, void *item);

/* Empty again, without its memory. */
void vector_release(struct vector *vector);

/* Its items as a list in the arena; the vector is empty again, likewise. */
struct entity_list vector_to_list(struct arena *arena, struct vector *vector);

/* What one worker collected.  Owns all entities and their texts. */
struct facts {
	struct arena arena;
	struct arena nodes; /* of all documents, when settings keep them */
	struct arena waiting_texts; /* see fact/refusal/refusal.h */
	struct arena linking;	    /* what only relate asks for */
	struct map texts;	    /* each text once */
	struct name_answers drains; /* names of drain variables, and others */
	const struct settings *settings;
	struct vector lists[ENTITY_MAX];
	struct vector configmaps, claims;
	struct vector lb_policies, quotas, quota_demands, pod_standards,
	    destination_rules, peer_policies, limit_bounds;
	struct vector changing; /* manifests of ConfigMaps and Secrets that an
				   upgrade may change */
	struct vector key_sets; /* see config/configuration.h */
	/* See service/trust.h. */
	struct vector served_certificates, issued_certificates;
	struct vector called_ports, token_uses, rights; /* see called/called.h
							 */
	struct vector gateways;	 /* see attach/attach.h */
	struct vector tls_uses;	 /* see taken/taken.h */
	struct vector auth_uses; /* see scale/scale.h */
	struct vector
	    foreign_labels;	   /* texts "key=value"; see foreign_pods.c */
	struct vector definitions; /* of custom kinds, see custom/custom.h */
	struct vector waiting;	   /* see fact/refusal/refusal.h */
	uint64_t copied;	   /* nodes of custom resources, likewise */
	bool has_makers;	   /* of which workloads may be made */
	bool may_evict;		/* an account may evict pods: it drains nodes */
	bool has_kustomization; /* what kustomize builds is not in the stream */
};

void facts_init(struct facts *facts, const struct settings *settings);
void facts_release(struct facts *facts);

/* Gives back what only collecting needs: nothing more is collected. */
void facts_close(struct facts *facts);

/* Gives back what only relate needs: the release is related. */
void facts_forget_links(struct facts *facts);

/* The one copy of a text, ended by NUL; a NUL inside becomes U+FFFD. */
const char *facts_text(struct facts *facts, struct slice text);

/* What a document is read in: shared by all that collect it. */
struct collection {
	struct facts *facts;
	const struct origin *origin;
	struct slice source; /* the chart template, or empty */
	uint32_t order;	     /* of the document in the stream, from 0 */
	struct finding_list *findings;
	/* What the document is read from, when it may be kept to be read again
	 * at the end of the stream; or empty. */
	struct slice text;
	uint32_t first_line; /* of text in its file */
	uint64_t offset;     /* likewise, of its first byte */
	bool is_in_file;     /* where it can be read again: it need not be kept
			      */
	bool is_early;	     /* in the part of its file of which documents, or
				what is copied of them, may be kept */
};

/* A fact of a node: known with its place, or absent with the default. */
struct fact facts_int(const struct node *node, int64_t otherwise);
struct fact facts_int_or_none(const struct node *node);
struct fact facts_bool(const struct node *node, bool otherwise);
struct fact facts_node_text(
    struct facts *facts, const struct node *node, const char *otherwise);
struct fact facts_placed(struct fact fact, const struct node *node);

/* The names of a mapping's fields, as texts at the place where another can be
 * inserted; absent when there is none. */
struct fact facts_fields(struct facts *facts, const struct node *mapping);

/* The number of items of a sequence; 0 for NULL and for anything else. */
size_t node_length(const struct node *sequence);

/* What a node is shown at by its name: its key, or itself where it has none (an
 * item, also one that an alias puts in the place of a value). */
const struct node *key_of(const struct node *node);

/* The text of a scalar; "" for NULL and for what is no scalar. */
const char *facts_name(struct facts *facts, const struct node *node);

/* The same with its place. */
struct spot facts_spot(struct facts *facts, const struct node *node);

/* The order of two texts, by the pointers to them: for qsort and bsearch. */
int compare_texts(const void *left, const void *right);

/* The width in code points of a node's first line, at least 1. */
uint32_t facts_width(const struct node *node);

/* Plain labels: a mapping of texts; other values are skipped. */
struct label_list facts_labels(struct facts *facts, const struct node *node);

/* The entities of one kind that nfacts workers collected as one list, in the
 * order of the stream; it is the arena's, and theirs are empty then. */
struct entity_list facts_merge(struct arena *arena, struct facts *const *facts,
    size_t nfacts, enum entity_kind kind);

/* What nfacts workers collected in one of their vectors, given by its offset in
 * struct facts, in the order of the stream, whoever of them collected it: where
 * the first of several counts, or the last, it is the same for any number of
 * workers.  Its items begin with their manifest.  The list is the arena's; the
 * items, and the vectors, stay the workers'. */
struct entity_list facts_in_order(struct arena *arena,
    struct facts *const *facts, size_t nfacts, size_t offset);

/* The structs gathered in a buf, copied to where facts live. */
const void *facts_keep(struct facts *facts, const struct buf *structs);

#endif

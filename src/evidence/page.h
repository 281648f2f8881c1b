/*
 * A document of evidence while it is read: its fields held to its form.  The
 * first that is not as it must be makes the paper malformed, and whoever reads
 * goes on.
 */
#ifndef EVIDENCE_PAGE_H
#define EVIDENCE_PAGE_H

#include "doc/reader.h"
#include "evidence/dossier.h"

struct page {
	struct reader reader; /* its fault is not used */
	struct paper *paper;
	struct arena *arena;
};

/* The paper is malformed at the node, unless it is already; printf-like. */
void page_refuse(const struct page *page, const struct node *node,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* The value of a field that must be there; NULL, and malformed, when it is
 * not.  name: what messages call it. */
const struct node *page_need(
    const struct page *page, const struct node *mapping, const char *key);

/* Where a node is shown: its key, or itself where it is a scalar or has none.
 */
struct place page_place(const struct page *page, const struct node *node);

/* A text that is not empty; malformed when it is anything else.  NULL node:
 * nothing. */
void page_text(const struct page *page, const char *name,
    const struct node *node, struct clause_text *ret_text);

/* The same, and one of the words, ended by NULL. */
void page_word(const struct page *page, const char *name,
    const struct node *node, const char *const *words,
    struct clause_text *ret_text);

/* A list of texts. */
void page_list(const struct page *page, const char *name,
    const struct node *node, struct clause_list *ret_list);

/* The whole number 1. */
void page_version(const struct page *page, const struct node *node);

/* The numbers of a mapping, those that are none left out. */
void page_numbers(const struct page *page, const struct node *mapping,
    struct paper_numbers *ret_numbers);

/* Refuses keys that are none of the names nor of those that any report may
 * have (time, run, profile). */
void page_check_keys(const struct page *page, const struct node *mapping,
    const char *const *names, size_t n);

/* Reads what any report may have: time, what ties it to a run, its profile. */
void page_read_common(const struct page *page, const struct node *root);

/* The forms that documents have. */
void read_conformance(const struct page *page, const struct node *root);
void read_load(const struct page *page, const struct node *root);
void read_k6(const struct page *page, const struct node *root);
void read_sarif(const struct page *page, const struct node *root);
void read_kubeconform(const struct page *page, const struct node *root);
void read_bundle(const struct page *page, const struct node *root);
void read_release(const struct page *page, const struct node *root);
void read_thresholds(const struct page *page, const struct node *root);
void read_suites(const struct page *page, const struct node *root);

/* Reads the document by its form, which its fields tell. */
void read_document(const struct page *page, const struct node *root);

/* Texts that are no documents; false when the text is none of that form. */
bool read_junit(const struct page *page, struct slice text);
bool read_tap(const struct page *page, struct slice text);

/* Whether the document is a Kubernetes object or a list of some. */
bool is_render(const struct node *root);

#endif

/*
 * Selectors of labels, as the API means them.
 */
#ifndef FACT_SELECTOR_H
#define FACT_SELECTOR_H

#include "fact/facts.h"

/* A LabelSelector (matchLabels, matchExpressions), or plain labels. */
struct selector facts_selector(struct facts *facts, const struct node *node);
struct selector facts_map_selector(
    struct facts *facts, const struct node *node);

/* A selector spelled, at its key. */
struct fact facts_selector_text(struct facts *facts,
    const struct selector *selector, const struct node *node);

/*
 * Whether a selector selects labels (a pod template's).  Labels that
 * controllers add at run time count as there with any value.
 */
bool selector_matches(
    const struct selector *selector, const struct label_list *labels);

/* As kubectl prints it: app=web,tier in (a,b). */
void selector_spell(const struct selector *selector, struct buf *buf);

/* Adds what tells a selector from all others: bytes, no text. */
void selector_key(const struct selector *selector, struct buf *buf);

/* Whether it asks for a label that some pods get at run time. */
bool requirement_is_added(const struct requirement *requirement);

/* The value of a label, or NULL. */
const char *label_find(const struct label_list *labels, const char *key);

#endif

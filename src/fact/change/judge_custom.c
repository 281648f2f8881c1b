/*
 * Custom resources that change -> what the rules about changes (oldSelf) of
 * their CustomResourceDefinitions refuse.
 */
#include "fact/change/denial.h"

#include "custom/custom.h"
#include "doc/tree.h"
#include "fact/computed.h"
#include "fact/refusal/refusal.h"
#include "schema/schema.h"

#include <string.h>

/* Longer values are cut where they are shown. */
#define SHOWN_MAX 60

static const char way_out[] =
    "keep the old value, or delete the object before the upgrade";

static const char *kept_text(struct judging *judging, struct buf *buf)
{
	const char *text =
	    slice_copy(&judging->release->arena, buf_slice(buf)).ptr;

	buf_release(buf);
	return text;
}

/* A scalar as it is written, at its place. */
static struct fact value_fact(struct judging *judging,
    const struct manifest *manifest, const struct node *node)
{
	struct buf text = {0};
	struct slice shown;

	if (!node || node->kind != NODE_SCALAR)
		return (struct fact){0};
	shown = node->text;
	if (shown.len > SHOWN_MAX)
		buf_printf(&text, "%.*s...", SHOWN_MAX - 3, shown.ptr);
	else
		buf_add_slice(&text, shown);
	return fact_at(fact_text(kept_text(judging, &text)), manifest,
	    node->span.line, node->span.col, facts_width(node));
}

static void place_at(struct denial *denial, const struct node *node)
{
	const struct node *at =
	    node->kind != NODE_SCALAR && node->key ? node->key : node;

	denial->part.line = at->span.line;
	denial->part.col = at->span.col;
	denial->part.width = facts_width(at);
}

static void add_denial(void *context, const struct refusal_fault *fault)
{
	struct judging *judging = context;
	struct denied denied = {.way_out = way_out};
	struct buf path = {0}, text = {0};
	struct denial *denial;
	size_t before = judging->denials.n;

	node_path(fault->at, &path);
	if (!path.len)
		buf_add_text(&path, "object");
	denied.path = kept_text(judging, &path);
	buf_printf(&text, "it %.*s", SLICE_ARGS(fault->text));
	denied.text = kept_text(judging, &text);
	denied.unsure = fault->is_unsure;
	deny(judging, &denied);
	if (judging->denials.n == before)
		return;
	denial = judging->denials.items[before];
	denial->from = value_fact(judging, judging->before, fault->was);
	if (fault->was)
		denial->to = value_fact(judging, judging->after, fault->at);
	if (!judging->is_back)
		place_at(denial, fault->at);
}

static bool is_told(const struct vector *gaps, const void *about)
{
	for (size_t i = 0; i < gaps->n; i++) {
		const struct gap *gap = gaps->items[i];

		if (gap->about == about)
			return true;
	}
	return false;
}

static void add_gap(void *context, const void *about, const char *text)
{
	struct judging *judging = context;
	const struct manifest *manifest =
	    judging->is_back ? judging->before : judging->after;
	struct buf kept = {0};
	struct gap *gap;

	if (is_told(&judging->gaps, about))
		return;
	gap = arena_alloc(&judging->release->arena, sizeof(*gap));
	gap->part = (struct part){
	    .manifest = manifest,
	    .path = "",
	    .stable_path = "",
	    .line = manifest->line,
	    .col = manifest->col,
	    .width = manifest->width,
	};
	gap->about = about;
	buf_add_text(&kept, text);
	gap->text = fact_text(kept_text(judging, &kept));
	vector_add(&judging->gaps, gap);
}

/* Whether the definition is of the new release, and that one's alone or another
 * one before: who goes back is held to the old one, which is not asked. */
static bool find_whether_new(
    const struct judging *judging, const struct custom_kind *definition)
{
	const struct entity_list *list =
	    &judging->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		const struct manifest *other = manifest->seldom->other;

		if (manifest->origin == definition->origin &&
		    manifest->order == definition->order &&
		    !strcmp(manifest->kind, "CustomResourceDefinition"))
			return !other || !other->seldom->kept ||
			       !manifest->seldom->kept ||
			       other->seldom->kept->digest !=
				   manifest->seldom->kept->digest;
	}
	return false;
}

/* Of each definition that is worked out once. */
static bool is_definition_new(
    struct judging *judging, const struct custom_kind *definition)
{
	static const char yes[] = "yes", no[] = "no";
	struct slice key = map_address_key(&definition);
	void **place = map_slot(&judging->definitions,
	    map_find(&judging->definitions, key)
		? key
		: slice_copy(&judging->release->arena, key));

	if (!*place)
		*place = (void *)(uintptr_t)(find_whether_new(
						 judging, definition)
						 ? yes
						 : no);
	return *place == yes;
}

void judge_custom(struct judging *judging)
{
	const struct manifest *before = judging->before;
	const struct manifest *after = judging->after;
	const struct custom_kind *definition = judging->is_back
						   ? before->seldom->definition
						   : after->seldom->definition;
	const struct custom_sink sink = {add_denial, add_gap, judging};

	if (!definition || strcmp(before->version, after->version) != 0 ||
	    !custom_has_changes(definition, after->version) ||
	    (judging->is_back && is_definition_new(judging, definition)))
		return;
	if (before->seldom->custom && after->seldom->custom)
		custom_hold_change(definition, after->version,
		    before->seldom->custom, after->seldom->custom, &sink);
	else
		add_gap(judging, definition,
		    "its rules about changes (oldSelf) were not asked, because "
		    "the releases are too long for it to be kept");
}

/* Behind those of the new release by itself. */
void add_gaps_of_changes(struct judging *judging)
{
	struct release *release = judging->release;
	struct entity_list *list = &release->lists[ENTITY_gap];
	const void **items;

	if (!judging->gaps.n)
		return;
	items = arena_array(
	    &release->arena, list->n + judging->gaps.n, sizeof(*items));
	for (size_t i = 0; i < list->n; i++)
		items[i] = list->items[i];
	for (size_t i = 0; i < judging->gaps.n; i++)
		items[list->n + i] = judging->gaps.items[i];
	*list = (struct entity_list){list->n + judging->gaps.n, items};
}

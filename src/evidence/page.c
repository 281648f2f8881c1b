/* Fields of a document -> members of a paper, or why the paper is malformed. */
#include "evidence/page.h"

#include "doc/scalar.h"

#include <math.h>

/* What ties a file to a run or a release: files are held against each other by
 * a name that both have. */
static const char *const key_names[] = {"run_id", "release", "ref", "commit",
    "revision", "git_sha", "target_ref", "baseline_ref"};

static const char *const time_names[] = {"generated_at", "finished_at",
    "ended_at", "completed_at", "timestamp", "created_at", "started_at",
    "time", "date"};

void page_refuse(const struct page *page, const struct node *node,
    const char *format, ...)
{
	struct paper *paper = page->paper;
	struct buf text = {0};
	va_list args;

	if (paper->malformed)
		return;
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	paper->malformed = slice_copy(page->arena, buf_slice(&text)).ptr;
	paper->malformed_place = page_place(page, node);
	buf_release(&text);
}

struct place page_place(const struct page *page, const struct node *node)
{
	if (node && node->kind != NODE_SCALAR && node->key)
		node = node->key;
	return node_place(page->reader.origin, node);
}

const struct node *page_need(
    const struct page *page, const struct node *mapping, const char *key)
{
	const struct node *value = node_get(mapping, key);

	if (!value)
		page_refuse(page, mapping, "lacks '%s'", key);
	return value;
}

/* What JSON writes in quotes, without NUL. */
static bool is_text(const struct node *node, struct slice *ret_text)
{
	return node_to_text(node, ret_text) && ret_text->len &&
	       scalar_of(node).type == SCALAR_STRING &&
	       !memchr(ret_text->ptr, '\0', ret_text->len);
}

void page_text(const struct page *page, const char *name,
    const struct node *node, struct clause_text *ret_text)
{
	struct slice text;

	if (!node)
		return;
	if (!is_text(node, &text)) {
		page_refuse(page, node, "%s must be a text, not %s", name,
		    reader_describe(&page->reader, node));
		return;
	}
	ret_text->text = slice_copy(page->arena, text).ptr;
	ret_text->place = node_place(page->reader.origin, node);
}

void page_word(const struct page *page, const char *name,
    const struct node *node, const char *const *words,
    struct clause_text *ret_text)
{
	struct buf list = {0};

	page_text(page, name, node, ret_text);
	if (!ret_text->text)
		return;
	for (size_t i = 0; words[i]; i++) {
		if (!strcmp(words[i], ret_text->text)) {
			buf_release(&list);
			return;
		}
		buf_printf(&list, "%s'%s'",
		    !i		   ? ""
		    : words[i + 1] ? ", "
				   : " or ",
		    words[i]);
	}
	page_refuse(page, node, "%s must be %s, not %s", name, buf_text(&list),
	    reader_quote(&page->reader, slice_of(ret_text->text)));
	*ret_text = (struct clause_text){0};
	buf_release(&list);
}

void page_list(const struct page *page, const char *name,
    const struct node *node, struct clause_list *ret_list)
{
	struct clause_text *items;

	if (!node)
		return;
	ret_list->place = page_place(page, node);
	if (node->kind != NODE_SEQUENCE) {
		page_refuse(page, node, "%s must be a list of texts, not %s",
		    name, reader_describe(&page->reader, node));
		return;
	}
	items = arena_array(page->arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		page_text(page,
		    arena_printf(page->arena, "%s[%u]", name, (unsigned)i),
		    node->items[i], &items[ret_list->n]);
		ret_list->n += items[ret_list->n].text != NULL;
	}
	ret_list->items = items;
}

void page_version(const struct page *page, const struct node *node)
{
	int64_t number;

	if (node && (!node_to_int(node, &number) || number != 1))
		page_refuse(page, node,
		    "schema_version must be the number 1, not %s",
		    reader_describe(&page->reader, node));
}

static bool number_of(const struct node *node, double *ret_value)
{
	struct scalar scalar;

	if (node->kind != NODE_SCALAR)
		return false;
	scalar = scalar_of(node);
	if (scalar.type == SCALAR_INT)
		*ret_value = (double)scalar.integer;
	else if (scalar.type == SCALAR_DOUBLE)
		*ret_value = scalar.real;
	else
		return false;
	return isfinite(*ret_value);
}

void page_numbers(const struct page *page, const struct node *mapping,
    struct paper_numbers *ret_numbers)
{
	struct paper_number *items;
	size_t n = 0;

	if (!mapping || mapping->kind != NODE_MAPPING)
		return;
	items = arena_array(page->arena, mapping->n, sizeof(*items));
	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct node *key = mapping->pairs[i].key;
		const struct node *value = mapping->pairs[i].value;
		struct paper_number *item = &items[n];

		if (key->kind != NODE_SCALAR || !number_of(value, &item->value))
			continue;
		item->name = slice_copy(page->arena, key->text).ptr;
		item->text = slice_copy(page->arena, value->text).ptr;
		item->place = node_place(page->reader.origin, value);
		n++;
	}
	*ret_numbers =
	    (struct paper_numbers){items, n, page_place(page, mapping)};
}

static bool is_among(struct slice text, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(text, names[i]))
			return true;
	}
	return false;
}

static bool is_common(struct slice key)
{
	return is_among(key, key_names, COUNT_OF(key_names)) ||
	       is_among(key, time_names, COUNT_OF(time_names)) ||
	       slice_is(key, "profile");
}

void page_check_keys(const struct page *page, const struct node *mapping,
    const char *const *names, size_t n)
{
	for (uint32_t i = 0; i < mapping->n; i++) {
		const struct node *key = mapping->pairs[i].key;

		if (key->kind == NODE_SCALAR &&
		    (is_among(key->text, names, n) || is_common(key->text)))
			continue;
		page_refuse(page, key, "%s is an unknown field",
		    key->kind == NODE_SCALAR
			? reader_quote(&page->reader, key->text)
			: "a list or mapping as a key");
	}
}

static void read_keys(const struct page *page, const struct node *root)
{
	struct paper *paper = page->paper;
	struct paper_key *keys = arena_array(
	    page->arena, COUNT_OF(key_names), sizeof(*paper->keys));

	paper->keys = keys;
	for (size_t i = 0; i < COUNT_OF(key_names); i++) {
		struct paper_key *key = &keys[paper->nkeys];

		const struct node *node = node_get(root, key_names[i]);
		struct slice text;

		/* In YAML a version or a number of a run may be a number. */
		if (node && node_to_text(node, &text) && text.len &&
		    !is_text(node, &text) && strcmp(key_names[i], "run_id")) {
			key->value.text = slice_copy(page->arena, text).ptr;
			key->value.place =
			    node_place(page->reader.origin, node);
		} else {
			page_text(page, key_names[i], node, &key->value);
		}
		key->name = key_names[i];
		paper->nkeys += key->value.text != NULL;
	}
}

static void read_time(const struct page *page, const struct node *root)
{
	struct paper *paper = page->paper;
	const struct node *node = NULL;
	size_t i = 0;

	while (!node && i < COUNT_OF(time_names))
		node = node_get(root, time_names[i++]);
	if (!node)
		return;
	if (node->kind != NODE_SCALAR ||
	    !evidence_time(node->text, &paper->seconds)) {
		page_refuse(page, node,
		    "%s must be a time such as 2026-01-31T12:00:00Z, not %s",
		    time_names[i - 1], reader_describe(&page->reader, node));
		return;
	}
	paper->time = (struct clause_text){
	    .text = slice_copy(page->arena, node->text).ptr,
	    .place = node_place(page->reader.origin, node),
	};
}

void page_read_common(const struct page *page, const struct node *root)
{
	read_keys(page, root);
	read_time(page, root);
	page_text(
	    page, "profile", node_get(root, "profile"), &page->paper->profile);
}

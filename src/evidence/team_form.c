/* Pointers of the configuration, and what they lead to in a report. */
#include "evidence/team_form.h"

#include "doc/scalar.h"

const char *const team_fields[TEAM_FIELDS] = {"when", "suite", "scenario",
    "status", "run_id", "release", "profile", "time"};

const char *const team_form_names[TEAM_FORMS] = {
    "conformance", "load", "validation"};

static const enum paper_form team_papers[TEAM_FORMS] = {
    PAPER_CONFORMANCE, PAPER_LOAD, PAPER_VALIDATION};

/* One step of a pointer, its "~1" and "~0" as "/" and "~", against a key. */
static bool is_step(struct slice step, struct slice key)
{
	size_t at = 0;

	for (size_t i = 0; i < step.len; i++, at++) {
		char c = step.ptr[i];

		if (c == '~' && i + 1 < step.len)
			c = step.ptr[++i] == '1' ? '/' : '~';
		if (at == key.len || key.ptr[at] != c)
			return false;
	}
	return at == key.len;
}

static const struct node *step_into(
    const struct node *node, struct slice step)
{
	int64_t index;

	if (node->kind == NODE_SEQUENCE)
		return slice_to_int(step, &index) && index >= 0 &&
			       index < node->n
			   ? node->items[index]
			   : NULL;
	for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->n; i++) {
		const struct node *key = node->pairs[i].key;

		if (key->kind == NODE_SCALAR && is_step(step, key->text))
			return node->pairs[i].value;
	}
	return NULL;
}

const struct node *pointer_get(const struct node *root, const char *pointer)
{
	while (root && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");

		root = step_into(root, (struct slice){pointer, len});
		pointer += len;
	}
	return root;
}

static int read_pointer(const struct reader *reader, const char *name,
    const struct node *node, const char **ret_pointer)
{
	if (!node)
		return 0;
	if (reader_text(reader, name, node, ret_pointer))
		return -1;
	return **ret_pointer == '/'
		   ? 0
		   : reader_refuse(reader, node,
			 "%s must be a JSON pointer such as /run/id, not %s",
			 name, reader_quote(reader, node->text));
}

static int read_name(const struct reader *reader, const struct node *entry,
    struct team_form *form)
{
	const struct node *node = node_get(entry, "form");

	for (size_t i = 0; node && i < TEAM_FORMS; i++) {
		if (node->kind != NODE_SCALAR ||
		    !slice_is(node->text, team_form_names[i]))
			continue;
		form->name = team_form_names[i];
		form->form = team_papers[i];
		return 0;
	}
	return reader_refuse(reader, node ? node : entry,
	    "form must be conformance, load or validation, not %s",
	    node ? reader_describe(reader, node) : "left out");
}

static int read_pass(const struct reader *reader, const struct node *node,
    struct team_form *form)
{
	const char **words;

	if (!node)
		return 0;
	if (node->kind != NODE_SEQUENCE || !node->n)
		return reader_refuse(reader, node,
		    "pass must be a list of words, not %s",
		    reader_describe(reader, node));
	words = arena_array(reader->arena, node->n, sizeof(*words));
	for (uint32_t i = 0; i < node->n; i++) {
		if (reader_text(reader, "a word of pass", node->items[i],
			&words[i]))
			return -1;
	}
	form->pass = words;
	form->npass = node->n;
	return 0;
}

static int read_number_pointers(const struct reader *reader,
    const struct node *node, struct team_form *form)
{
	struct team_number *numbers;

	if (!node)
		return 0;
	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "numbers must be a mapping of names to pointers, not %s",
		    reader_describe(reader, node));
	numbers = arena_array(reader->arena, node->n, sizeof(*numbers));
	for (uint32_t i = 0; i < node->n; i++) {
		if (reader_text(reader, "the name of a number",
			node->pairs[i].key, &numbers[i].name) ||
		    read_pointer(reader, numbers[i].name, node->pairs[i].value,
			&numbers[i].pointer))
			return -1;
	}
	form->numbers = numbers;
	form->nnumbers = node->n;
	return 0;
}

/* What a report of the form cannot be judged without. */
static int check_complete(const struct reader *reader,
    const struct node *entry, const struct team_form *form)
{
	const char *lacks = NULL;

	if (!form->pointers[TEAM_WHEN])
		lacks = "when";
	else if (form->form == PAPER_CONFORMANCE &&
		 !form->pointers[TEAM_SUITE])
		lacks = "suite";
	else if (form->form == PAPER_LOAD
		     ? !form->pointers[TEAM_STATUS] && !form->nnumbers
		     : !form->pointers[TEAM_STATUS])
		lacks = "status";
	return lacks ? reader_refuse(reader, entry,
			   "a form of evidence lacks the field '%s'", lacks)
		     : 0;
}

static int read_entry(const struct reader *reader, const struct node *entry,
    struct team_form *form)
{
	const char *names[TEAM_FIELDS + 4] = {"form", "is", "pass", "numbers"};
	const struct node *is = node_get(entry, "is");
	int result;

	for (size_t i = 0; i < TEAM_FIELDS; i++)
		names[i + 4] = team_fields[i];
	if (reader_check_keys(reader, "a form of evidence", entry, names,
		COUNT_OF(names)))
		return -1;
	form->place = node_place(reader->origin, entry);
	result = read_name(reader, entry, form);
	for (size_t i = 0; i < TEAM_FIELDS; i++)
		result |= read_pointer(reader, team_fields[i],
		    node_get(entry, team_fields[i]), &form->pointers[i]);
	if (is)
		result |= reader_text(reader, "is", is, &form->is);
	result |= read_pass(reader, node_get(entry, "pass"), form);
	result |=
	    read_number_pointers(reader, node_get(entry, "numbers"), form);
	return result ? result : check_complete(reader, entry, form);
}

int team_forms_read(const struct reader *reader, const struct node *node,
    struct team_forms *ret_forms)
{
	struct team_form *forms;
	int result = 0;

	if (node_is_null(node))
		return 0;
	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(reader, node,
		    "evidence must be a list of forms, not %s",
		    reader_describe(reader, node));
	forms = arena_array(reader->arena, node->n, sizeof(*forms));
	for (uint32_t i = 0; i < node->n; i++)
		result |= read_entry(reader, node->items[i], &forms[i]);
	*ret_forms = (struct team_forms){forms, node->n};
	return result;
}

/* What a pointer of the form leads to: a text, a number or a truth, as text;
 * malformed when it leads nowhere. */
static void read_value(const struct page *page, const struct team_form *form,
    enum team_field field, const struct node *root,
    struct clause_text *ret_text)
{
	const char *pointer = form->pointers[field];
	const struct node *node = pointer ? pointer_get(root, pointer) : NULL;
	struct slice text;

	if (!pointer)
		return;
	if (!node) {
		page_refuse(page, root, "lacks '%s', where %s is", pointer,
		    team_fields[field]);
		return;
	}
	if (!node_to_text(node, &text) || !text.len ||
	    memchr(text.ptr, '\0', text.len)) {
		page_refuse(page, node, "%s must be a text, not %s",
		    team_fields[field],
		    reader_describe(&page->reader, node));
		return;
	}
	ret_text->text = slice_copy(page->arena, text).ptr;
	ret_text->place = node_place(page->reader.origin, node);
}

static bool is_pass(const struct team_form *form, const char *status)
{
	static const char *const usual[] = {
	    "pass", "passed", "ok", "success", "succeeded", "true"};
	const char *const *words = form->pass ? form->pass : usual;
	size_t n = form->pass ? form->npass : COUNT_OF(usual);

	for (size_t i = 0; i < n; i++) {
		if (!strcmp(status, words[i]))
			return true;
	}
	return false;
}

/* As the forms of the contract's system say it: pass or fail. */
static void settle_status(
    const struct page *page, const struct team_form *form)
{
	struct paper *paper = page->paper;
	bool passed;

	if (!paper->status.text)
		return;
	passed = is_pass(form, paper->status.text);
	paper->status.text = passed ? "pass" : "fail";
	if (form->form == PAPER_VALIDATION) {
		paper->nran = 1;
		paper->nfailed = !passed;
		paper->failure = paper->status.place;
		paper->place = paper->status.place;
	}
	/* Whoever says whether it passed has held it to something. */
	if (form->form == PAPER_LOAD)
		paper->thresholds.place = paper->status.place;
}

static void read_metrics(const struct page *page, const struct team_form *form,
    const struct node *root)
{
	struct paper_number *items =
	    arena_array(page->arena, form->nnumbers, sizeof(*items));
	struct paper_numbers *metrics = &page->paper->metrics;

	metrics->items = items;
	metrics->place = page_place(page, root);
	for (size_t i = 0; i < form->nnumbers; i++) {
		const struct team_number *number = &form->numbers[i];
		const struct node *node = pointer_get(root, number->pointer);
		struct paper_numbers one = {0};
		struct node name = {
		    .kind = NODE_SCALAR, .text = slice_of(number->name)};
		struct pair pair = {&name, node};
		struct node alone = {
		    .kind = NODE_MAPPING, .n = 1, .pairs = &pair};

		if (node)
			page_numbers(page, &alone, &one);
		if (one.n)
			items[metrics->n++] = one.items[0];
		else
			page_refuse(page, node ? node : root,
			    "%s, where %s is, must be a number, not %s",
			    number->pointer, number->name,
			    node ? reader_describe(&page->reader, node)
				 : "left out");
	}
}

static void read_time(const struct page *page, const struct team_form *form,
    const struct node *root)
{
	struct paper *paper = page->paper;

	read_value(page, form, TEAM_TIME, root, &paper->time);
	if (!paper->time.text ||
	    evidence_time(slice_of(paper->time.text), &paper->seconds))
		return;
	page_refuse(page, pointer_get(root, form->pointers[TEAM_TIME]),
	    "time must be one such as 2026-01-31T12:00:00Z, not %s",
	    reader_quote(&page->reader, slice_of(paper->time.text)));
	paper->time = (struct clause_text){0};
}

static void read_by(const struct page *page, const struct team_form *form,
    const struct node *root)
{
	struct paper *paper = page->paper;
	struct paper_key *keys =
	    arena_array(page->arena, 2, sizeof(*paper->keys));

	paper->form = form->form;
	paper->is_mapped = true;
	read_value(page, form, TEAM_SUITE, root, &paper->suite);
	read_value(page, form, TEAM_SCENARIO, root, &paper->scenario);
	read_value(page, form, TEAM_PROFILE, root, &paper->profile);
	read_value(page, form, TEAM_STATUS, root, &paper->status);
	read_time(page, form, root);
	settle_status(page, form);
	read_metrics(page, form, root);
	paper->keys = keys;
	for (size_t i = 0; i < 2; i++) {
		struct paper_key *key = &keys[paper->nkeys];

		key->name = i ? "release" : "run_id";
		read_value(page, form, i ? TEAM_RELEASE : TEAM_RUN_ID, root,
		    &key->value);
		paper->nkeys += key->value.text != NULL;
	}
}

static bool is_of(const struct team_form *form, const struct node *root)
{
	const struct node *node = pointer_get(root, form->pointers[TEAM_WHEN]);

	return node && (!form->is || (node->kind == NODE_SCALAR &&
					 slice_is(node->text, form->is)));
}

bool read_team_form(const struct page *page, const struct team_forms *forms,
    const struct node *root)
{
	for (size_t i = 0; forms && i < forms->n; i++) {
		if (!is_of(&forms->items[i], root))
			continue;
		read_by(page, &forms->items[i], root);
		return true;
	}
	return false;
}

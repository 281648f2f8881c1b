/* The runs of one category -> one run: see category.h.  The form is that of
 * report/json_tree, so a log that is merged alone stays what it is. */
#include "merge/category.h"

#include "base/json_quote.h"

/* Blanks before the items of the lists of a run and of its driver. */
#define RUN_ITEM "        "
#define DRIVER_ITEM "            "

/* Puts what comes between two items of a list, and begins a line. */
static void begin_item(struct buf *buf, size_t nbefore, const char *indent)
{
	buf_add_text(buf, nbefore ? ",\n" : "\n");
	buf_add_text(buf, indent);
}

/* The number of an item in its table, and whether it is new there. */
static size_t number_of(struct category *category, struct table *table,
    struct slice key, bool *ret_is_new)
{
	const void *found = map_find(&table->numbers, key);

	*ret_is_new = !found;
	if (found)
		return (uintptr_t)found - 1;
	*map_slot(&table->numbers, slice_copy(&category->arena, key)) =
	    (void *)(uintptr_t)(table->n + 1);
	return table->n++;
}

static size_t count_items(const struct json_value *list)
{
	size_t n = 0;

	for (const struct json_value *item = list->first; item;
	     item = item->next)
		n++;
	return n;
}

static struct numbers make_numbers(
    const struct sarif_run *run, const struct json_value *list)
{
	/* The arena is the log's to give from. */
	struct arena *arena = (struct arena *)(uintptr_t)&run->log->arena;
	size_t n = count_items(list);

	return (struct numbers){arena_array(arena, n, sizeof(size_t)), 0};
}

/* Rules and notifications, which are the same when they are written the same:
 * two rules of one id may differ by what a configuration has set. */
static void number_descriptors(struct category *category, struct table *table,
    const struct json_value *list, struct numbers *numbers)
{
	for (const struct json_value *item = list->first; item;
	     item = item->next) {
		bool is_new;
		size_t number = number_of(category, table, item->raw, &is_new);

		numbers->items[numbers->n++] = number;
		if (!is_new)
			continue;
		begin_item(&table->text, number, DRIVER_ITEM);
		buf_add_slice(&table->text, item->raw);
	}
}

/* By its URI and what that is relative to. */
static int number_artifact(struct category *category,
    const struct sarif_run *run, const struct json_value *item,
    struct numbering *numbering, struct fault *fault)
{
	const struct json_value *location = json_text_member(item, "location");
	const struct json_value *uri = json_text_member(location, "uri");
	const struct json_value *base = json_text_member(location, "uriBaseId");
	struct numbers *numbers = &numbering->artifacts;
	size_t index, number;
	struct buf key = {0};
	bool is_new;

	if (!uri || !base ||
	    !json_text_index(json_text_member(location, "index"), &index) ||
	    index != numbers->n)
		return sarif_log_refuse(run->log, item, fault,
		    "an artifact needs a location with uri, uriBaseId and its "
		    "own index");
	buf_add_slice(&key, base->raw);
	buf_add_slice(&key, uri->raw);
	number =
	    number_of(category, &category->artifacts, buf_slice(&key), &is_new);
	buf_release(&key);
	numbers->items[numbers->n++] = number;
	if (!is_new)
		return 0;
	begin_item(&category->artifacts.text, number, RUN_ITEM);
	return renumber(item, numbering, &category->artifacts.text)
		   ? sarif_log_refuse(run->log, item, fault,
			 "an artifact refers to another one")
		   : 0;
}

/* By all that is written of it, once its parent has its number. */
static int number_logical(struct category *category,
    const struct sarif_run *run, const struct json_value *item,
    struct numbering *numbering, struct fault *fault)
{
	struct numbers *numbers = &numbering->logicals;
	struct buf text = {0};
	size_t number;
	bool is_new;

	if (renumber(item, numbering, &text)) {
		buf_release(&text);
		return sarif_log_refuse(run->log, item, fault,
		    "the parent of a logical location must stand before it");
	}
	number =
	    number_of(category, &category->logicals, buf_slice(&text), &is_new);
	numbers->items[numbers->n++] = number;
	if (is_new) {
		begin_item(&category->logicals.text, number, RUN_ITEM);
		buf_add_slice(&category->logicals.text, buf_slice(&text));
	}
	buf_release(&text);
	return 0;
}

/* One key has one meaning in all runs. */
static int add_base_id(struct category *category, const struct sarif_run *run,
    const struct json_value *member, struct fault *fault)
{
	struct table *table = &category->base_ids;
	void **slot;

	slot = map_slot(
	    &table->numbers, slice_copy(&category->arena, member->key));
	if (*slot) {
		const struct slice *known = *slot;

		if (slice_eq(*known, member->raw))
			return 0;
		return sarif_log_refuse(run->log, member, fault,
		    "%.*s means something else in an earlier file",
		    SLICE_ARGS(member->key));
	}
	*slot = arena_copy(&category->arena,
	    &(struct slice){
		slice_copy(&category->arena, member->raw).ptr, member->raw.len},
	    sizeof(struct slice));
	begin_item(&table->text, table->n++, RUN_ITEM);
	buf_add_slice(&table->text, member->key);
	buf_add_char(&table->text, ':');
	buf_add_slice(&table->text, member->raw);
	return 0;
}

/* What is said of the tool once, by the first run. */
static void add_driver(struct category *category, const struct sarif_run *run)
{
	for (const struct json_value *member = run->driver->first; member;
	     member = member->next) {
		if (member == run->rules || member == run->notifications)
			continue;
		buf_printf(&category->driver, "          %.*s:%.*s,\n",
		    SLICE_ARGS(member->key), SLICE_ARGS(member->raw));
	}
	if (run->values[RUN_CATEGORY])
		category->details = slice_copy(
		    &category->arena, run->values[RUN_CATEGORY]->raw);
	if (run->values[RUN_COLUMNS])
		category->columns =
		    slice_copy(&category->arena, run->values[RUN_COLUMNS]->raw);
}

static int check_columns(const struct category *category,
    const struct sarif_run *run, struct fault *fault)
{
	const struct json_value *columns = run->values[RUN_COLUMNS];

	if (slice_eq(
		columns ? columns->raw : (struct slice){0}, category->columns))
		return 0;
	return sarif_log_refuse(run->log,
	    columns ? columns : run->values[RUN_TOOL], fault,
	    "columnKind differs from that of an earlier file");
}

int category_number(struct category *category, const struct sarif_run *run,
    struct numbering *ret_numbering, struct fault *fault)
{
	const struct json_value *const *values = run->values;
	struct numbering *numbering = ret_numbering;

	*numbering = (struct numbering){
	    .rules = make_numbers(run, run->rules),
	    .notifications = make_numbers(run, run->notifications),
	    .artifacts = make_numbers(run, values[RUN_ARTIFACTS]),
	    .logicals = make_numbers(run, values[RUN_LOGICALS]),
	};
	if (!category->driver.len)
		add_driver(category, run);
	if (check_columns(category, run, fault))
		return -1;
	number_descriptors(
	    category, &category->rules, run->rules, &numbering->rules);
	number_descriptors(category, &category->notifications,
	    run->notifications, &numbering->notifications);
	for (const struct json_value *item = values[RUN_ARTIFACTS]->first; item;
	     item = item->next) {
		if (number_artifact(category, run, item, numbering, fault))
			return -1;
	}
	for (const struct json_value *item = values[RUN_LOGICALS]->first; item;
	     item = item->next) {
		if (number_logical(category, run, item, numbering, fault))
			return -1;
	}
	for (const struct json_value *member = values[RUN_BASE_IDS]->first;
	     member; member = member->next) {
		if (add_base_id(category, run, member, fault))
			return -1;
	}
	return 0;
}

static int refuse_number(const struct sarif_run *run,
    const struct json_value *bad, struct fault *fault)
{
	return sarif_log_refuse(run->log, bad, fault,
	    "%.*s refers to nothing: %.*s", SLICE_ARGS(bad->key),
	    SLICE_ARGS(bad->raw));
}

/* A result must say its rule, which is of that id. */
static int check_rule(const struct sarif_run *run,
    const struct json_value *result, struct fault *fault)
{
	const struct json_value *id = json_text_member(result, "ruleId");
	const struct json_value *number = json_text_member(result, "ruleIndex");
	const struct json_value *rule = run->rules->first, *rule_id;
	size_t index;

	if (!id || !number)
		return sarif_log_refuse(run->log, result, fault,
		    "a result needs ruleId and ruleIndex");
	if (!json_text_index(number, &index))
		return refuse_number(run, number, fault);
	while (rule && index--)
		rule = rule->next;
	rule_id = json_text_member(rule, "id");
	if (rule_id && slice_eq(rule_id->raw, id->raw))
		return 0;
	return sarif_log_refuse(run->log, number, fault,
	    "rule %.*s is not the one that ruleId names",
	    SLICE_ARGS(number->raw));
}

static int add_invocations(struct category *category,
    const struct sarif_run *run, const struct numbering *numbering,
    struct fault *fault)
{
	const struct json_value *bad = NULL;

	for (const struct json_value *item =
		 run->values[RUN_INVOCATIONS]->first;
	     item && !bad; item = item->next) {
		begin_item(
		    &category->invocations, category->ninvocations++, RUN_ITEM);
		bad = renumber(item, numbering, &category->invocations);
	}
	return bad ? refuse_number(run, bad, fault) : 0;
}

static void add_verdicts(struct category *category, const struct sarif_run *run)
{
	category->has_verdicts |= run->verdicts != NULL;
	for (const struct json_value *item =
		 run->verdicts ? run->verdicts->first : NULL;
	     item; item = item->next) {
		begin_item(
		    &category->verdicts, category->nverdicts++, RUN_ITEM "  ");
		buf_add_slice(&category->verdicts, item->raw);
	}
}

int category_add(struct category *category, const struct sarif_run *run,
    const struct numbering *numbering, struct fault *fault)
{
	const struct json_value *bad = NULL;
	struct buf unused = {0};

	for (const struct json_value *item = run->values[RUN_RESULTS]->first;
	     item && !bad; item = item->next) {
		if (check_rule(run, item, fault)) {
			buf_release(&unused);
			return -1;
		}
		buf_clear(&unused);
		bad = renumber(item, numbering, &unused);
		category->nresults++;
	}
	buf_release(&unused);
	if (bad)
		return refuse_number(run, bad, fault);
	add_verdicts(category, run);
	return add_invocations(category, run, numbering, fault);
}

static void put(FILE *out, struct slice text)
{
	struct buf safe = {0};

	json_add_safe(&safe, text);
	if (safe.len)
		fwrite(safe.ptr, 1, safe.len, out);
	buf_release(&safe);
}

static void put_text(FILE *out, const char *text)
{
	put(out, slice_of(text));
}

/* "key":[ITEMS], of which there may be none. */
static void put_list(FILE *out, const char *indent, const char *key,
    const struct buf *items, const char *brackets)
{
	struct buf buf = {0};

	buf_printf(&buf, "%s\"%s\":%c", indent, key, brackets[0]);
	buf_add_slice(&buf, buf_slice(items));
	if (items->len)
		buf_printf(&buf, "\n%s", indent);
	buf_add_char(&buf, brackets[1]);
	put(out, buf_slice(&buf));
	buf_release(&buf);
}

void category_write_head(const struct category *category, FILE *out)
{
	struct buf buf = {0};

	put_text(out, "    {\n      \"tool\":{\n        \"driver\":{\n");
	put(out, buf_slice(&category->driver));
	put_list(out, "          ", "rules", &category->rules.text, "[]");
	put_text(out, ",\n");
	put_list(out, "          ", "notifications",
	    &category->notifications.text, "[]");
	put_text(out, "\n        }\n      },\n");
	if (category->details.len)
		buf_printf(&buf, "      \"automationDetails\":%.*s,\n",
		    SLICE_ARGS(category->details));
	put(out, buf_slice(&buf));
	put_list(out, "      ", "invocations", &category->invocations, "[]");
	put_text(out, ",\n");
	put_list(out, "      ", "originalUriBaseIds", &category->base_ids.text,
	    "{}");
	put_text(out, ",\n");
	buf_clear(&buf);
	if (category->columns.len)
		buf_printf(&buf, "      \"columnKind\":%.*s,\n",
		    SLICE_ARGS(category->columns));
	put(out, buf_slice(&buf));
	put_list(out, "      ", "artifacts", &category->artifacts.text, "[]");
	put_text(out, ",\n      \"results\":[");
	buf_release(&buf);
}

void category_write_tail(const struct category *category, FILE *out)
{
	put_text(out, category->nresults ? "\n      ],\n" : "],\n");
	put_list(
	    out, "      ", "logicalLocations", &category->logicals.text, "[]");
	if (category->has_verdicts) {
		put_text(out, ",\n      \"properties\":{\n");
		put_list(out, RUN_ITEM, "verdicts", &category->verdicts, "[]");
		put_text(out, "\n      }");
	}
	put_text(out, "\n    }");
}

int category_write_results(const struct sarif_run *run,
    const struct numbering *numbering, FILE *out, size_t *written,
    struct fault *fault)
{
	const struct json_value *bad = NULL;
	struct buf buf = {0};

	for (const struct json_value *item = run->values[RUN_RESULTS]->first;
	     item && !bad; item = item->next) {
		buf_clear(&buf);
		begin_item(&buf, (*written)++, RUN_ITEM);
		bad = renumber(item, numbering, &buf);
		put(out, buf_slice(&buf));
	}
	buf_release(&buf);
	return bad ? refuse_number(run, bad, fault) : 0;
}

static void table_release(struct table *table)
{
	map_release(&table->numbers);
	buf_release(&table->text);
}

void category_release(struct category *category)
{
	table_release(&category->rules);
	table_release(&category->notifications);
	table_release(&category->artifacts);
	table_release(&category->logicals);
	table_release(&category->base_ids);
	buf_release(&category->driver);
	buf_release(&category->invocations);
	buf_release(&category->verdicts);
	arena_release(&category->arena);
}

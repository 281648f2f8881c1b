/*
 * What validators write: SARIF logs and the report of kubeconform -> how many
 * things were looked at, and which of them failed.
 */
#include "evidence/page.h"

#include "doc/scalar.h"

static void add_failure(const struct page *page, const struct node *at)
{
	struct paper *paper = page->paper;

	if (!paper->nfailed++)
		paper->failure = page_place(page, at);
}

static bool says(const struct node *node, const char *text)
{
	return node && node->kind == NODE_SCALAR && slice_is(node->text, text);
}

/* The level that a rule of the driver has when a result names none; SARIF
 * 2.1.0, 3.27.10. */
static const struct node *default_level(
    const struct node *run, const struct node *result)
{
	const struct node *rules =
	    node_find(run, "tool", "driver", "rules", NULL);
	const struct node *id = node_get(result, "ruleId");
	int64_t index;

	if (!rules || rules->kind != NODE_SEQUENCE)
		return NULL;
	if (node_to_int(node_get(result, "ruleIndex"), &index) && index >= 0 &&
	    index < rules->n)
		return node_find(rules->items[index], "defaultConfiguration",
		    "level", NULL);
	for (uint32_t i = 0; id && i < rules->n; i++) {
		const struct node *own = node_get(rules->items[i], "id");

		if (id->kind == NODE_SCALAR && own &&
		    own->kind == NODE_SCALAR && slice_eq(own->text, id->text))
			return node_find(rules->items[i],
			    "defaultConfiguration", "level", NULL);
	}
	return NULL;
}

/* A suppression counts unless somebody has yet to accept it; 3.27.23. */
static bool is_suppressed(const struct node *result)
{
	const struct node *list = node_get(result, "suppressions");

	for (uint32_t i = 0;
	     list && list->kind == NODE_SEQUENCE && i < list->n; i++) {
		const struct node *status = node_get(list->items[i], "status");

		if (!status || says(status, "accepted"))
			return true;
	}
	return false;
}

static void read_result(const struct page *page, const struct node *run,
    const struct node *result)
{
	static const char *const levels[] = {
	    "none", "note", "warning", "error", NULL};
	const struct node *kind = node_get(result, "kind");
	const struct node *level = node_get(result, "level");
	struct clause_text word = {0};

	if (result->kind != NODE_MAPPING) {
		page_refuse(page, result, "a result must be a mapping, not %s",
		    reader_describe(&page->reader, result));
		return;
	}
	page_word(page, "level", level, levels, &word);
	if (says(kind, "notApplicable"))
		return;
	page->paper->nran++;
	/* Of the run before, and gone from this one; 3.27.24. */
	if (says(node_get(result, "baselineState"), "absent"))
		return;
	if (!level)
		level = default_level(run, result);
	if (says(level, "error") && (!kind || says(kind, "fail")) &&
	    !is_suppressed(result))
		add_failure(page, level);
}

/* A run without results did not get that far; 3.14.23. */
static void read_results(const struct page *page, const struct node *run)
{
	const struct node *results = node_get(run, "results");

	if (node_is_null(results))
		return;
	if (results->kind != NODE_SEQUENCE) {
		page_refuse(page, results, "results must be a list, not %s",
		    reader_describe(&page->reader, results));
		return;
	}
	/* Nothing was wrong with what was looked at. */
	page->paper->nran += !results->n;
	for (uint32_t i = 0; i < results->n; i++)
		read_result(page, run, results->items[i]);
}

static void read_end(const struct page *page, const struct node *time)
{
	struct paper *paper = page->paper;

	if (!time)
		return;
	page_text(page, "endTimeUtc", time, &paper->time);
	if (!paper->time.text ||
	    evidence_time(slice_of(paper->time.text), &paper->seconds))
		return;
	page_refuse(page, time, "endTimeUtc must be a time, not %s",
	    reader_describe(&page->reader, time));
	paper->time = (struct clause_text){0};
}

/* What the program says of its own run: an error there halted it or left its
 * results incorrect or incomplete; 3.58.6. */
static void read_notifications(
    const struct page *page, const struct node *invocation)
{
	const struct node *list =
	    node_get(invocation, "toolExecutionNotifications");

	for (uint32_t i = 0;
	     list && list->kind == NODE_SEQUENCE && i < list->n; i++) {
		const struct node *level = node_get(list->items[i], "level");

		if (says(level, "error"))
			add_failure(page, level);
	}
}

static void read_invocations(const struct page *page, const struct node *run)
{
	const struct node *list = node_get(run, "invocations");

	for (uint32_t i = 0;
	     list && list->kind == NODE_SEQUENCE && i < list->n; i++) {
		const struct node *ok =
		    node_get(list->items[i], "executionSuccessful");
		bool value;

		if (ok && !node_to_bool(ok, &value))
			page_refuse(page, ok,
			    "executionSuccessful must be true or false, not %s",
			    reader_describe(&page->reader, ok));
		else if (ok && !value)
			add_failure(page, ok);
		else
			read_notifications(page, list->items[i]);
		read_end(page, node_get(list->items[i], "endTimeUtc"));
	}
}

/* The profile that this tool held the release to. */
static void read_own(const struct page *page, const struct node *run)
{
	const struct node *verdicts =
	    node_find(run, "properties", "verdicts", NULL);

	if (!says(node_find(run, "tool", "driver", "name", NULL),
		"rolloutlint") ||
	    !verdicts || verdicts->kind != NODE_SEQUENCE || !verdicts->n)
		return;
	page_text(page, "profile", node_get(verdicts->items[0], "profile"),
	    &page->paper->profile);
}

void read_sarif(const struct page *page, const struct node *root)
{
	const struct node *runs = node_get(root, "runs");
	const struct node *version = page_need(page, root, "version");
	struct paper *paper = page->paper;

	paper->form = PAPER_VALIDATION;
	paper->kind = "SARIF log";
	if (version && !says(version, "2.1.0"))
		page_refuse(page, version, "version must be '2.1.0', not %s",
		    reader_describe(&page->reader, version));
	if (!runs || runs->kind != NODE_SEQUENCE) {
		page_refuse(page, runs ? runs : root,
		    "runs must be a list, not %s",
		    runs ? reader_describe(&page->reader, runs) : "left out");
		return;
	}
	paper->place = page_place(page, runs);
	for (uint32_t i = 0; i < runs->n; i++) {
		if (runs->items[i]->kind != NODE_MAPPING)
			page_refuse(page, runs->items[i],
			    "a run must be a mapping, not %s",
			    reader_describe(&page->reader, runs->items[i]));
		read_results(page, runs->items[i]);
		read_invocations(page, runs->items[i]);
		read_own(page, runs->items[i]);
	}
}

/* One of kubeconform's numbers. */
static int64_t count_of(const struct page *page, const struct node *summary,
    const char *name, bool is_failure)
{
	const struct node *node = page_need(page, summary, name);
	int64_t value = 0;

	if (!node)
		return 0;
	if (!node_to_int(node, &value) || value < 0) {
		page_refuse(page, node, "%s must be a count, not %s", name,
		    reader_describe(&page->reader, node));
		return 0;
	}
	if (is_failure && value)
		add_failure(page, node);
	return value;
}

static void read_resources(const struct page *page, const struct node *list)
{
	for (uint32_t i = 0;
	     list && list->kind == NODE_SEQUENCE && i < list->n; i++) {
		const struct node *status = node_get(list->items[i], "status");

		if (says(status, "statusInvalid") ||
		    says(status, "statusError"))
			add_failure(page, status);
	}
}

/* As kubeconform -output json -summary writes it. */
void read_kubeconform(const struct page *page, const struct node *root)
{
	const struct node *summary = node_get(root, "summary");
	struct paper *paper = page->paper;
	uint64_t valid;

	paper->form = PAPER_VALIDATION;
	paper->kind = "report of kubeconform";
	page_read_common(page, root);
	if (!summary || summary->kind != NODE_MAPPING) {
		page_refuse(page, summary ? summary : root,
		    "summary must be a mapping, not %s",
		    summary ? reader_describe(&page->reader, summary)
			    : "left out");
		return;
	}
	paper->place = page_place(page, summary);
	read_resources(page, node_get(root, "resources"));
	valid = (uint64_t)count_of(page, summary, "valid", false);
	paper->nran = valid +
		      (uint64_t)count_of(page, summary, "invalid", true) +
		      (uint64_t)count_of(page, summary, "errors", true);
}

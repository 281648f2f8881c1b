/* The fields of a document -> which form it has. */
#include "evidence/page.h"

#include "doc/scalar.h"

const char *paper_form_name(enum paper_form form)
{
	static const char *const names[] = {
	    [PAPER_UNKNOWN] = "file",
	    [PAPER_CONFORMANCE] = "conformance report",
	    [PAPER_LOAD] = "load report",
	    [PAPER_RENDER] = "render",
	    [PAPER_VALIDATION] = "report of a validator",
	    [PAPER_BUNDLE] = "evidence bundle",
	    [PAPER_RELEASE] = "bundle of a release",
	    [PAPER_THRESHOLDS] = "table of thresholds",
	    [PAPER_SUITES] = "list of suites",
	    [PAPER_REFERENCE] = "reference",
	};

	return names[form];
}

static bool has(const struct node *root, const char *key)
{
	return node_get(root, key);
}

static bool has_text(const struct node *root, const char *key)
{
	struct slice text;

	return node_to_text(node_get(root, key), &text);
}

static bool says(const struct node *root, const char *key, const char *text)
{
	const struct node *node = node_get(root, key);

	return node && node->kind == NODE_SCALAR && slice_is(node->text, text);
}

bool is_render(const struct node *root)
{
	if (root->kind == NODE_SEQUENCE)
		return root->n && is_render(root->items[0]);
	return has_text(root, "apiVersion") && has_text(root, "kind");
}

static bool is_bundle(const struct node *root)
{
	return says(root, "format", "rolloutlint-evidence") ||
	       has(root, "render") + has(root, "allowed") + has(root, "files") >
		   1;
}

static bool is_conformance(const struct node *root)
{
	return has(root, "suite_id") || has(root, "failed_sections") ||
	       has(root, "sections");
}

static bool is_k6(const struct node *root)
{
	const struct node *metrics = node_get(root, "metrics");

	return has(metrics, "http_req_duration") ||
	       has(metrics, "http_req_failed");
}

static bool is_load(const struct node *root)
{
	return says(root, "kind", "ops_load_report_v1") ||
	       has(root, "metrics") + has(root, "thresholds") +
		       has(root, "violations") >
		   1;
}

static bool is_release(const struct node *root)
{
	return has(root, "gates") || has(root, "pin_freeze_status");
}

static bool is_suites(const struct node *root)
{
	return has(root, "suites");
}

static bool is_kubeconform(const struct node *root)
{
	return has(root, "summary") &&
	       (has(root, "resources") ||
		   has(node_get(root, "summary"), "invalid"));
}

static bool is_sarif(const struct node *root)
{
	return has(root, "runs");
}

/* Numbers by names, and these by the names of scenarios. */
static bool is_thresholds(const struct node *root)
{
	for (uint32_t i = 0; i < root->n; i++) {
		const struct node *value = root->pairs[i].value;

		if (has(value, "p95_ms") || has(value, "p99_ms") ||
		    has(value, "fail_rate") || has(value, "error_rate"))
			return true;
	}
	return false;
}

/* What a repository has beside its reports. */
static bool is_reference(const struct node *root)
{
	static const char *const keys[] = {"$schema", "policy_id", "report_id",
	    "upgrade_contract", "rollback_contract", "compatibility", "steps",
	    "from_version", "profiles", "requires"};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (has(root, keys[i]))
			return true;
	}
	return false;
}

static void read_reference(const struct page *page, const struct node *root)
{
	(void)root;
	page->paper->form = PAPER_REFERENCE;
}

/* The first that a document is, it is read as. */
static const struct {
	bool (*is)(const struct node *root);
	void (*read)(const struct page *page, const struct node *root);
} forms[] = {
    {is_bundle, read_bundle},
    {is_sarif, read_sarif},
    {is_conformance, read_conformance},
    {is_k6, read_k6},
    {is_load, read_load},
    {is_release, read_release},
    {is_kubeconform, read_kubeconform},
    {is_suites, read_suites},
    {is_reference, read_reference},
    {is_thresholds, read_thresholds},
};

void read_document(const struct page *page, const struct node *root)
{
	if (root->kind != NODE_MAPPING)
		return;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (forms[i].is(root)) {
			forms[i].read(page, root);
			return;
		}
	}
}

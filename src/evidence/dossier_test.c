/* Texts -> papers: of which form they are, what is malformed and where, and
 * what a bundle speaks for. */
#include "evidence/dossier.h"

#include <criterion/criterion.h>

static const struct origin origin = {
    .name = "reports/file.json", .role = ORIGIN_CONTRACT};

/* What the text is read as, in a dossier that the caller releases. */
static const struct paper *paper_of(struct dossier *dossier, const char *text)
{
	dossier_add_text(dossier, &origin, slice_of(text));
	return &dossier->papers[dossier->n - 1];
}

/* Each is told by its content alone: all have one name. */
Test(evidence_dossier, forms)
{
	static const struct {
		enum paper_form form;
		const char *text;
	} rows[] = {
	    {PAPER_CONFORMANCE, "{\"suite_id\": \"a\"}"},
	    {PAPER_LOAD, "{\"metrics\": {}, \"violations\": []}"},
	    {PAPER_LOAD, "{\"metrics\": {\"http_req_failed\": {}}}"},
	    {PAPER_RENDER, "apiVersion: v1\nkind: Secret\n"},
	    {PAPER_RENDER, "[{apiVersion: v1, kind: Secret}]"},
	    {PAPER_VALIDATION, "{\"version\": \"2.1.0\", \"runs\": []}"},
	    {PAPER_VALIDATION, "<testsuite><testcase/></testsuite>"},
	    {PAPER_VALIDATION, "TAP version 13\n1..1\nok 1\n"},
	    {PAPER_VALIDATION, "{resources: [], summary: {}}"},
	    {PAPER_BUNDLE, "{\"format\": \"rolloutlint-evidence\"}"},
	    {PAPER_RELEASE, "{\"gates\": []}"},
	    {PAPER_THRESHOLDS, "{\"mixed\": {\"p95_ms\": 900}}"},
	    {PAPER_SUITES, "{\"suites\": []}"},
	    {PAPER_REFERENCE, "{\"$schema\": \"x\"}"},
	    {PAPER_UNKNOWN, "{\"color\": \"blue\"}"},
	    {PAPER_UNKNOWN, "ok, then"},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct dossier dossier = {0};

		cr_assert_eq(paper_of(&dossier, rows[i].text)->form,
		    rows[i].form, "%s", rows[i].text);
		dossier_release(&dossier);
	}
}

/* The first that is not as its form asks, where it is. */
Test(evidence_dossier, malformed)
{
	static const struct {
		const char *text, *reason;
		uint32_t line;
	} rows[] = {
	    {"{\"suite_id\": 7,\n\"status\": \"maybe\"}",
		"suite_id must be a text, not the number 7", 1},
	    {"{\"version\": \"2.1.0\",\n\"runs\": {}}",
		"runs must be a list, not a mapping", 2},
	    {"<testsuite>\n<testcase>\n</testsuite>", NULL, 3},
	    {"{\"suites\":\n[{\"id\": null}]}", NULL, 2},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct dossier dossier = {0};
		const struct paper *paper = paper_of(&dossier, rows[i].text);

		cr_assert(paper->malformed, "%s", rows[i].text);
		cr_assert_eq(paper->malformed_place.span.line, rows[i].line,
		    "%s", rows[i].text);
		if (rows[i].reason)
			cr_assert_str_eq(paper->malformed, rows[i].reason);
		dossier_release(&dossier);
	}
}

/* What ran, and what of it failed. */
Test(evidence_dossier, counts)
{
	static const struct {
		const char *text;
		uint64_t nran, nfailed;
	} rows[] = {
	    {"<testsuite><testcase/><testcase><skipped/></testcase>"
	     "<testcase><error/></testcase></testsuite>",
		2, 1},
	    {"TAP version 13\n1..3\nok 1\nok 2 # SKIP x\nnot ok 3 # TODO y\n",
		2, 0},
	    {"{version: \"2.1.0\", runs: [{results: [{level: error},"
	     "{level: error, baselineState: absent}, {level: note}]}]}",
		3, 1},
	    {"{version: \"2.1.0\", runs: [{results: null}]}", 0, 0},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct dossier dossier = {0};
		const struct paper *paper = paper_of(&dossier, rows[i].text);

		cr_assert_eq(paper->nran, rows[i].nran, "%s", rows[i].text);
		cr_assert_eq(
		    paper->nfailed, rows[i].nfailed, "%s", rows[i].text);
		dossier_release(&dossier);
	}
}

/* A bundle speaks for the files beside it that it seals, and no others. */
Test(evidence_dossier, sealed)
{
	static const struct origin origins[] = {
	    {.name = "a/bundle.json", .role = ORIGIN_CONTRACT},
	    {.name = "a/report.sarif", .role = ORIGIN_CONTRACT},
	    {.name = "a/other.sarif", .role = ORIGIN_CONTRACT},
	    {.name = "b/report.sarif", .role = ORIGIN_CONTRACT},
	};
	struct dossier dossier = {0};

	dossier_add_text(&dossier, &origins[0],
	    SLICE("{format: rolloutlint-evidence, "
		  "files: {report.sarif: \"sha256:0\"}}"));
	for (size_t i = 1; i < COUNT_OF(origins); i++)
		dossier_add_text(&dossier, &origins[i], SLICE("{runs: []}"));
	dossier_close(&dossier);
	cr_assert_not(dossier.papers[0].is_sealed);
	cr_assert(dossier.papers[1].is_sealed);
	cr_assert_not(dossier.papers[2].is_sealed);
	cr_assert_not(dossier.papers[3].is_sealed);
	dossier_release(&dossier);
}

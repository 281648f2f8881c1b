/* What the files of scenarios say, as facts. */
#include "contract/scenario.h"
#include "fact/contract/contract_facts.h"
#include "fact/test_release.h"

static const struct origin file = {.name = "a.yaml"};

/* The only asset of a text, which the scenarios own. */
static const struct asset *read_asset(
    struct scenarios *scenarios, const char *text)
{
	struct fault fault = {0};

	*scenarios = (struct scenarios){0};
	cr_assert_eq(scenarios_parse(scenarios, &file, slice_of(text), &fault),
	    0, "%s", fault_text(&fault));
	cr_assert_eq(scenarios->n, 1);
	return &scenarios->assets[0];
}

/* Of two versions at most one is older; what is none is neither. */
Test(fact_matrix, versions_that_a_scenario_leads_to)
{
	static const struct {
		const char *kind, *from, *to;
		bool older, newer, back;
	} rows[] = {
	    {"rollback", "0.2.0", "0.1.0", true, false, true},
	    {"rollback", "0.1.0", "0.2.0", false, true, true},
	    {"minor", "0.1.0", "0.2.0", false, true, false},
	    {"minor", "0.2.0", "0.1.0", true, false, false},
	    {"patch", "0.1.0", "0.1.0", false, false, false},
	    {"rollback", "0.1.0", "v0.1.0", false, false, true},
	    {"rollback", "head", "0.1.0", false, false, true},
	    {"minor", "0.1.0", "next", false, false, false},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct scenarios scenarios;
		const struct asset *asset;
		struct buf text = {0};

		buf_printf(&text,
		    "schema_version: 1\nid: a\nkind: %s\n"
		    "from_version: '%s'\nto_version: '%s'\n"
		    "steps: [upgrade, verify]\n",
		    rows[i].kind, rows[i].from, rows[i].to);
		asset = read_asset(&scenarios, buf_text(&text));
		cr_assert_eq(fact_asset_older(NULL, asset).boolean,
		    rows[i].older, "%s", buf_text(&text));
		cr_assert_eq(fact_asset_newer(NULL, asset).boolean,
		    rows[i].newer, "%s", buf_text(&text));
		cr_assert_eq(fact_asset_rolls_back(NULL, asset).boolean,
		    rows[i].back, "%s", buf_text(&text));
		cr_assert_str_eq(
		    fact_asset_steps(NULL, asset).text, "upgrade, verify");
		scenarios_release(&scenarios);
		buf_release(&text);
	}
}

/* Other files of the folder go nowhere. */
Test(fact_matrix, what_is_no_scenario)
{
	struct scenarios scenarios;
	const struct asset *asset =
	    read_asset(&scenarios, "policy_id: a\nrules: []\n");

	cr_assert_str_eq(fact_asset_form(NULL, asset).text, "policy");
	cr_assert_not(fact_asset_older(NULL, asset).boolean);
	cr_assert_not(fact_asset_newer(NULL, asset).boolean);
	cr_assert_not(fact_asset_rolls_back(NULL, asset).boolean);
	cr_assert_eq(fact_asset_steps(NULL, asset).state, FACT_ABSENT);
	scenarios_release(&scenarios);
}

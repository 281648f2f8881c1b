/* Links by namespace: who is looked at, and what keeps them few. */
#include "fact/network/network.h"
#include "fact/selector.h"
#include "fact/service/service.h"
#include "fact/test_release.h"

#define WEB(namespace)                                           \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: " \
	"{name: web" namespace "}\nspec: {template: "            \
			       "{metadata: {labels: {app: web}}}}\n"
#define POLICY(namespace)                                              \
	"---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" \
	"metadata: {name: p" namespace "}\nspec: {podSelector: {}}\n"
/* All pods but those of an app that is not there, each policy another. */
#define SELECTIVE_POLICY                                               \
	"---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" \
	"metadata: {name: p}\nspec: {podSelector: {matchExpressions: "   \
	"[{key: app, operator: NotIn, values: [x%d]}]}}\n"
#define IN(namespace) ", namespace: " namespace

static void expect_numbers(struct numbers numbers, const char *expected)
{
	struct buf buf = {0};

	for (size_t i = 0; i < numbers.n; i++)
		buf_printf(&buf, "%s%u", i ? " " : "", numbers.items[i]);
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

/* What other namespaces hold is not even looked at: thousands of them may have
 * workloads of one name. */
Test(fact_link, workloads_are_looked_for_in_their_namespace)
{
	static const char *const values[] = {"web"};
	static const struct requirement is_web = {.operator= SELECTOR_IN,
	    .key = "app",
	    .values = values,
	    .nvalues = 1};
	static const struct selector selectors[] = {
	    {.given = true}, {.requirements = &is_web, .n = 1, .given = true}};
	static const struct {
		const char *namespace, *numbers;
	} cases[] = {{"a", "0 3"}, {"b", "1"}, {"", "2"}, {"c", ""},
	    {ANY_KNOWN_NAMESPACE, "0 1 3"}};
	struct test_release test;
	struct index index;

	test_release_init(
	    &test, WEB(IN("a")) WEB(IN("b")) WEB("") WEB(IN("a")), NULL);
	index_init(&index, test.release);
	index_labels(&index);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *namespace = cases[i].namespace;

		expect_numbers(
		    index_named(&index, namespace, "Deployment", "web"),
		    cases[i].numbers);
		for (size_t j = 0; j < COUNT_OF(selectors); j++)
			expect_numbers(
			    index_candidates(&index, namespace, &selectors[j]),
			    cases[i].numbers);
	}
	index_release(&index);
	test_release_free(&test);
}

/* Policies for all pods of a namespace: one list of these is enough. */
Test(fact_link, who_asks_for_the_same_shares_the_answer)
{
	struct test_release test;
	const struct entity_list *list;
	const struct networkpolicy *first, *second, *other;

	test_release_init(
	    &test, POLICY("") POLICY("") POLICY(IN("a")) WEB("") WEB(""), NULL);
	list = &test.release->lists[ENTITY_networkpolicy];
	first = list->items[0];
	second = list->items[1];
	other = list->items[2];
	cr_assert_eq(first->workloads.sure.n, 2);
	cr_assert_eq(first->workloads.sure.items, second->workloads.sure.items);
	cr_assert_not(first->workloads.possible);
	cr_assert_eq(other->workloads.sure.n, 0);
	cr_assert(other->workloads.possible);
	test_release_free(&test);
}

static void repeat(struct buf *yaml, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_text(yaml, text);
}

/* One pod keeps as many as there are: what the last of them says counts. */
Test(fact_link, a_workload_keeps_all_of_its_owners)
{
	struct test_release test;
	const struct workload *workload;
	struct buf yaml = {0};

	repeat(&yaml, POLICY(""), 300);
	buf_add_text(&yaml, WEB(""));
	test_release_init(&test, buf_text(&yaml), NULL);
	workload = test_workload(&test, "web");
	cr_assert_eq(workload->networkpolicies.sure.n, 300);
	cr_assert_not(workload->networkpolicies.possible);
	test_release_free(&test);
	buf_release(&yaml);
}

static const struct entity_list *policies_of(
    const struct test_release *test, size_t workload)
{
	const struct workload *found =
	    test->release->lists[ENTITY_workload].items[workload];

	return &found->networkpolicies.sure;
}

/* Whether one answer or several name them. */
Test(fact_link, workloads_with_the_same_owners_share_the_list)
{
	struct test_release test;
	struct buf yaml = {0};

	repeat(&yaml, POLICY(""), 2);
	repeat(&yaml, WEB(""), 2);
	test_release_init(&test, buf_text(&yaml), NULL);
	cr_assert_eq(policies_of(&test, 0)->n, 2);
	cr_assert_eq(
	    policies_of(&test, 0)->items, policies_of(&test, 1)->items);
	test_release_free(&test);
	buf_printf(&yaml, SELECTIVE_POLICY, 1);
	test_release_init(&test, buf_text(&yaml), NULL);
	cr_assert_eq(policies_of(&test, 0)->n, 3);
	cr_assert_eq(
	    policies_of(&test, 0)->items, policies_of(&test, 1)->items);
	test_release_free(&test);
	buf_release(&yaml);
}

/* With more than a million links some policies of a workload are unknown:
 * what they let out may be more. */
Test(fact_link, too_many_owners_leave_a_workload_open)
{
	struct test_release test;
	const struct workload *workload;
	struct buf yaml = {0};

	for (int i = 0; i < 1001; i++)
		buf_printf(&yaml, SELECTIVE_POLICY, i);
	for (int i = 0; i < 1000; i++)
		buf_add_text(&yaml, WEB(""));
	test_release_init(&test, buf_text(&yaml), NULL);
	workload = test.release->lists[ENTITY_workload].items[999];
	cr_assert_eq(workload->networkpolicies.sure.n, 1000);
	cr_assert(workload->networkpolicies.possible);
	test_release_free(&test);
	buf_release(&yaml);
}

/* The order of the stream, whichever demand was answered first. */
Test(fact_link, owners_are_in_the_order_of_the_stream)
{
#define SERVICE(name, labels)                                              \
	"---\napiVersion: v1\nkind: Service\nmetadata: {name: " name "}\n" \
	"spec: {selector: {" labels "}}\n"
	struct test_release test;

	test_release_init(&test,
	    SERVICE("a", "app: web") WEB("")
		SERVICE("b", "pod-template-hash: x") SERVICE("c", "app: web"),
	    NULL);
	test_expect_list(ENTITY_service,
	    fact_workload_services(test.release, test_workload(&test, "web")),
	    "a b c");
	test_release_free(&test);
}

static void expect_keys_differ(
    const struct selector *a, const struct selector *b)
{
	struct buf left = {0}, right = {0};

	selector_key(a, &left);
	selector_key(b, &right);
	cr_assert_not(slice_eq(buf_slice(&left), buf_slice(&right)));
	buf_release(&left);
	buf_release(&right);
}

/* They are spelled alike. */
Test(fact_link, selectors_that_are_spelled_alike_are_kept_apart)
{
	static const char *const one[] = {"x,b=y"}, *const x[] = {"x"},
				 *const y[] = {"y"};
	static const struct requirement single[] = {{SELECTOR_IN, "a", one, 1}};
	static const struct requirement pair[] = {
	    {SELECTOR_IN, "a", x, 1}, {SELECTOR_IN, "b", y, 1}};
	static const struct requirement none[] = {
	    {SELECTOR_EXISTS, "!a", NULL, 0}};
	static const struct requirement lacks[] = {
	    {SELECTOR_DOES_NOT_EXIST, "a", NULL, 0}};

	expect_keys_differ(&(struct selector){single, 1, true, false},
	    &(struct selector){pair, 2, true, false});
	expect_keys_differ(&(struct selector){none, 1, true, false},
	    &(struct selector){lacks, 1, true, false});
	expect_keys_differ(&(struct selector){NULL, 0, true, false},
	    &(struct selector){NULL, 0, false, false});
}

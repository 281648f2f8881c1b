/* What two objects have to themselves: which of them is in whose way. */
#include "fact/taken/taken.h"

#include "fact/test_release.h"

#define PODS(kind, name, spec)                                               \
	"---\n{apiVersion: apps/v1, kind: " kind ", metadata: {name: " name  \
	"}, spec: {selector: {matchLabels: {app: x}}, template: {metadata: " \
	"{labels: {app: x}}, spec: {" spec                                   \
	"containers: [{name: c, ports: [{containerPort: 80, hostPort: "      \
	"80}]}]}}}}\n"
#define CHOOSES "nodeSelector: {role: edge}, "

/* What is there, and who is in the way of the last one; "" for nobody. */
static const struct {
	const char *yaml, *rival;
} rows[] = {
    /* One node at least has both. */
    {PODS("DaemonSet", "a", "") PODS("DaemonSet", "b", ""), "a"},
    {PODS("DaemonSet", "a", "") PODS("Deployment", "b", ""), "a"},
    {PODS("Deployment", "a", "") PODS("DaemonSet", "b", ""), "a"},
    {PODS("DaemonSet", "a", "") PODS("DaemonSet", "b", CHOOSES), "a"},
    {PODS("DaemonSet", "a", CHOOSES) PODS("DaemonSet", "b", ""), "a"},
    {PODS("DaemonSet", "a", CHOOSES) PODS("DaemonSet", "b", CHOOSES), "a"},
    {PODS("Deployment", "a", CHOOSES) PODS("DaemonSet", "b", CHOOSES), "a"},
    {PODS("DaemonSet", "a", CHOOSES) PODS("Deployment", "b", CHOOSES), "a"},
    /* Each may have nodes of its own. */
    {PODS("Deployment", "a", "") PODS("Deployment", "b", ""), ""},
    {PODS("DaemonSet", "a", CHOOSES) PODS("Deployment", "b", ""), ""},
    {PODS("Deployment", "a", "") PODS("DaemonSet", "b", CHOOSES), ""},
    {PODS("DaemonSet", "a", CHOOSES)
	    PODS("DaemonSet", "b", "nodeSelector: {role: db}, "),
	""},
    /* Tainted nodes that the first keeps off. */
    {PODS("DaemonSet", "a", "") PODS(
	 "DaemonSet", "b", CHOOSES "tolerations: [{operator: Exists}], "),
	""},
    /* The first in the stream is named. */
    {PODS("DaemonSet", "a", "") PODS("DaemonSet", "b", "")
	    PODS("DaemonSet", "c", ""),
	"a"},
};

Test(takings, ports_of_one_node_are_found)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct test_release test;
		const struct entity_list *list;
		const struct taking *last;

		test_release_init(&test, rows[i].yaml, "");
		list = &test.release->lists[ENTITY_taking];
		cr_assert_gt(list->n, 1);
		last = list->items[list->n - 1];
		cr_expect_str_eq(last->rival ? last->rival->manifest->name : "",
		    rows[i].rival, "row %zu", i);
		test_release_free(&test);
	}
}

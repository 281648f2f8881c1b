/* Workloads that share a claim for one node. */
#include "fact/pod/pod.h"
#include "fact/test_release.h"

#define CLAIM(mode)                                     \
	"apiVersion: v1\nkind: PersistentVolumeClaim\n" \
	"metadata: {name: c}\nspec: {accessModes: [" mode "]}\n"
#define WORKLOAD(group, kind, name, more)                                    \
	"---\napiVersion: " group "\nkind: " kind "\nmetadata: {name: " name \
	"}\nspec: {" more "template: {spec: {volumes: [{name: v, "           \
	"persistentVolumeClaim: {claimName: c}}], "
#define POD "containers: [{name: a}]}}}\n"
#define CLOSE "nodeName: n, " POD
#define FIRST WORKLOAD("apps/v1", "Deployment", "first", "")
#define LATER WORKLOAD("apps/v1", "StatefulSet", "later", "")
#define NONE WORKLOAD("apps/v1", "Deployment", "first", "replicas: 0, ")
#define JOB WORKLOAD("batch/v1", "Job", "job", "")

struct row {
	const char *yaml, *of, *sharer; /* NULL: none */
};

static void expect(const struct row *row)
{
	struct test_release test;
	const struct workload *workload;
	struct fact sharer, claim;
	const char *name = NULL;

	test_release_init(&test, row->yaml, NULL);
	workload = test_workload(&test, row->of);
	sharer = fact_workload_claim_sharer(test.release, workload);
	claim = fact_workload_shared_claim(test.release, workload);
	if (sharer.has_value)
		name = ((const struct workload *)sharer.entity)->manifest->name;
	cr_assert_eq(!name, !row->sharer, "%s: %s", row->yaml, name);
	if (name)
		cr_assert_str_eq(name, row->sharer);
	test_expect_text(claim, row->sharer ? "c" : NULL);
	test_release_free(&test);
}

Test(fact_claim_sharers, of_claims_for_one_node)
{
	static const struct row rows[] = {
	    {CLAIM("ReadWriteOnce") FIRST POD LATER POD, "later", "first"},
	    {CLAIM("ReadWriteOnce") FIRST POD LATER POD, "first", NULL},
	    {CLAIM("ReadWriteMany") FIRST POD LATER POD, "later", NULL},
	    /* A claim that is not in the stream may be for all nodes. */
	    {FIRST POD LATER POD, "later", NULL},
	    /* A Job shares it with the workload. */
	    {CLAIM("ReadWriteOnce") FIRST POD JOB POD, "first", "job"},
	    {CLAIM("ReadWriteOnce") FIRST POD JOB POD, "job", NULL},
	    /* On a node that is chosen, and without pods. */
	    {CLAIM("ReadWriteOnce") FIRST POD LATER CLOSE, "later", NULL},
	    {CLAIM("ReadWriteOnce") FIRST CLOSE LATER POD, "later", NULL},
	    {CLAIM("ReadWriteOnce") NONE POD LATER POD, "later", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(&rows[i]);
}

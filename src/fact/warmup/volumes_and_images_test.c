/* What Jobs that warm up share with workloads: volumes, claims, images; and
 * which Services reach them. */
#include "fact/warmup/warmup.h"

#include "fact/service/service.h"
#include "fact/test_release.h"

#define OBJECT(group, kind, metadata, spec)                                \
	"---\napiVersion: " group "\nkind: " kind "\nmetadata: {" metadata \
	"}\nspec: {" spec "}\n"
#define JOB(pod)                                  \
	OBJECT("batch/v1", "Job", "name: warmup", \
	    "template: "                          \
	    "{spec: {" pod "}}")
#define WEB(pod)                                     \
	OBJECT("apps/v1", "Deployment", "name: web", \
	    "template: "                             \
	    "{spec: {" pod "}}")
#define MOUNT(volume, path)                                                \
	"containers: [{name: a, volumeMounts: [{name: v, mountPath: " path \
	"}]}], volumes: [{name: v, " volume "}]"
#define CLAIM(name) "persistentVolumeClaim: {claimName: " name "}"

static const struct warmup *first_warmup(const struct test_release *test)
{
	cr_assert_gt(test->release->lists[ENTITY_warmup].n, 0);
	return test->release->lists[ENTITY_warmup].items[0];
}

static void expect_discarded(const char *yaml, bool expected)
{
	struct test_release test;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	fact = fact_warmup_discarded(test.release, first_warmup(&test));
	cr_assert_eq(fact.state == FACT_KNOWN, expected, "%s", yaml);
	cr_assert(!expected || fact.line > 0);
	test_release_free(&test);
}

Test(fact_share, volumes_that_nobody_else_sees)
{
	expect_discarded(JOB(MOUNT("emptyDir: {}", "/data"))
			     WEB(MOUNT("emptyDir: {}", "/data")),
	    true);
	expect_discarded(JOB(MOUNT("ephemeral: {}", "/data"))
			     WEB(MOUNT(CLAIM("c"), "/data")),
	    true);
	expect_discarded(
	    JOB(MOUNT(CLAIM("c"), "/a")) WEB(MOUNT(CLAIM("d"), "/a")), true);
	expect_discarded(JOB(MOUNT("emptyDir: {}", "/prefetch"))
			     WEB(MOUNT("emptyDir: {}", "/b")),
	    true);
	/* Scratch, and what others may see. */
	expect_discarded(JOB(MOUNT("emptyDir: {}", "/data"))
			     WEB(MOUNT("emptyDir: {}", "/b")),
	    false);
	expect_discarded(JOB(MOUNT("emptyDir: {}", "/tmp"))
			     WEB(MOUNT("emptyDir: {}", "/tmp")),
	    false);
	expect_discarded(JOB(MOUNT("emptyDir: {}", "/tmpfs"))
			     WEB(MOUNT("emptyDir: {}", "/tmpfs")),
	    true);
	expect_discarded(
	    JOB(MOUNT(CLAIM("c"), "/a")) WEB(MOUNT(CLAIM("c"), "/b")), false);
	expect_discarded(JOB(MOUNT("nfs: {}", "/data"))
			     WEB(MOUNT("emptyDir: {}", "/data")),
	    false);
	expect_discarded(JOB(MOUNT("secret: {}", "/data"))
			     WEB(MOUNT("secret: {}", "/data")),
	    false);
}

Test(fact_share, volumes_where_nobody_can_tell)
{
	/* No workload, or one whose template is elsewhere. */
	expect_discarded(JOB(MOUNT(CLAIM("c"), "/a")), false);
	expect_discarded(
	    JOB(MOUNT(CLAIM("c"), "/a"))
		OBJECT("argoproj.io/v1alpha1", "Rollout", "name: r",
		    "workloadRef: {kind: Deployment, name: elsewhere}"),
	    false);
	/* A claim in a namespace that may be the same, or is another one. */
	expect_discarded(JOB(MOUNT(CLAIM("c"), "/a")) OBJECT("apps/v1",
			     "Deployment", "name: w, namespace: x",
			     "template: {spec: {" MOUNT(CLAIM("c"), "/a") "}}"),
	    false);
	expect_discarded(
	    OBJECT("batch/v1", "Job", "name: warmup, namespace: y",
		"template: {spec: {" MOUNT(CLAIM("c"), "/a") "}}")
		OBJECT("apps/v1", "Deployment", "name: w, namespace: x",
		    "template: {spec: {" MOUNT(CLAIM("c"), "/a") "}}"),
	    true);
}

#define STORE                                                         \
	OBJECT("apps/v1", "StatefulSet", "name: store",               \
	    "template: {spec: {containers: [{name: a, volumeMounts: " \
	    "[{name: data, mountPath: /data}]}]}}")

Test(fact_share, claims_of_a_statefulset)
{
	expect_discarded(JOB(MOUNT(CLAIM("data-store-0"), "/a")) STORE, false);
	expect_discarded(JOB(MOUNT(CLAIM("data-store-17"), "/a")) STORE, false);
	expect_discarded(JOB(MOUNT(CLAIM("data-other-0"), "/a")) STORE, true);
	expect_discarded(JOB(MOUNT(CLAIM("\"7\""), "/a")) STORE, true);
}

#define VOLUME(mode)                                     \
	OBJECT("v1", "PersistentVolumeClaim", "name: c", \
	    "accessModes: [" mode "]")

/* The access mode of the claim that the Job has to share; "" for none. */
static void expect_shared(const char *yaml, const char *expected)
{
	struct test_release test;
	struct fact fact;

	test_release_init(&test, yaml, NULL);
	fact = fact_warmup_shared_access(test.release, first_warmup(&test));
	cr_assert_str_eq(fact.has_value ? fact.text : "", expected);
	test_release_free(&test);
}

Test(fact_share, claims_for_one_node)
{
	expect_shared(VOLUME("ReadWriteOnce") JOB(MOUNT(CLAIM("c"), "/a"))
			  WEB(MOUNT(CLAIM("c"), "/a")),
	    "ReadWriteOnce");
	expect_shared(VOLUME("ReadWriteMany") JOB(MOUNT(CLAIM("c"), "/a"))
			  WEB(MOUNT(CLAIM("c"), "/a")),
	    "");
	expect_shared(
	    JOB(MOUNT(CLAIM("c"), "/a")) WEB(MOUNT(CLAIM("c"), "/a")), "");
	expect_shared(VOLUME("ReadWriteOnce") JOB(MOUNT(CLAIM("c"), "/a"))
			  WEB(MOUNT("emptyDir: {}", "/a")),
	    "");
	expect_shared(VOLUME("ReadWriteOnce")
			  JOB("nodeName: n, " MOUNT(CLAIM("c"), "/a"))
			      WEB(MOUNT(CLAIM("c"), "/a")),
	    "");
}

#define IMAGE(image) "containers: [{name: a, image: '" image "'}]"

static void expect_stale(const char *job, const char *web, bool expected)
{
	struct test_release test;
	struct buf yaml = {0};
	struct fact fact;

	buf_printf(&yaml, JOB(IMAGE("%s")) WEB(IMAGE("%s")), job, web);
	test_release_init(&test, buf_text(&yaml), NULL);
	fact = fact_warmup_stale(test.release, first_warmup(&test));
	cr_assert_eq(fact.has_value, expected, "%s and %s", job, web);
	buf_release(&yaml);
	test_release_free(&test);
}

Test(fact_share, images_of_one_name)
{
	expect_stale("a:1", "a:2", true);
	expect_stale("a:1", "a:1", false);
	expect_stale("a:1", "b:2", false);
	expect_stale("a", "a:latest", false);
	expect_stale("a", "a:1", true);
	/* A port is no tag; another registry is another name. */
	expect_stale("h:5000/a", "h:5000/a:1", true);
	expect_stale("h:5000/a", "h:5001/a", false);
	expect_stale("h:5000/a", "h:5000/a", false);
	/* A digest wins over a tag; against a tag alone it is unknown. */
	expect_stale("a:1@sha256:x", "a:2@sha256:x", false);
	expect_stale("a:1@sha256:x", "a:1@sha256:y", true);
	expect_stale("a@sha256:x", "a:1", false);
	expect_stale("a:1@sha256:x", "a:2", true);
	expect_stale("", "", false);
}

#define SERVICE(ports)                     \
	OBJECT("v1", "Service", "name: s", \
	    "selector: {app: web}, ports: [" ports "]")
#define PORTS(ports)                                                         \
	OBJECT("batch/v1", "Job", "name: warmup",                            \
	    "template: {metadata: {labels: {app: web}}, spec: {containers: " \
	    "[{name: a, ports: [" ports "]}]}}")

static void expect_reached(const char *yaml, const char *expected)
{
	struct test_release test;

	test_release_init(&test, yaml, NULL);
	test_expect_list(ENTITY_service,
	    fact_workload_reached_by(
		test.release, test_workload(&test, "warmup")),
	    expected);
	test_release_free(&test);
}

Test(fact_share, services_that_send_requests)
{
	expect_reached(SERVICE("{port: 80}") PORTS(""), "s");
	expect_reached(SERVICE("") PORTS(""), "s");
	expect_reached(SERVICE("{port: 80, targetPort: http}") PORTS(""), "");
	expect_reached(SERVICE("{port: 80, targetPort: http}")
			   PORTS("{name: http, containerPort: 1}"),
	    "s");
	expect_reached(
	    SERVICE("{port: 80, targetPort: http}, {port: 81}") PORTS(""), "s");
	expect_reached(OBJECT("v1", "Service", "name: s, namespace: x",
			   "selector: {app: web}") PORTS(""),
	    "unknown");
}

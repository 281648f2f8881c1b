/* Unit tests: what a step between two releases does to the pods that run. */
#include "fact/change/test_sides.h"

#include <string.h>

static void spell_weaker(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_printf(buf, "%s%s:%u", i ? ", " : "",
		    text_of(transition->weaker),
		    (unsigned)transition->weaker.line);
	}
}

#define RUN(pod, container)                                            \
	OBJECT("apps/v1", "Deployment", "w",                           \
	    "spec: {replicas: 4, selector: {matchLabels: {app: w}}, "  \
	    "template: {metadata: {labels: {app: w}}, spec: {" pod     \
	    "\ncontainers: [{name: c, image: 'i:1'" container "}]}}}") \
	"---\n"
#define SERVED                                                 \
	OBJECT("v1", "Service", "w",                           \
	    "spec: {selector: {app: w}, ports: [{port: 80}]}") \
	"---\n"
#define GRACE(seconds) "terminationGracePeriodSeconds: " seconds ", "
#define PRESTOP(seconds) \
	", lifecycle: {preStop: {sleep: {seconds: " seconds "}}}"
#define LIVENESS ",\nlivenessProbe: {tcpSocket: {port: 80}}"
#define EVICTED(limit)                                              \
	OBJECT("policy/v1", "PodDisruptionBudget", "b",             \
	    "spec: {selector: {matchLabels: {app: w}}, " limit "}") \
	"---\n"
#define ADMITTED(rules)                                      \
	OBJECT("networking.k8s.io/v1", "NetworkPolicy", "n", \
	    "spec: {podSelector: {}, ingress: [" rules "]}")

#define LABELLED                                                       \
	OBJECT("apps/v1", "Deployment", "w",                           \
	    "spec: {replicas: 4, selector: {matchLabels: {app: w}}, "  \
	    "template: {metadata: {labels: {app: w, tier: x}}, spec: " \
	    "{containers: [{name: c, image: 'i:2'}]}}}")               \
	"---\n"
#define SELECTING(labels)                               \
	OBJECT("policy/v1", "PodDisruptionBudget", "b", \
	    "spec: {selector: {matchLabels: " labels "}, maxUnavailable: 1}")

static const struct row weaker_rows[] = {
    {RUN("", LIVENESS), RUN("", LIVENESS), "-:0"},
    /* It stands where the old pods have it. */
    {RUN("", LIVENESS), RUN("", ""), "the livenessProbe of container 'c':6"},
    {RUN("", ""), RUN("", LIVENESS), "-:0"},
    {RUN("", LIVENESS), "---\n", ""},
    /* What is served is asked for them anyway. */
    {SERVED RUN("", LIVENESS PRESTOP("9")), SERVED RUN("", ""), "-:0"},
    {SERVED RUN("", PRESTOP("9")), SERVED RUN("", PRESTOP("4")),
	"a preStop of 9 s (4 s are left) in container 'c':10"},
    {RUN("", PRESTOP("9")), RUN("", ""), "the preStop of container 'c':5"},
    /* 30 s when it is left out; not enough is told by itself. */
    {RUN(GRACE("60"), ""), RUN("", ""),
	"a grace period of 60 s (30 s are left):4"},
    {RUN(GRACE("30"), ""), RUN("", ""), "-:0"},
    {RUN(GRACE("60"), ""), RUN(GRACE("0"), ""), "-:0"},
    {RUN(GRACE("60"), PRESTOP("21")), RUN(GRACE("20"), PRESTOP("21")), "-:0"},
    /* Budgets: of as many pods, from some to more, not to all. */
    {RUN("", "") EVICTED("maxUnavailable: 1"),
	RUN("", "") EVICTED("minAvailable: 2"),
	"PodDisruptionBudget 'b' that lets 1 of 4 pods go at once (2 from now "
	"on):8"},
    {RUN("", "") EVICTED("maxUnavailable: 1"),
	RUN("", "") EVICTED("minAvailable: 75%"), "-:0"},
    {RUN("", "") EVICTED("maxUnavailable: 0"),
	RUN("", "") EVICTED("maxUnavailable: 1"), "-:0"},
    {RUN("", "") EVICTED("maxUnavailable: 1"),
	RUN("", "") EVICTED("maxUnavailable: 4"), "-:0"},
    /* Old pods lack the label that new ones are selected by. */
    {RUN("", "") EVICTED("maxUnavailable: 1"),
	LABELLED SELECTING("{app: w, tier: x}"),
	"PodDisruptionBudget 'b', whose selector the running pods do not "
	"match:8"},
    {RUN("", "") EVICTED("maxUnavailable: 1"), LABELLED SELECTING("{app: w}"),
	"-:0"},
    {RUN("", "") ADMITTED("{from: [{podSelector: {}}]}"),
	LABELLED OBJECT("networking.k8s.io/v1", "NetworkPolicy", "n",
	    "spec: {podSelector: {matchLabels: {tier: x}}, ingress: [{from: "
	    "[{podSelector: {}}]}]}"),
	"NetworkPolicy 'n', whose selector the running pods do not match:8"},
    /* Everybody, at one port, is often one that is scraped. */
    {RUN("", "") ADMITTED("{from: [{podSelector: {}}]}"),
	RUN("", "") ADMITTED("{}"),
	"the isolation of ingress (NetworkPolicy 'n' admits everybody):8"},
    {RUN("", "") ADMITTED("{from: [{podSelector: {}}]}"),
	RUN("", "") ADMITTED("{ports: [{port: 9}]}"), "-:0"},
    {RUN("", "") ADMITTED("{}"), RUN("", "") ADMITTED("{}"), "-:0"},
};

Test(step, weaker)
{
	expect(weaker_rows, COUNT_OF(weaker_rows), spell_weaker);
}

static void spell_changed(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_printf(buf, "%s %s, %s", text_of(transition->missing_key),
		    text_of(transition->missing_way),
		    text_of(transition->stirred_config));
	}
}

#define HOLDS(kind, data) OBJECT("v1", kind, "s", data) "---\n"
#define TAKES(image, strategy, env, volumes)                               \
	OBJECT("apps/v1", "Deployment", "w",                               \
	    "spec: {" strategy "selector: {matchLabels: {app: w}}, "       \
	    "template: {metadata: {labels: {app: w}}, spec: {containers: " \
	    "[{name: c, image: " image ", env: [" env                      \
	    "], volumeMounts: [{name: v, mountPath: /a}]}], volumes: [{"   \
	    "name: v, " volumes "}]}}}")
#define VALUE(from, rest) \
	"{name: A, valueFrom: {" from ": {name: s, " rest "}}}"
#define MAP(data) HOLDS("ConfigMap", "data: {" data "}")
#define BY_KEY(image, rest) \
	TAKES(image, "", VALUE("configMapKeyRef", rest), "emptyDir: {}")
#define BY_FILE(image, rest) \
	TAKES(image, "", "", "configMap: {name: s" rest "}")

static const struct row changed_rows[] = {
    {MAP("a: x") BY_KEY("i:1", "key: a"), MAP("b: x") BY_KEY("i:2", "key: b"),
	"a a variable, -"},
    {MAP("a: x") BY_KEY("i:1", "key: a"), MAP("a: y") BY_KEY("i:2", "key: a"),
	"- -, -"},
    {MAP("a: x") BY_KEY("i:1", "key: a, optional: true"),
	MAP("b: x") BY_KEY("i:2", "key: b"), "- -, -"},
    /* No old pod is there beside a new one, or all are and stay. */
    {MAP("a: x") BY_KEY("i:1", "key: a"),
	MAP("b: x")
	    TAKES("i:2", "strategy: {type: Recreate}, ", "", "emptyDir: {}"),
	"- -, -"},
    {MAP("a: x") BY_KEY("i:1", "key: a"), MAP("b: x") BY_KEY("i:1", "key: a"),
	"- -, -"},
    /* A whole object that is gone is a removal. */
    {MAP("a: x") BY_KEY("i:1", "key: a"), BY_KEY("i:2", "key: b"), "- -, -"},
    /* It moves to binaryData. */
    {MAP("a: x") BY_KEY("i:1", "key: a"),
	HOLDS("ConfigMap", "binaryData: {a: eA==}") BY_KEY("i:2", "key: a"),
	"- -, -"},
    /* Secrets; what stringData brought stays in the cluster. */
    {HOLDS("Secret", "data: {a: eA==}")
	    TAKES("i:1", "", VALUE("secretKeyRef", "key: a"), "emptyDir: {}"),
	HOLDS("Secret", "data: {b: eA==}") TAKES("i:2", "", "", "emptyDir: {}"),
	"a a variable, -"},
    {HOLDS("Secret", "stringData: {a: x}")
	    TAKES("i:1", "", VALUE("secretKeyRef", "key: a"), "emptyDir: {}"),
	HOLDS("Secret", "data: {b: eA==}") TAKES("i:2", "", "", "emptyDir: {}"),
	"- -, -"},
    /* Files. */
    {MAP("a.b: x") BY_FILE("i:1", ", items: [{key: a.b, path: p}]"),
	MAP("c: x") BY_FILE("i:2", ""), "a.b a file, -"},
    {MAP("a: x") BY_FILE("i:1", ""), MAP("a: y") BY_FILE("i:2", ""), "- -, s"},
    {MAP("a: x") BY_FILE("i:1", ""), MAP("a: x") BY_FILE("i:2", ""), "- -, -"},
    {HOLDS("Secret", "data: {a: eA==}") TAKES("i:1", "", "",
	 "projected: {sources: [{secret: {name: s, items: [{key: a, path: "
	 "a}]}}]}"),
	HOLDS("Secret", "data: {b: eA==}") TAKES("i:2", "", "", "emptyDir: {}"),
	"a a file, -"},
    {MAP("a: x") OBJECT("apps/v1", "Deployment", "w",
	 "spec: {selector: {matchLabels: {app: w}}, template: {metadata: "
	 "{labels: {app: w}}, spec: {containers: [{name: c, image: i, "
	 "volumeMounts: [{name: v, mountPath: /a, subPath: a}]}], volumes: "
	 "[{name: v, configMap: {name: s}}]}}}"),
	MAP("b: x") BY_FILE("i:2", ""), "a a file by subPath, -"},
};

Test(step, changed_config)
{
	expect(changed_rows, COUNT_OF(changed_rows), spell_changed);
}

/* Of each sure denial: what is applied all the same, and what is not deleted.
 */
static void spell_aftermath(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_denial];

	for (size_t i = 0; i < list->n; i++) {
		const struct denial *denial = list->items[i];

		buf_printf(buf, "%s%s; %s", i ? ", " : "",
		    text_of(denial->leaves), text_of(denial->undeleted));
	}
	if (fact_release_skips_deletions(release, release).boolean)
		buf_add_text(buf, " (nothing)");
}

#define JOB(name, image)                                                  \
	OBJECT("batch/v1", "Job", name,                                   \
	    "spec: {template: {spec: {restartPolicy: Never, containers: " \
	    "[{name: c, image: " image "}]}}}")                           \
	"---\n"

static const struct row aftermath_rows[] = {
    {JOB("a", "i:1"), JOB("a", "i:2"), "-; - (nothing)"},
    /* What is refused itself is not applied. */
    {JOB("a", "i:1") JOB("b", "i:1"), JOB("a", "i:2") JOB("b", "i:2"),
	"-; -, -; - (nothing)"},
    {JOB("a", "i:1") JOB("b", "i:1") HOLDS("ConfigMap", ""),
	JOB("a", "i:2") MAP("a: x"), "ConfigMap 's'; Job 'b' (nothing)"},
    /* Nothing is refused, and the ConfigMap deleted. */
    {MAP("a: x") JOB("a", "i:1"), JOB("a", "i:1"), ""},
};

Test(step, aftermath)
{
	expect(aftermath_rows, COUNT_OF(aftermath_rows), spell_aftermath);
}

static void spell_back(struct release *release, struct buf *buf)
{
	if (release->back.verdict == PASSAGE_REFUSED)
		buf_add_text(buf, release->back.because);
}

#define CLAIM(annotations)                                               \
	"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: " \
	"d" annotations "}\nspec: {accessModes: [ReadWriteOnce]}\n---\n"
#define CLAIMING(when)                                                     \
	OBJECT("apps/v1", "StatefulSet", "s",                              \
	    "spec: {selector: {matchLabels: {app: s}}, "                   \
	    "persistentVolumeClaimRetentionPolicy: {whenDeleted: " when    \
	    "}, volumeClaimTemplates: [{metadata: {name: d}, spec: "       \
	    "{accessModes: [ReadWriteOnce]}}], template: {metadata: "      \
	    "{labels: {app: s}}, spec: {containers: [{name: c, image: i}]" \
	    "}}}")

static const struct row back_rows[] = {
    /* What is deleted with an object does not come back with it. */
    {CLAIM(""), MAP("a: x"), "deleted contents of PersistentVolumeClaim 'd'"},
    {MAP("a: x"), CLAIM(""), ""},
    {CLAIM(", annotations: {helm.sh/resource-policy: keep}"), MAP("a: x"),
	"PersistentVolumeClaim 'd'"},
    {CLAIMING("Delete"), MAP("a: x"), "deleted contents of StatefulSet 's'"},
    {CLAIMING("Retain"), MAP("a: x"), ""},
    {OBJECT("v1", "Namespace", "n", ""), MAP("a: x"),
	"deleted contents of Namespace 'n'"},
    /* A refused upgrade deletes nothing: it is what stays that is in the way.
     */
    {CLAIM("") JOB("a", "i:1"), JOB("a", "i:2"),
	"PersistentVolumeClaim 'd', not deleted by the refused upgrade"},
};

Test(step, way_back)
{
	expect(back_rows, COUNT_OF(back_rows), spell_back);
}

/* What is worked out of a list is kept by where it stands, so that pods which
 * the same Services select must have one list of these and not two alike. */
Test(step, shared_services)
{
	static const char web[] =
	    OBJECT("v1", "Service", "a", "spec: {selector: {app: web}}") "---\n"
	    OBJECT("v1", "Service", "b", "spec: {selector: {app: web}}") "---\n"
	    OBJECT("apps/v1", "Deployment", "one", "spec: {selector: "
		"{matchLabels: {app: web}}, template: {metadata: {labels: "
		"{app: web}}, spec: {containers: [{name: c, image: i}]}}}")
	    "---\n"
	    OBJECT("apps/v1", "Deployment", "two", "spec: {selector: "
		"{matchLabels: {app: web}}, template: {metadata: {labels: "
		"{app: web}}, spec: {containers: [{name: c, image: i}]}}}");
	struct side old = {0}, new = {0};
	const struct entity_list *list;
	const struct transition *one, *two;

	side_init(&old, web, true);
	side_init(&new, web, false);
	compare_releases(new.release, old.release);
	list = &new.release->lists[ENTITY_transition];
	cr_assert(eq(sz, list->n, 2));
	one = list->items[0];
	two = list->items[1];
	cr_expect(eq(sz, one->services_during.list->n, 2));
	cr_expect(eq(ptr, (void *)one->services_during.list->items,
	    (void *)two->services_during.list->items));
	side_release(&new);
	side_release(&old);
}

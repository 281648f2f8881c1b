/* The update computation: how each controller rounds, what it guarantees, what
 * keeps it from going on, how long it takes. */
#include "fact/update/update.h"

#include "fact/pod/pod.h"
#include "fact/test_release.h"

#include <stdio.h>
#include <string.h>

static const char *version_of(const char *kind)
{
	if (!strcmp(kind, "Rollout"))
		return "argoproj.io/v1alpha1";
	return strcmp(kind, "DeploymentConfig") ? "apps/v1"
						: "apps.openshift.io/v1";
}

/* A workload named "web" of app=web; spec and pod are flow mappings without
 * their braces. */
static void print_workload(
    struct buf *yaml, const char *kind, const char *spec, const char *pod)
{
	buf_printf(yaml,
	    "apiVersion: %s\n"
	    "kind: %s\n"
	    "metadata: {name: web}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: {%s}}\n"
	    "%s\n",
	    version_of(kind), kind, pod, spec);
}

static void spell_int(struct fact fact, struct buf *buf)
{
	if (fact.state == FACT_UNKNOWN)
		buf_add_text(buf, "?");
	else if (!fact.has_value)
		buf_add_text(buf, "-");
	else
		buf_printf(buf, "%lld", (long long)fact.integer);
}

/* "surge unavailable floor" */
static void spell_size(
    const struct release *release, const void *update, struct buf *buf)
{
	spell_int(fact_update_surge(release, update), buf);
	buf_add_char(buf, ' ');
	spell_int(fact_update_unavailable(release, update), buf);
	buf_add_char(buf, ' ');
	spell_int(fact_update_capacity_floor(release, update), buf);
}

static void spell_worst(
    const struct release *release, const void *update, struct buf *buf)
{
	spell_int(fact_update_worst_seconds(release, update), buf);
}

/* The word for an obstacle, by what its sentence says. */
static const char *kind_of(const char *sentence)
{
	static const struct {
		const char *part, *kind;
	} kinds[] = {
	    {"anti-affinity", "anti-affinity"},
	    {"host port", "host port"},
	    {"its claim", "claim"},
	    {"partition", "partition"},
	    {"paused", "pause"},
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strstr(sentence, kinds[i].part))
			return kinds[i].kind;
	}
	return "refused";
}

static void spell_obstacle(
    const struct release *release, const void *update, struct buf *buf)
{
	struct fact obstacle = fact_update_obstacle(release, update);
	struct fact progress = fact_update_can_progress(release, update);

	if (obstacle.state == FACT_UNKNOWN) {
		cr_assert_eq(progress.state, FACT_UNKNOWN);
		buf_add_text(buf, "?");
		return;
	}
	cr_assert_eq(progress.boolean, !obstacle.has_value);
	cr_assert_eq(fact_update_needs_spare_node(release, update).boolean,
	    obstacle.has_value &&
		strstr(obstacle.text, "off the nodes") != NULL);
	if (obstacle.has_value)
		cr_assert_str_eq(
		    fact_update_obstacle_kind(release, update).text,
		    kind_of(obstacle.text));
	buf_add_text(buf, obstacle.has_value ? obstacle.text : "-");
}

struct update_case {
	const char *kind, *spec, *pod, *wanted;
	const char *others; /* more documents, or NULL */
};

static void check_cases(const struct update_case *cases, size_t n,
    void (*spell)(
	const struct release *release, const void *update, struct buf *buf))
{
	for (size_t i = 0; i < n; i++) {
		struct buf yaml = {0}, got = {0};
		struct test_release test;

		print_workload(
		    &yaml, cases[i].kind, cases[i].spec, cases[i].pod);
		buf_add_text(&yaml, cases[i].others ? cases[i].others : "");
		test_release_init(&test, buf_text(&yaml), NULL);
		spell(test.release, test_entity(&test, ENTITY_update, "web"),
		    &got);
		cr_expect_str_eq(buf_text(&got), cases[i].wanted,
		    "%s {%s}: '%s', not '%s'", cases[i].kind, cases[i].spec,
		    buf_text(&got), cases[i].wanted);
		test_release_free(&test);
		buf_release(&yaml);
		buf_release(&got);
	}
}

#define DEPLOYMENT(n, amounts, wanted)                                         \
	{                                                                      \
		"Deployment",                                                  \
		    "  replicas: " n "\n  strategy: {rollingUpdate: {" amounts \
		    "}}",                                                      \
		    "", wanted, NULL                                           \
	}
#define CANARY(n, canary, wanted)                                            \
	{                                                                    \
		"Rollout",                                                   \
		    "  replicas: " n "\n  strategy: {canary: {" canary "}}", \
		    "", wanted, NULL                                         \
	}
#define BLUE_GREEN(n, blue_green, wanted)                                     \
	{                                                                     \
		"Rollout",                                                    \
		    "  replicas: " n "\n  strategy: {blueGreen: {" blue_green \
		    "}}",                                                     \
		    "", wanted, NULL                                          \
	}
#define STATEFULSET(n, amounts, wanted)                                   \
	{                                                                 \
		"StatefulSet",                                            \
		    "  replicas: " n                                      \
		    "\n  updateStrategy: {rollingUpdate: {" amounts "}}", \
		    "", wanted, NULL                                      \
	}
#define DAEMONSET(amounts, wanted)                                          \
	{                                                                   \
		"DaemonSet",                                                \
		    "  updateStrategy: {rollingUpdate: {" amounts "}}", "", \
		    wanted, NULL                                            \
	}

static const char autoscaler[] =
    "---\n"
    "apiVersion: autoscaling/v2\n"
    "kind: HorizontalPodAutoscaler\n"
    "metadata: {name: hpa}\n"
    "spec:\n"
    "  scaleTargetRef: {kind: Deployment, name: web}\n"
    "  minReplicas: 2\n";
static const char autoscaler_elsewhere[] =
    "---\n"
    "apiVersion: autoscaling/v2\n"
    "kind: HorizontalPodAutoscaler\n"
    "metadata: {name: hpa, namespace: prod}\n"
    "spec:\n"
    "  scaleTargetRef: {kind: Deployment, name: web}\n";

static const struct update_case sizes[] = {
    /* Deployment: surge up, unavailable down; 25% by default. */
    {"Deployment", "", "", "1 0 1", NULL},
    {"Deployment", "  replicas: 4", "", "1 1 3", NULL},
    {"Deployment", "  replicas: 10", "", "3 2 8", NULL},
    {"Deployment", "  replicas: 0", "", "0 0 0", NULL},
    DEPLOYMENT("10", "maxSurge: 31%, maxUnavailable: 39%", "4 3 7"),
    DEPLOYMENT("3", "maxSurge: 150%, maxUnavailable: 0", "5 0 3"),
    /* Two zeros by rounding: one may be missing. */
    DEPLOYMENT("3", "maxSurge: 0, maxUnavailable: 33%", "0 1 2"),
    DEPLOYMENT("3", "maxSurge: '0%', maxUnavailable: 1%", "0 1 2"),
    /* More than there are is all of them. */
    DEPLOYMENT("3", "maxUnavailable: 5", "1 3 0"),
    DEPLOYMENT("3", "maxUnavailable: 100%", "1 3 0"),
    DEPLOYMENT("2147483647", "maxSurge: 2147483647%, maxUnavailable: 100%",
	"46116860141324207 2147483647 0"),
    /* What the API refuses says nothing. */
    DEPLOYMENT("3", "maxSurge: '1'", "? ? ?"),
    DEPLOYMENT("3", "maxUnavailable: -1", "? ? ?"),
    DEPLOYMENT("3", "maxUnavailable: 101%", "? ? ?"),
    DEPLOYMENT("3", "maxUnavailable: 9223372036854775807", "? ? ?"),
    DEPLOYMENT("3", "maxUnavailable: [1]", "? ? ?"),
    DEPLOYMENT("-3", "", "? ? ?"),
    DEPLOYMENT("9223372036854775807", "", "? ? ?"),
    DEPLOYMENT("3", "maxSurge: null, maxUnavailable: ~", "1 0 3"),
    {"Deployment", "  replicas: 3\n  strategy: {type: Recreate}", "", "0 3 0",
	NULL},
    /* The autoscaler's minimum counts; one that may scale it is unknown. */
    {"Deployment", "  replicas: 9", "", "1 0 2", autoscaler},
    {"Deployment", "  replicas: 9", "", "? ? ?", autoscaler_elsewhere},
    {"Deployment",
	"  strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 1}}", "",
	"2 1 ?", autoscaler_elsewhere},
    /* Of a canary no more can be missing than there are. */
    CANARY("4", "", "1 1 3"),
    CANARY("4", "maxSurge: 9, maxUnavailable: 200%", "9 4 0"),
    CANARY("3", "maxSurge: 0, maxUnavailable: 10%", "0 1 2"),
    /* The steps keep old pods: 4 of 5 at first, and the canary's at last. */
    CANARY("4", "maxUnavailable: 4, steps: [{setWeight: 5}]", "1 4 1"),
    CANARY("4", "maxUnavailable: 4, steps: [{setWeight: x}]", "1 4 ?"),
    CANARY("4", "maxUnavailable: 4, trafficRouting: {smi: {}}", "1 4 4"),
    /* Both colours run side by side until the new one takes over:
     * maxUnavailable is for restarts. */
    BLUE_GREEN("4", "", "4 1 4"),
    BLUE_GREEN("3", "maxUnavailable: 0", "3 0 3"),
    BLUE_GREEN("3", "maxUnavailable: 100%", "3 3 3"),
    {"Rollout", "  replicas: 3", "", "? ? ?", NULL},
    /* StatefulSet: down, at least one; a partition holds pods back. */
    STATEFULSET("3", "", "0 1 2"),
    STATEFULSET("5", "maxUnavailable: 39%", "0 1 4"),
    STATEFULSET("5", "maxUnavailable: 40%", "0 2 3"),
    STATEFULSET("3", "maxUnavailable: 3, partition: 2", "0 3 2"),
    STATEFULSET("3", "maxUnavailable: 3, partition: 7", "0 3 3"),
    {"StatefulSet", "  updateStrategy: {type: OnDelete}", "", "? ? ?", NULL},
    /* DaemonSet: one pod a node, however many there are. */
    {"DaemonSet", "", "", "0 1 ?", NULL},
    DAEMONSET("maxUnavailable: 10%", "0 ? ?"),
    /* OpenShift's rounds as a Deployment does, under other names. */
    {"DeploymentConfig", "  replicas: 10", "", "3 2 8", NULL},
    {"DeploymentConfig",
	"  replicas: 4\n  strategy: {type: Rolling, rollingParams: "
	"{maxSurge: 0, maxUnavailable: 100%}}",
	"", "0 4 0", NULL},
    {"DeploymentConfig", "  replicas: 4\n  strategy: {type: Recreate}", "",
	"0 4 0", NULL},
    {"DeploymentConfig", "  replicas: 4\n  strategy: {type: Custom}", "",
	"? ? ?", NULL},
    /* Of however many nodes, none is left. */
    DAEMONSET("maxUnavailable: 100%", "0 ? 0"),
    DAEMONSET("maxSurge: 2, maxUnavailable: 0%", "2 0 ?"),
};

Test(fact_update, sizes)
{
	check_cases(sizes, COUNT_OF(sizes), spell_size);
}

#define ZERO "maxSurge and maxUnavailable are both 0"
#define BOTH                                                                 \
	"maxSurge and maxUnavailable are both above 0 (maxUnavailable is 1 " \
	"when left out); set one of them to 0"
#define HELD "its partition covers all pods, so none is updated"
#define CLAIMED                                                               \
	"only one pod at a time can mount its claim, but a new pod must run " \
	"before an old one may stop"
#define CROWDED                                                             \
	"required anti-affinity keeps a new pod, which must run before an " \
	"old one may stop, off the nodes of the others"

#define OFF                                                                  \
	"a host port keeps a new pod, which must run before an old one may " \
	"stop, off the nodes of the others"
#define TAKEN                                                                \
	"the old pod on a node uses a host port of the new one, which must " \
	"run before the old one may stop"
#define PAUSED "paused is true, which keeps all old pods until it is resumed"
#define PORTS(ports) "containers: [{name: a, ports: [" ports "]}]"
#define ON_HOST(ports) "hostNetwork: true, " PORTS(ports)
#define SURGING \
	"  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"

#define APART(more)                                                        \
	"affinity: {podAntiAffinity: "                                     \
	"{requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: " \
	"kubernetes.io/hostname, labelSelector: {matchLabels: {app: "      \
	"web}}" more "}]}}"
#define VOLUME "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]"
#define CLAIM(modes)                    \
	"---\n"                         \
	"apiVersion: v1\n"              \
	"kind: PersistentVolumeClaim\n" \
	"metadata: {name: data}\n"      \
	"spec: {accessModes: [" modes "]}\n"

static const struct update_case obstacles[] = {
    {"Deployment", "", "", "-", NULL},
    DEPLOYMENT("3", "maxSurge: 0, maxUnavailable: 0", ZERO),
    DEPLOYMENT("3", "maxSurge: 0%, maxUnavailable: '0'", "-"),
    DEPLOYMENT("0", "maxSurge: 0%, maxUnavailable: 0", ZERO),
    DEPLOYMENT("3", "maxSurge: 0, maxUnavailable: 1%", "-"),
    /* A problem of its strategy, which says so. */
    CANARY("3", "maxSurge: 0, maxUnavailable: 0%", "-"),
    BLUE_GREEN("3", "maxUnavailable: 0", "-"),
    STATEFULSET("3", "maxUnavailable: 0", "maxUnavailable is 0"),
    STATEFULSET("3", "partition: 2", "-"),
    STATEFULSET("3", "partition: 3", HELD),
    STATEFULSET("0", "partition: 3", "-"),
    STATEFULSET("3", "partition: -1", "-"),
    STATEFULSET("3", "partition: x", "-"),
    DAEMONSET("maxUnavailable: 0", ZERO),
    DAEMONSET("maxSurge: 1", BOTH),
    DAEMONSET("maxSurge: 1, maxUnavailable: 0", "-"),
    DAEMONSET("maxUnavailable: 2", "-"),
    /* Required anti-affinity, and a new pod that must run first. */
    {"Deployment", "  replicas: 3", APART(""), CROWDED, NULL},
    {"Deployment", "  replicas: 4", APART(""), "-", NULL},
    {"Deployment", "  replicas: 0", APART(""), "-", NULL},
    {"Deployment", "  strategy: {type: Recreate}", APART(""), "-", NULL},
    {"Deployment", "", APART(", matchLabelKeys: [pod-template-hash]"), "-",
	NULL},
    {"Deployment", "", APART(", namespaces: [other]"), "-", NULL},
    {"Deployment", "", APART(", namespaces: []"), CROWDED, NULL},
    {"Deployment", "", APART(", namespaceSelector: {}"), CROWDED, NULL},
    {"Deployment", "", APART(", namespaceSelector: {matchLabels: {a: b}}"), "-",
	NULL},
    {"Deployment", "", APART(""), "?", autoscaler_elsewhere},
    {"Deployment", "", "", "-", autoscaler_elsewhere},
    {"StatefulSet", "  replicas: 3", APART(""), "-", NULL},
    {"Rollout",
	"  replicas: 8\n"
	"  strategy: {blueGreen: {maxUnavailable: 2}}",
	APART(""), CROWDED, NULL},
    {"Rollout", "  replicas: 8\n  strategy: {canary: {}}", APART(""), "-",
	NULL},
    {"Rollout",
	"  replicas: 8\n  strategy: {canary: {trafficRouting: {smi: {}}}}",
	APART(""), CROWDED, NULL},
    /* A claim that one pod at a time may use. */
    {"Deployment", "", VOLUME, CLAIMED, CLAIM("ReadWriteOncePod")},
    {"Deployment", "", VOLUME, "-", CLAIM("ReadWriteOnce")},
    {"Deployment", "", VOLUME, "-", CLAIM("ReadWriteOncePod, ReadWriteMany")},
    {"Deployment", "", VOLUME, "-", NULL},
    {"Deployment", "  strategy: {type: Recreate}", VOLUME, "-",
	CLAIM("ReadWriteOncePod")},
    /* A port of the node, which the old pods hold. */
    {"Deployment", "", PORTS("{containerPort: 1, hostPort: 80}"), OFF, NULL},
    {"Deployment", "", PORTS("{containerPort: 1, hostPort: 0}"), "-", NULL},
    {"Deployment", "", PORTS("{containerPort: 1, hostPort: '${P}'}"), "-",
	NULL},
    {"Deployment", "", PORTS("{containerPort: 1}"), "-", NULL},
    {"Deployment", "", ON_HOST("{containerPort: 1}"), OFF, NULL},
    {"Deployment", "", ON_HOST("{containerPort: 1, hostPort: 0}"), OFF, NULL},
    {"Deployment", "", ON_HOST(""), "-", NULL},
    {"Deployment", "  replicas: 4", ON_HOST("{containerPort: 1}"), "-", NULL},
    {"Deployment", "  strategy: {type: Recreate}",
	ON_HOST("{containerPort: 1}"), "-", NULL},
    {"Deployment", "",
	"initContainers: [{name: i, ports: [{hostPort: 1}]}], " PORTS(""), "-",
	NULL},
    {"Deployment", "",
	"initContainers: [{name: i, restartPolicy: Always, "
	"ports: [{hostPort: 1}]}], " PORTS(""),
	OFF, NULL},
    {"DaemonSet", SURGING, ON_HOST("{containerPort: 1}"), TAKEN, NULL},
    {"DaemonSet", SURGING, APART(""), "-", NULL},
    {"DaemonSet", "", ON_HOST("{containerPort: 1}"), "-", NULL},
    {"StatefulSet", "", ON_HOST("{containerPort: 1}"), "-", NULL},
    /* Held back until somebody says so. */
    {"Deployment", "  paused: true", "", PAUSED, NULL},
    {"Deployment", "  paused: false", "", "-", NULL},
    {"Deployment", "  paused: true\n  replicas: 0", "", "-", NULL},
    {"Deployment", "  paused: true\n  strategy: {type: Recreate}", "", PAUSED,
	NULL},
    {"Rollout", "  paused: true\n  strategy: {blueGreen: {}}", "", PAUSED,
	NULL},
    {"StatefulSet", "  paused: true", "", "-", NULL},
};

Test(fact_update, obstacles)
{
	check_cases(obstacles, COUNT_OF(obstacles), spell_obstacle);
}

/* 10 + 5 x 6 = 40 s to start, and 10 s until it is asked whether it is ready.
 */
#define SLOW                                                                \
	"containers: [{name: a, startupProbe: {tcpSocket: {port: 1}, "      \
	"initialDelaySeconds: 10, periodSeconds: 5, failureThreshold: 6}, " \
	"readinessProbe: {tcpSocket: {port: 1}}}, {name: b, "               \
	"readinessProbe: {tcpSocket: {port: 1}}}]"
/* Asked within 10 s; that it may fail three times gives it no more. */
#define READY "containers: [{name: a, readinessProbe: {tcpSocket: {port: 1}}}]"

/* 40 s, then 20 s, then 10 s until both that one and the regular container are
 * ready; the init container between them takes an unknown time. */
#define SIDECARS                                                           \
	"initContainers: [{name: a, restartPolicy: Always, startupProbe: " \
	"{tcpSocket: {port: 1}, failureThreshold: 4}}, {name: i}, "        \
	"{name: b, restartPolicy: Always, startupProbe: "                  \
	"{tcpSocket: {port: 2}, failureThreshold: 2}, readinessProbe: "    \
	"{tcpSocket: {port: 2}}}], "

static const struct update_case times[] = {
    {"Deployment", "  replicas: 3", SIDECARS READY, "210", NULL},
    {"Deployment", "  replicas: 3",
	"initContainers: [{name: a, restartPolicy: Always, readinessProbe: "
	"{tcpSocket: {port: 1}, failureThreshold: 4}}], " READY,
	"30", NULL},
    {"Deployment", "  replicas: 3", SIDECARS "containers: []", "210", NULL},
    {"Deployment", "  replicas: 3", "", "0", NULL},
    {"Deployment", "  replicas: 3", READY, "30", NULL},
    {"Deployment", "  replicas: 3\n  minReadySeconds: 5", SLOW, "165", NULL},
    {"Deployment", "  replicas: 0", SLOW, "0", NULL},
    /* 3 + 2 at a time: 10 pods in two batches. */
    {"Deployment", "  replicas: 10", READY, "20", NULL},
    /* All old pods end first: 50 + 30. */
    {"Deployment", "  replicas: 9\n  strategy: {type: Recreate}", SLOW, "80",
	NULL},
    {"StatefulSet", "  replicas: 3", READY, "120", NULL},
    {"StatefulSet",
	"  replicas: 3\n  updateStrategy: {rollingUpdate: {partition: 2}}",
	READY, "40", NULL},
    {"DaemonSet", "", READY, "?", NULL},
    {"Deployment", "", READY, "?", autoscaler_elsewhere},
    {"Deployment", "  replicas: 3\n  minReadySeconds: 9223372036854775807",
	READY, "9223372036854775807", NULL},
    {"Deployment", "  replicas: 3\n  minReadySeconds: -5", READY, "30", NULL},
    {"Deployment", "  replicas: 3\n  minReadySeconds: soon", READY, "?", NULL},
    /* 1, 5 and 10 of 10 pods, 5 at a time: 1 + 1 + 1 batches. */
    {"Rollout",
	"  replicas: 10\n  strategy: {canary: {maxSurge: 3, maxUnavailable: 2, "
	"steps: [{setWeight: 10}, {pause: {duration: 1m}}, {setWeight: 50}, "
	"{pause: {duration: '20'}}, {pause: {duration: 1500ms}}]}}",
	READY, "111", NULL},
    /* As many at once as the traffic asks for; a weight that falls adds
       none. */
    {"Rollout",
	"  replicas: 10\n  strategy: {canary: {trafficRouting: {smi: {}}, "
	"steps: [{setWeight: 50}, {setWeight: 20}, {setWeight: 100}]}}",
	READY, "20", NULL},
    /* More than the controller can count. */
    {"Rollout",
	"  strategy: {canary: {trafficRouting: {smi: {}}, "
	"steps: [{setCanaryScale: {weight: 9223372036854775807}}]}}",
	READY, "?", NULL},
    {"Rollout",
	"  strategy: {canary: {trafficRouting: {smi: {}}, "
	"steps: [{setCanaryScale: {replicas: -1}}]}}",
	READY, "?", NULL},
    {"Rollout", "  strategy: {canary: {steps: [{setWeight: 5}, {pause: {}}]}}",
	READY, "-", NULL},
    {"Rollout", "  strategy: {canary: {steps: [{analysis: {templates: []}}]}}",
	READY, "?", NULL},
    {"Rollout", "  strategy: {canary: {steps: [{pause: {duration: soon}}]}}",
	READY, "?", NULL},
    {"Rollout",
	"  strategy: {canary: {steps: [{pause: {duration: "
	"9223372036854775807}}, {pause: {duration: 9223372036854775807}}]}}",
	READY, "?", NULL},
    {"Rollout", "  replicas: 9\n  strategy: {blueGreen: {}}", READY, "10",
	NULL},
    {"Rollout",
	"  replicas: 9\n  strategy: {blueGreen: {autoPromotionSeconds: 60}}",
	READY, "70", NULL},
    /* Two to look at, then the others. */
    {"Rollout",
	"  replicas: 9\n  strategy: {blueGreen: {previewReplicaCount: 2}}",
	READY, "20", NULL},
    /* All of them to look at, or none at all. */
    {"Rollout",
	"  replicas: 9\n  strategy: {blueGreen: {previewReplicaCount: 9}}",
	READY, "10", NULL},
    {"Rollout", "  replicas: 0\n  strategy: {blueGreen: {}}", READY, "0", NULL},
    /* By hand means by hand, however many seconds are written. */
    {"Rollout",
	"  strategy: {blueGreen: {autoPromotionEnabled: false, "
	"autoPromotionSeconds: 60}}",
	READY, "-", NULL},
    {"Rollout", "  strategy: {blueGreen: {autoPromotionEnabled: false}}", READY,
	"-", NULL},
    {"Rollout", "  strategy: {blueGreen: {prePromotionAnalysis: {args: []}}}",
	READY, "?", NULL},
};

static void spell_takes_all(
    const struct release *release, const void *update, struct buf *buf)
{
	struct fact fact = fact_update_takes_all(release, update);

	buf_add_text(buf, fact.boolean ? "yes" : "no");
}

static const struct update_case taking_all[] = {
    {"Deployment", "", "", "no", NULL},
    DEPLOYMENT("3", "maxUnavailable: 100%", "yes"),
    DEPLOYMENT("3", "maxUnavailable: 3", "no"),
    DAEMONSET("maxUnavailable: 100%", "yes"),
    DAEMONSET("maxUnavailable: 99%", "no"),
    STATEFULSET("3", "maxUnavailable: 100%", "yes"),
    STATEFULSET("3", "maxUnavailable: 100%, partition: 1", "no"),
    CANARY("3", "maxUnavailable: 100%", "yes"),
    CANARY("3", "maxUnavailable: 100%, steps: [{pause: {}}]", "yes"),
    CANARY("3", "maxUnavailable: 100%, steps: [{setWeight: 50}]", "no"),
    CANARY("3", "maxUnavailable: 100%, trafficRouting: {smi: {}}", "no"),
    BLUE_GREEN("3", "maxUnavailable: 100%", "no"),
};

Test(fact_update, all_at_once)
{
	check_cases(taking_all, COUNT_OF(taking_all), spell_takes_all);
}

Test(fact_update, times)
{
	check_cases(times, COUNT_OF(times), spell_worst);
}

Test(fact_update, those_without_an_update)
{
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: batch/v1\n"
	    "kind: Job\n"
	    "metadata: {name: job}\n"
	    "---\n"
	    "apiVersion: v1\n"
	    "kind: Pod\n"
	    "metadata: {name: pod}\n"
	    "---\n"
	    "apiVersion: apps/v1\n"
	    "kind: ReplicaSet\n"
	    "metadata: {name: set}\n"
	    "---\n"
	    "apiVersion: example.com/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: other}\n"
	    "spec: {template: {spec: {containers: [{name: a}]}}}\n",
	    NULL);
	cr_assert_eq(test.release->lists[ENTITY_workload].n, 4);
	cr_assert_eq(test.release->lists[ENTITY_update].n, 0);
	test_release_free(&test);
}

/* The Rollout that runs a Deployment's template is kept by that template's
 * claims and anti-affinity; the Deployment's own update never happens. */
Test(fact_update, template_of_another)
{
	struct buf yaml = {0};
	struct test_release test;
	const struct entity_list *updates;
	struct fact obstacle;

	print_workload(&yaml, "Deployment", "", APART(""));
	buf_add_text(&yaml, "---\n"
			    "apiVersion: argoproj.io/v1alpha1\n"
			    "kind: Rollout\n"
			    "metadata: {name: governor}\n"
			    "spec:\n"
			    "  replicas: 2\n"
			    "  workloadRef: {kind: Deployment, name: web}\n"
			    "  strategy: {canary: {}}\n");
	test_release_init(&test, buf_text(&yaml), NULL);
	updates = &test.release->lists[ENTITY_update];
	cr_assert_eq(updates->n, 2);
	obstacle = fact_update_obstacle(test.release, updates->items[0]);
	cr_assert(!obstacle.has_value);
	obstacle = fact_update_obstacle(test.release, updates->items[1]);
	cr_assert_str_eq(obstacle.text, CROWDED);
	cr_assert_eq(obstacle.line, 6, "in the Deployment's template");
	test_release_free(&test);
	buf_release(&yaml);
}

struct claim_case {
	const char *claims; /* documents after the Deployment */
	const char *wanted; /* "NAME ACCESS" */
};

#define NAMED(name, namespace, mode)    \
	"---\n"                         \
	"apiVersion: v1\n"              \
	"kind: PersistentVolumeClaim\n" \
	"metadata: {name: " name        \
	", namespace: " namespace "}\nspec: {accessModes: [" mode "]}\n"

static const struct claim_case claims[] = {
    {"", "a -"},
    {NAMED("a", "ns", "ReadWriteMany") NAMED("b", "ns", "ReadOnlyMany"), "- -"},
    {NAMED("a", "ns", "ReadWriteMany"), "b -"},
    {NAMED("b", "ns", "ReadWriteOnce"), "b ReadWriteOnce"},
    {NAMED("a", "ns", "ReadWriteOnce") NAMED("b", "ns", "ReadWriteOncePod"),
	"b ReadWriteOncePod"},
    {NAMED("a", "ns", "ReadWriteOncePod, ReadWriteOnce"), "a ReadWriteOnce"},
    /* In another namespace it is another claim. */
    {NAMED("b", "other", "ReadWriteOncePod"), "a -"},
    {NAMED("a", "other", "ReadWriteOncePod") NAMED("a", "ns", "ReadWriteMany"),
	"b -"},
};

Test(fact_update, exclusive_claims)
{
	for (size_t i = 0; i < COUNT_OF(claims); i++) {
		struct buf yaml = {0};
		struct test_release test;
		const struct workload *web;
		struct fact claim, access;

		print_workload(&yaml, "Deployment", "",
		    "volumes: [{name: t, emptyDir: {}}, {name: v, "
		    "persistentVolumeClaim: {claimName: a}}, {name: w, "
		    "persistentVolumeClaim: {claimName: b}}]");
		buf_add_text(&yaml, claims[i].claims);
		test_release_init(&test, buf_text(&yaml), "ns");
		web = test_workload(&test, "web");
		claim = fact_workload_exclusive_claim(test.release, web);
		access = fact_workload_exclusive_access(test.release, web);
		buf_clear(&yaml);
		buf_printf(&yaml, "%s %s", claim.has_value ? claim.text : "-",
		    access.has_value ? access.text : "-");
		cr_expect_str_eq(buf_text(&yaml), claims[i].wanted,
		    "%zu: '%s', not '%s'", i, buf_text(&yaml),
		    claims[i].wanted);
		test_release_free(&test);
		buf_release(&yaml);
	}
}

/* A template's terms are gone through once, not by each that is made of it. */
Test(fact_update, many_terms_asked_for_often, .timeout = 20)
{
	struct buf pod = {0}, yaml = {0};
	struct test_release test;
	const struct release *release;
	const void *update;

	buf_add_text(&pod,
	    "affinity: {podAntiAffinity: "
	    "{requiredDuringSchedulingIgnoredDuringExecution: [");
	for (int i = 0; i < 20000; i++)
		buf_printf(&pod,
		    "{topologyKey: kubernetes.io/hostname, "
		    "labelSelector: {matchLabels: {app: a%d}}}, ",
		    i);
	buf_add_text(&pod, "]}}");
	print_workload(&yaml, "Deployment", "", buf_text(&pod));
	test_release_init(&test, buf_text(&yaml), NULL);
	release = test.release;
	update = test_entity(&test, ENTITY_update, "web");
	for (int i = 0; i < 200000; i++)
		cr_assert_not(fact_update_obstacle(release, update).has_value);
	test_release_free(&test);
	buf_release(&pod);
	buf_release(&yaml);
}

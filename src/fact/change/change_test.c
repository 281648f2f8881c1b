/* Unit tests: what lies between two releases. */
#include "fact/change/test_sides.h"

#include <string.h>

static void spell_changes(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_change];

	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];

		buf_printf(buf, "%s%s %s %s:%u", i ? ", " : "",
		    change->what.text, change->part.manifest->kind,
		    change->part.manifest->name, (unsigned)change->part.line);
		if (change->path.state == FACT_KNOWN)
			buf_printf(buf, " %s %s>%s", change->path.text,
			    text_of(change->from), text_of(change->to));
	}
}

static void spell_transitions(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_printf(buf, "%s%s %s %s %zu>%zu>%zu", i ? ", " : "",
		    transition->previous->manifest->name, transition->what.text,
		    transition->workload->manifest->name,
		    transition->services_before.list->n,
		    transition->services_during.list->n,
		    transition->services_after.list->n);
	}
}

#define CLASS(rest) OBJECT("storage.k8s.io/v1", "StorageClass", "fast", rest)
#define CLAIM(rest) OBJECT("v1", "PersistentVolumeClaim", "data", rest)

#define MANY_LIMITS                                                        \
	"x/a: 1, x/b: 1, x/c: 1, x/d: 1, x/e: 1, x/f: 1, x/g: 1, x/h: 1, " \
	"x/i: 1, x/j: 1, x/k: 1, x/l: 1, x/m: 1, x/n: 1, x/o: 1, x/p: 1, " \
	"x/q: 1"

static const struct row change_rows[] = {
    /* Nothing differs. */
    {CLASS("provisioner: a"), CLASS("provisioner: a"), ""},
    {CLASS("provisioner: a"), CLASS("provisioner: b"),
	"changed StorageClass fast:4 provisioner a>b"},
    /* Defaults written out, and nothing, are no change. */
    {CLASS("provisioner: a"),
	CLASS("provisioner: a\nreclaimPolicy: Delete\nparameters: {}"), ""},
    /* A value that is gone stands where the mapping is. */
    {CLASS("provisioner: a\nparameters: {t: x, u: y}"),
	CLASS("provisioner: a\nparameters: {u: y}"),
	"changed StorageClass fast:5 parameters.t x>-"},
    /* Quantities are equal by their value, not by their spelling. */
    {CLAIM("spec: {resources: {requests: {storage: 1Gi}}}"),
	CLAIM("spec: {resources: {requests: {storage: 1024Mi}}}"), ""},
    /* The order of a list counts. */
    {CLAIM("spec: {accessModes: [a, b]}"), CLAIM("spec: {accessModes: [b, a]}"),
	"changed PersistentVolumeClaim data:4 spec.accessModes[0] a>b, changed "
	"PersistentVolumeClaim data:4 spec.accessModes[1] b>a"},
    /* What is kept of no field is told as a whole. */
    {OBJECT("v1", "LimitRange", "l", "spec: {limits: []}"),
	OBJECT("v1", "LimitRange", "l", "spec: {limits: [{type: Pod}]}"),
	"changed LimitRange l:2"},
    /* Other versions of a group are one kind; other groups are not. */
    {OBJECT("autoscaling/v1", "HorizontalPodAutoscaler", "h", ""),
	OBJECT("autoscaling/v2", "HorizontalPodAutoscaler", "h", ""), ""},
    {OBJECT("a.example/v1", "Thing", "h", ""),
	OBJECT("b.example/v1", "Thing", "h", ""),
	"added Thing h:2, removed Thing h:2"},
    /* No namespace is that of the release. */
    {OBJECT("v1", "ConfigMap", "c", "data: {a: b}"),
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: "
	"prod}\ndata: {a: b}\n",
	""},
    /* One that has the very namespace comes first. */
    {OBJECT("v1", "ConfigMap", "c",
	 "") "---\n"
	     "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: "
	     "p}\n",
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: p}\n",
	"removed ConfigMap c:2"},
    /* stringData is data; its values are not shown. */
    {OBJECT("v1", "Secret", "s", "data: {a: Yg==}"),
	OBJECT("v1", "Secret", "s", "stringData: {a: b}"), ""},
    {OBJECT("v1", "Secret", "s", "data: {a: Yg==}"),
	OBJECT("v1", "Secret", "s", "stringData: {a: c}"),
	"changed Secret s:4 data.a >"},
};

Test(change, changes)
{
	expect(change_rows, COUNT_OF(change_rows), spell_changes);
}

#define WORKLOAD(kind, name, label, image)                   \
	OBJECT("apps/v1", kind, name,                        \
	    "spec: {selector: {matchLabels: {app: " label    \
	    "}}, template: {metadata: {labels: {app: " label \
	    "}}, spec: {containers: [{name: c, image: " image "}]}}}")
#define SERVICE(label)  \
	"---\n" OBJECT( \
	    "v1", "Service", "web", "spec: {selector: {app: " label "}}")

static const struct row transition_rows[] = {
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	"web same web 1>1>1"},
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "web", "a:2") SERVICE("web"),
	"web rolls web 1>1>1"},
    /* The new Service lets go of the old pods. */
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "shop", "a:1") SERVICE("shop"),
	"web rolls web 1>0>1"},
    /* Another kind, or name, takes the place of one that is gone. */
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("StatefulSet", "web", "web", "b:1"), "web replaced web 0>0>0"},
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("Deployment", "shop", "shop", "a:2"),
	"web replaced shop 0>0>0"},
    /* An image that moves to another registry is still the same program. */
    {WORKLOAD("Deployment", "web", "web", "k8s.gcr.io/team/a:1"),
	WORKLOAD("Deployment", "shop", "shop", "'registry:5000/team/a:2'"),
	"web replaced shop 0>0>0"},
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("Deployment", "shop", "shop", "docker.io/library/a:2"),
	"web replaced shop 0>0>0"},
    /* Nothing is common to these two. */
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("Deployment", "shop", "shop", "b:1"), ""},
};

Test(change, transitions)
{
	expect(transition_rows, COUNT_OF(transition_rows), spell_transitions);
}

static void spell_denials(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_denial];

	for (size_t i = 0; i < list->n; i++) {
		const struct denial *denial = list->items[i];

		buf_printf(buf, "%s%s %s:%u%s%s", i ? ", " : "",
		    denial->way.text, denial->path.text,
		    (unsigned)denial->part.line,
		    denial->server_side_only.boolean ? " server-side" : "",
		    denial->sure.boolean ? "" : " unsure");
	}
}

#define JOB(rest)                           \
	OBJECT("v1", "LimitRange", "l", "") \
	"---\n" OBJECT("batch/v1", "Job", "j", "spec: " rest)
#define SVC(rest) OBJECT("v1", "Service", "s", "spec: " rest)
#define SET(rest) OBJECT("apps/v1", "StatefulSet", "s", "spec: " rest)
#define DEPLOYMENT(rest) OBJECT("apps/v1", "Deployment", "d", "spec: " rest)
#define VOLUMES(rest) \
	DEPLOYMENT("{template: {spec: {volumes: [{name: v" rest "}]}}}")
#define CONTAINER(rest) \
	DEPLOYMENT("{template: {spec: {containers: [{name: c, " rest "}]}}}")
#define CRD(rest)                                                          \
	OBJECT("apiextensions.k8s.io/v1", "CustomResourceDefinition", "c", \
	    "spec: " rest)
#define CONFIG(rest) OBJECT("v1", "ConfigMap", "c", rest)
#define POD(rest) OBJECT("v1", "Pod", "p", "spec: " rest)
#define VOLUME(rest) OBJECT("v1", "PersistentVolume", "v", "spec: " rest)

#define ROLLOUT(rest)                                                       \
	OBJECT("argoproj.io/v1alpha1", "Rollout", "r",                      \
	    "spec: {" rest "selector: {matchLabels: {app: r}}, template: "  \
	    "{metadata: {labels: {app: r}}, spec: {containers: [{name: r, " \
	    "image: i}]}}}")

#define TWO_GIBIBYTES "resources: {requests: {storage: 2Gi}}"
#define OLD_DEPLOYMENT(label)                                \
	OBJECT("apps/v1beta2", "Deployment", "web",          \
	    "spec: {selector: {matchLabels: {app: " label    \
	    "}}, template: {metadata: {labels: {app: " label \
	    "}}, spec: {containers: [{name: c, image: i}]}}}")

static const struct row denial_rows[] = {
    /* Selectors; the order of expressions is part of them. */
    {WORKLOAD("Deployment", "web", "a", "i:1"),
	WORKLOAD("Deployment", "web", "b", "i:1"),
	"forward spec.selector.matchLabels.app:4"},
    {WORKLOAD("Deployment", "web", "a", "i:1"),
	WORKLOAD("Deployment", "web", "a", "i:2"), ""},
    /* What is refused for what it is need not come back. */
    {CLAIM("spec: {resources: {requests: {storage: 1Gi}}}"),
	CLAIM("spec: {volumeMode: block, " TWO_GIBIBYTES "}"), ""},
    {CLAIM("spec: {resources: {requests: {storage: 1Gi}}}"),
	CLAIM("spec: {" TWO_GIBIBYTES "}"),
	"back spec.resources.requests.storage:4"},
    /* In a version that nobody describes any more it is the same selector. */
    {OLD_DEPLOYMENT("a"), WORKLOAD("Deployment", "web", "a", "i:1"), ""},
    {OLD_DEPLOYMENT("a"), WORKLOAD("Deployment", "web", "b", "i:1"),
	"forward spec.selector.matchLabels.app:4"},
    /* A StatefulSet but for what is named. */
    {SET("{replicas: 1, minReadySeconds: 1, revisionHistoryLimit: 1}"),
	SET("{replicas: 2, minReadySeconds: 2, revisionHistoryLimit: 2}"), ""},
    {SET("{serviceName: a}"), SET("{serviceName: b}"),
	"forward spec.serviceName:4"},
    {SET("{}"), SET("{podManagementPolicy: Parallel}"),
	"forward spec.podManagementPolicy:4"},
    /* Its rollingUpdate is filled in and stays. */
    {SET("{}"), SET("{updateStrategy: {type: OnDelete}}"),
	"forward spec.updateStrategy.type:4"},
    {SET("{updateStrategy: {rollingUpdate: {partition: 1}}}"),
	SET("{updateStrategy: {type: OnDelete}}"), ""},
    /* A Deployment's only under server-side apply. */
    {DEPLOYMENT("{}"), DEPLOYMENT("{strategy: {type: Recreate}}"),
	"forward spec.strategy.type:4 server-side"},
    {DEPLOYMENT(
	 "{strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}}"),
	DEPLOYMENT("{strategy: {type: Recreate}}"), ""},
    {DEPLOYMENT("{strategy: {rollingUpdate: {maxSurge: 1}}}"),
	DEPLOYMENT("{strategy: {type: Recreate}}"), ""},
    {DEPLOYMENT("{}"),
	DEPLOYMENT("{strategy: {type: Recreate, rollingUpdate: null}}"),
	"forward spec.strategy.type:4 server-side"},
    {SET("{}"), SET("{updateStrategy: {type: OnDelete, rollingUpdate: null}}"),
	"forward spec.updateStrategy.type:4 server-side"},
    /* What is null stays without what it said. */
    {CONTAINER("lifecycle: {preStop: {exec: {command: [a]}}}"),
	CONTAINER("lifecycle: {preStop: null}"),
	"forward spec.template.spec.containers[0].lifecycle.preStop:4 "
	"server-side"},
    {CONTAINER("lifecycle: {preStop: {exec: {command: [a]}}}"),
	CONTAINER("lifecycle: null"), ""},
    {CONTAINER("env: [{name: A, valueFrom: {fieldRef: {fieldPath: a}}}]"),
	CONTAINER("env: [{name: A, valueFrom: null}]"),
	"forward spec.template.spec.containers[0].env[0].valueFrom:4 "
	"server-side"},
    {VOLUMES(", configMap: {name: c}"), VOLUMES(", configMap: null"),
	"forward spec.template.spec.volumes[0].configMap:4 server-side"},
    {VOLUMES(", emptyDir: {}"), VOLUMES(", emptyDir: null"), ""},
    {VOLUMES(", emptyDir: {}"),
	VOLUMES(", emptyDir: null, configMap: {name: c}"),
	"forward spec.template.spec.volumes[0].emptyDir:4 server-side"},
    /* A volume without a source is an emptyDir. */
    {VOLUMES(""), VOLUMES(", configMap: {name: c}"),
	"forward spec.template.spec.volumes[0].configMap:4 server-side"},
    {VOLUMES(", emptyDir: {}"), VOLUMES(", configMap: {name: c}"), ""},
    {VOLUMES(""), VOLUMES(", emptyDir: {}"), ""},
    /* The template of a Job, defaults aside; places of a suspended one. */
    {JOB("{template: {spec: {containers: [{name: c, image: i:1}]}}}"),
	JOB("{template: {spec: {containers: [{name: c, image: i:2}]}}}"),
	"forward spec.template.spec.containers[0].image:9"},
    /* One that removes itself: gone by the next upgrade when that is soon, but
     * maybe not by a rollback. */
    {JOB("{ttlSecondsAfterFinished: 600, template: {spec: {containers: [{name: "
	 "c, image: i:1}]}}}"),
	JOB("{ttlSecondsAfterFinished: 600, template: {spec: {containers: "
	    "[{name: c, image: i:2}]}}}"),
	"back spec.template.spec.containers[0].image:9 unsure"},
    {JOB("{ttlSecondsAfterFinished: 604800, template: {spec: {containers: "
	 "[{name: c, image: i:1}]}}}"),
	JOB("{template: {spec: {containers: [{name: c, image: i:2}]}}}"),
	"forward spec.template.spec.containers[0].image:9"},
    {JOB("{template: {spec: {containers: [{name: c, image: i:1}]}}}"),
	JOB("{template: {spec: {dnsPolicy: ClusterFirst, containers: [{name: "
	    "c, image: i:1, imagePullPolicy: IfNotPresent}]}}}"),
	""},
    {JOB("{suspend: true, template: {spec: {nodeSelector: {a: b}}}}"),
	JOB("{suspend: true, template: {spec: {nodeSelector: {a: c}}}}"), ""},
    {JOB("{template: {spec: {serviceAccountName: a, containers: [{name: c, "
	 "resources: {limits: {cpu: 1}}}]}}}"),
	JOB("{template: {spec: {serviceAccountName: a, serviceAccount: a, "
	    "containers: [{name: c, resources: {limits: {cpu: 1}, requests: "
	    "{cpu: 1}}}]}}}"),
	""},
    /* The same of more limits than are looked through, of two containers. */
    {JOB("{template: {spec: {containers: [{name: c, resources: {limits: "
	 "{" MANY_LIMITS "}}}, {name: d, resources: {limits: {cpu: 2}}}]}}}"),
	JOB("{template: {spec: {containers: [{name: c, resources: {limits: "
	    "{" MANY_LIMITS
	    "}, requests: {x/q: 1, x/a: 1}}}, {name: d, resources: "
	    "{limits: {cpu: 2}, requests: {cpu: 2}}}]}}}"),
	""},
    {JOB("{template: {spec: {containers: [{name: c, resources: {limits: "
	 "{" MANY_LIMITS "}}}]}}}"),
	JOB("{template: {spec: {containers: [{name: c, resources: {limits: "
	    "{" MANY_LIMITS "}, requests: {x/q: 2}}}]}}}"),
	"forward spec.template.spec.containers[0].resources.requests.x/q:9"},
    /* Nothing in it is not nothing, but where the API server fills it in. */
    {JOB("{template: {spec: {containers: [{name: c}]}}}"),
	JOB("{template: {spec: {containers: [{name: c, securityContext: "
	    "{}}]}}}"),
	"forward spec.template.spec.containers[0].securityContext:9"},
    {JOB("{template: {spec: {containers: [{name: c}]}}}"),
	JOB("{template: {spec: {securityContext: {}, containers: [{name: c, "
	    "resources: {}}]}}}"),
	""},
    /* One completion is filled in where parallelism is, and stays. */
    {JOB("{}"), JOB("{completions: 1}"), "back spec.completions:9"},
    {JOB("{}"), JOB("{parallelism: 2}"), ""},
    {JOB("{completions: 1}"), JOB("{}"), "forward spec.completions:9"},
    {JOB("{completions: 1, parallelism: 1}"), JOB("{}"), ""},
    {JOB("{completions: 1, parallelism: 1}"),
	JOB("{completions: 2, parallelism: 2}"), "forward spec.completions:9"},
    {JOB("{completionMode: Indexed, completions: 1, parallelism: 1}"),
	JOB("{completionMode: Indexed, completions: 2, parallelism: 2}"), ""},
    {JOB("{parallelism: 1, backoffLimit: 1}"),
	JOB("{parallelism: 2, backoffLimit: 2}"), ""},
    /* Claims grow and do not shrink; a class cannot be left out. */
    {CLAIM("spec: {resources: {requests: {storage: 2Gi}}}"),
	CLAIM("spec: {resources: {requests: {storage: 1Gi}}}"),
	"forward spec.resources.requests.storage:4"},
    {CLAIM("spec: {storageClassName: a}"), CLAIM("spec: {}"),
	"forward spec.storageClassName:4"},
    {CLAIM("spec: {}"), CLAIM("spec: {storageClassName: a}"),
	"forward spec.storageClassName:4 unsure, back spec.storageClassName:4"},
    {CLAIM("spec: {volumeAttributesClassName: a}"), CLAIM("spec: {}"),
	"forward spec.volumeAttributesClassName:4"},
    {CLAIM("spec: {volumeAttributesClassName: a}"),
	CLAIM("spec: {volumeAttributesClassName: b}"), ""},
    {CLAIM("spec: {}"), CLAIM("spec: {volumeName: v}"),
	"forward spec.volumeName:4 unsure, back spec.volumeName:4"},
    {VOLUME("{nfs: {path: /a}, capacity: {storage: 1Gi}}"),
	VOLUME("{nfs: {path: /b}, capacity: {storage: 2Gi}}"),
	"forward spec.nfs.path:4"},
    /* Addresses of Services. */
    {SVC("{ports: []}"), SVC("{clusterIP: None}"), "forward spec.clusterIP:4"},
    {SVC("{clusterIP: None}"), SVC("{type: NodePort}"),
	"forward spec.clusterIP:4"},
    {SVC("{type: ExternalName}"), SVC("{clusterIP: None}"), ""},
    {SVC("{clusterIP: 10.0.0.1}"), SVC("{clusterIP: 10.0.0.2}"),
	"forward spec.clusterIP:4"},
    {SVC("{ports: []}"), SVC("{clusterIP: 10.0.0.2}"),
	"forward spec.clusterIP:4 unsure"},
    {SVC("{type: LoadBalancer}"),
	SVC("{type: LoadBalancer, loadBalancerClass: c}"),
	"forward spec.loadBalancerClass:4"},
    {SVC("{type: ClusterIP}"),
	SVC("{type: LoadBalancer, loadBalancerClass: c}"), ""},
    {SVC("{type: LoadBalancer, externalTrafficPolicy: Local, "
	 "healthCheckNodePort: 32000}"),
	SVC("{type: LoadBalancer, externalTrafficPolicy: Local, "
	    "healthCheckNodePort: 0}"),
	""},
    /* It is the old object that is sealed. */
    {CONFIG("data: {a: b}\nimmutable: true"),
	CONFIG("data: {a: c}\nimmutable: true"), "forward data.a:4"},
    {CONFIG("data: {a: b}"), CONFIG("data: {a: c}\nimmutable: true"),
	"back data.a:4"},
    /* Versions that are stored stay. */
    {CRD("{versions: [{name: v1, storage: true}, {name: v2}]}"),
	CRD("{versions: [{name: v2, storage: true}]}"),
	"forward spec.versions:4"},
    {CRD("{versions: [{name: v1, storage: true}, {name: v2}]}"),
	CRD("{versions: [{name: v1}, {name: v2, storage: true}]}"), ""},
    {CRD("{versions: [{name: v1, storage: true}, {name: v2}]}\nstatus: "
	 "{storedVersions: [v2, v1]}"),
	CRD("{versions: [{name: v2, storage: true}]}"),
	"forward spec.versions:4"},
    {CRD("{versions: [{name: v1, storage: true}, {name: v2}]}\nstatus: "
	 "{storedVersions: [v2]}"),
	CRD("{versions: [{name: v2, storage: true}]}"), ""},
    /* Scopes are a set. */
    {OBJECT("v1", "ResourceQuota", "q",
	 "spec: {scopes: [BestEffort, Terminating]}"),
	OBJECT("v1", "ResourceQuota", "q",
	    "spec: {scopes: [Terminating, BestEffort]}"),
	""},
    {OBJECT("v1", "ResourceQuota", "q",
	 "spec: {scopes: [BestEffort, Terminating]}"),
	OBJECT("v1", "ResourceQuota", "q", "spec: {scopes: [BestEffort]}"),
	"forward spec.scopes:4"},
    /* A driver has what it lacks by default. */
    {OBJECT("storage.k8s.io/v1", "CSIDriver", "d", "spec: {}"),
	OBJECT("storage.k8s.io/v1", "CSIDriver", "d",
	    "spec: {attachRequired: true, volumeLifecycleModes: "
	    "[Persistent]}"),
	""},
    {OBJECT("storage.k8s.io/v1", "CSIDriver", "d", "spec: {}"),
	OBJECT("storage.k8s.io/v1", "CSIDriver", "d",
	    "spec: {attachRequired: false}"),
	"forward spec.attachRequired:4"},
    /* Of a pod the image, and a deadline downward. */
    {POD("{activeDeadlineSeconds: 9, containers: [{name: c, image: a}]}"),
	POD("{activeDeadlineSeconds: 8, containers: [{name: c, image: b}]}"),
	"back spec.activeDeadlineSeconds:4"},
    {POD("{nodeName: a}"), POD("{nodeName: b}"), "forward spec.nodeName:4"},
    /* Tolerations may be added, for another time or in another place; gates may
     * go. */
    {POD("{tolerations: [{key: a}, {key: b, tolerationSeconds: 1}]}"),
	POD("{tolerations: [{key: c}, {key: b, tolerationSeconds: 2}, {key: "
	    "a}]}"),
	"back spec.tolerations:4"},
    {POD("{tolerations: [{key: a}, {key: b}]}"),
	POD("{tolerations: [{key: b}]}"), "forward spec.tolerations:4"},
    {POD("{schedulingGates: [{name: a}, {name: b}]}"),
	POD("{schedulingGates: [{name: b}]}"), "back spec.schedulingGates:4"},
    {POD("{schedulingGates: [{name: a}, {name: b}]}"),
	POD("{schedulingGates: [{name: c}, {name: b}]}"),
	"forward spec.schedulingGates:4"},
    /* The role of a binding; its kind's group is filled in. */
    {OBJECT("rbac.authorization.k8s.io/v1", "RoleBinding", "b",
	 "roleRef: {kind: Role, name: a}"),
	OBJECT("rbac.authorization.k8s.io/v1", "RoleBinding", "b",
	    "roleRef: {kind: Role, name: b, apiGroup: "
	    "rbac.authorization.k8s.io}"),
	"forward roleRef.name:4"},
    /* The count that the Rollouts controller wrote where there was none, be it
     * on the way or back; an autoscaler may have made it another. */
    {ROLLOUT(""), ROLLOUT("replicas: 3, "),
	"forward spec.replicas:4 server-side"},
    {ROLLOUT("replicas: 3, "), ROLLOUT(""), "back spec.replicas:4 server-side"},
    {ROLLOUT(""), ROLLOUT("replicas: 1, "), ""},
    {ROLLOUT("replicas: 2, "), ROLLOUT("replicas: 3, "), ""},
    {ROLLOUT(""),
	ROLLOUT("replicas: 3, ") "---\n" OBJECT("autoscaling/v2",
	    "HorizontalPodAutoscaler", "h",
	    "spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: "
	    "Rollout, name: r}, maxReplicas: 9}"),
	"forward spec.replicas:4 server-side unsure"},
    /* A former hook is not Helm's own. */
    {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: "
     "{helm.sh/hook: pre-upgrade}}\n",
	CONFIG(""), "forward metadata.annotations:2"},
};

Test(change, denials)
{
	expect(denial_rows, COUNT_OF(denial_rows), spell_denials);
}

static void spell_lost(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_add_text(buf, text_of(transition->lost));
	}
}

#define BUDGET(name, label)                                      \
	"---\n" OBJECT("policy/v1", "PodDisruptionBudget", name, \
	    "spec: {maxUnavailable: 1, selector: "               \
	    "{matchLabels: {app: " label "}}}")
#define ISOLATION(types)                                             \
	"---\n" OBJECT("networking.k8s.io/v1", "NetworkPolicy", "n", \
	    "spec: {podSelector: {}, policyTypes: [" types "]}")
#define RUNNING WORKLOAD("Deployment", "web", "web", "a:1")
#define PAIR                                                            \
	OBJECT("apps/v1", "Deployment", "web",                          \
	    "spec: {replicas: 2, selector: {matchLabels: {app: web}}, " \
	    "template: {metadata: {labels: {app: web}}, spec: "         \
	    "{containers: [{name: c, image: a}]}}}")
#define TO_WEB                                 \
	"---\n" OBJECT("v1", "Service", "web", \
	    "spec: {selector: {app: web}, ports: [{port: 80}]}")

static const struct row lost_rows[] = {
    {RUNNING BUDGET("b", "web"), RUNNING BUDGET("b", "web"), "-"},
    {RUNNING BUDGET("b", "web"), RUNNING BUDGET("c", "web"), "-"},
    {RUNNING BUDGET("b", "web"), RUNNING, "PodDisruptionBudget 'b'"},
    {RUNNING BUDGET("b", "web"), RUNNING BUDGET("b", "shop"),
	"PodDisruptionBudget 'b'"},
    {RUNNING, RUNNING BUDGET("b", "web"), "-"},
    /* Several pods that are served are asked for one anyway. */
    {PAIR BUDGET("b", "web"), PAIR, "PodDisruptionBudget 'b'"},
    {PAIR TO_WEB BUDGET("b", "web"), PAIR TO_WEB, "-"},
    {RUNNING TO_WEB BUDGET("b", "web"), RUNNING TO_WEB,
	"PodDisruptionBudget 'b'"},
    /* A policy that still covers the pods, for one direction less. */
    {RUNNING ISOLATION("Ingress, Egress"), RUNNING ISOLATION("Ingress"),
	"the isolation of egress by NetworkPolicy 'n'"},
    {RUNNING ISOLATION("Ingress, Egress"), RUNNING,
	"the isolation by NetworkPolicy 'n'"},
    {RUNNING BUDGET("b", "web") ISOLATION("Ingress"), RUNNING,
	"PodDisruptionBudget 'b', the isolation of ingress by NetworkPolicy "
	"'n'"},
};

Test(change, lost_policies)
{
	expect(lost_rows, COUNT_OF(lost_rows), spell_lost);
}

static void spell_removals(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_removal];

	for (size_t i = 0; i < list->n; i++) {
		const struct removal *removal = list->items[i];

		buf_printf(buf, "%s%s:%u%s%s", i ? ", " : "",
		    removal->object->name, (unsigned)removal->where.line,
		    removal->still_needed.boolean ? " still" : "",
		    removal->may_return.boolean ? " returns" : "");
	}
}

#define READER(kind, name, strategy, config)                                   \
	OBJECT("apps/v1", kind, name,                                          \
	    "spec: {" strategy "selector: {matchLabels: {app: a}}, "           \
	    "template: {metadata: {labels: {app: a}}, spec: {containers: "     \
	    "[{name: a, image: 'a:1', envFrom: [{configMapRef: {name: " config \
	    "}}]}]}}}")
#define NAMED(name) "---\n" OBJECT("v1", "ConfigMap", name, "data: {a: b}")

#define BINDING(account, namespace)                                          \
	OBJECT("rbac.authorization.k8s.io/v1", "RoleBinding", "b",           \
	    "roleRef: {kind: Role, name: r}\nsubjects: [{kind: "             \
	    "ServiceAccount, name: " account ", namespace: " namespace "}]") \
	"---\n"
#define GRANTED(group)                                             \
	OBJECT("rbac.authorization.k8s.io/v1", "RoleBinding", "g", \
	    "roleRef: {kind: Role, name: r}\nsubjects: [{kind: "   \
	    "Group, name: '" group "'}]")                          \
	"---\n"
#define ROLE(name)                                                         \
	OBJECT("rbac.authorization.k8s.io/v1", "Role", name,               \
	    "rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]") \
	"---\n"
#define RUNS_AS(image, account)                                               \
	OBJECT("apps/v1", "Deployment", "w, namespace: n",                    \
	    "spec: {selector: {matchLabels: {app: a}}, template: {metadata: " \
	    "{labels: {app: a}}, spec: {serviceAccountName: " account         \
	    ", containers: [{name: a, image: " image "}]}}}")

#define A_CLASS(group, kind, name) OBJECT(group "/v1", kind, name, "") "---\n"
#define DEFINED(versions)                                                \
	OBJECT("apiextensions.k8s.io/v1", "CustomResourceDefinition",    \
	    "ds.a.example",                                              \
	    "spec: {group: a.example, scope: Namespaced, names: {kind: " \
	    "D, plural: ds}, versions: [" versions "]}")
#define A_VERSION(name, served, storage)                         \
	"{name: " name ", served: " served ", storage: " storage \
	", schema: {openAPIV3Schema: {type: object}}}"
#define OF_PRIORITY(name)                                                     \
	OBJECT("apps/v1", "Deployment", "w",                                  \
	    "spec: {selector: {matchLabels: {app: a}}, template: {metadata: " \
	    "{labels: {app: a}}, spec: {priorityClassName: " name             \
	    ", containers: [{name: a, image: i}]}}}")
#define OF_CLASS(name)                                 \
	OBJECT("networking.k8s.io/v1", "Ingress", "i", \
	    "spec: {ingressClassName: " name "}")

static const struct row removal_rows[] = {
    /* Told where it stands, or where new pods name it. */
    {READER("Deployment", "w", "", "c") NAMED("c"),
	READER("Deployment", "w", "", "d") NAMED("d"), "c:7"},
    {READER("Deployment", "w", "", "c") NAMED("c"),
	READER("Deployment", "w", "", "c"), "c:4 still"},
    /* Old pods that end at once need nothing any more. */
    {READER("Deployment", "w", "strategy: {type: Recreate}, ", "c") NAMED("c"),
	READER("Deployment", "w", "strategy: {type: Recreate}, ", "d"), ""},
    {READER("Deployment", "w", "", "c") NAMED("c"),
	READER("StatefulSet", "w", "", "d"), ""},
    {READER("Deployment", "w", "", "c") NAMED("c"),
	READER("Deployment", "w", "", "c") "---\n" OBJECT(
	    "a.example/v1", "Maker", "m", ""),
	"c:4 still returns"},
    /* It becomes a hook, and is deleted as what it was. */
    {READER("Deployment", "w", "", "c") NAMED("c"),
	READER("Deployment", "w", "", "c")
	    NAMED("c, annotations: {helm.sh/hook: pre-upgrade}"),
	"c:4 still"},
    /* Rights that move with the pods; that both have; of another namespace. */
    {BINDING("old", "n") RUNS_AS("i:1", "old"),
	BINDING("new", "n") RUNS_AS("i:2", "new"), "b:2"},
    {BINDING("old", "n") RUNS_AS("i:1", "old"),
	BINDING("old", "n") BINDING("new", "n") RUNS_AS("i:2", "new"), ""},
    {BINDING("old", "m") RUNS_AS("i:1", "old"),
	BINDING("new", "n") RUNS_AS("i:2", "new"), ""},
    {BINDING("old", "n") RUNS_AS("i:1", "old"), RUNS_AS("i:2", "new"), ""},
    /* The role of a binding that stays, unless it was never of the release. */
    {BINDING("old", "n") ROLE("r") RUNS_AS("i:1", "old"),
	BINDING("old", "n") RUNS_AS("i:2", "old"), "r:8"},
    {BINDING("old", "n") ROLE("r") RUNS_AS("i:1", "old"),
	BINDING("old", "n") ROLE("r") RUNS_AS("i:2", "old"), ""},
    {BINDING("old", "n") RUNS_AS("i:1", "old"),
	BINDING("old", "n") RUNS_AS("i:2", "old"), ""},
    /* Rights that are gone while the account stays; they may have been about
     * the admission of pods alone. */
    {BINDING("old", "n") RUNS_AS("i:1", "old"), RUNS_AS("i:2", "old"), "b:2"},
    /* A group of Kubernetes may have the account in it, one of people not. */
    {BINDING("old", "n") RUNS_AS("i:1", "old"),
	GRANTED("system:serviceaccounts") RUNS_AS("i:2", "old"), ""},
    {BINDING("old", "n") RUNS_AS("i:1", "old"),
	GRANTED("developers") RUNS_AS("i:2", "old"), "b:2"},
    {BINDING("old", "n") OBJECT("policy/v1beta1", "PodSecurityPolicy", "p",
	 "") "---\n" RUNS_AS("i:1", "old"),
	RUNS_AS("i:2", "old"), ""},
    /* Versions that are served no longer, wherever they stand; that of objects
     * which are stored is refused. */
    {DEFINED(
	 A_VERSION("a", "true", "false") ", " A_VERSION("b", "true", "true")),
	DEFINED(A_VERSION("b", "true", "true")), "ds.a.example:2"},
    {DEFINED(
	 A_VERSION("a", "true", "false") ", " A_VERSION("b", "true", "true")),
	DEFINED(A_VERSION("b", "true", "true") ", " A_VERSION(
	    "a", "false", "false")),
	"ds.a.example:2"},
    {DEFINED(
	 A_VERSION("a", "false", "false") ", " A_VERSION("b", "true", "true")),
	DEFINED(A_VERSION("b", "true", "true")), ""},
    {DEFINED(
	 A_VERSION("a", "true", "false") ", " A_VERSION("b", "true", "true")),
	DEFINED(A_VERSION("b", "true", "false") ", " A_VERSION(
	    "a", "true", "true")),
	""},
    {DEFINED(A_VERSION("a", "true", "true")),
	DEFINED(A_VERSION("b", "true", "true")), ""},
    /* Classes, of whichever namespace those are who name them. */
    {A_CLASS("scheduling.k8s.io", "PriorityClass", "p") OF_PRIORITY("p"),
	OF_PRIORITY("p"), "p:4 still"},
    {A_CLASS("scheduling.k8s.io", "PriorityClass", "p") OF_PRIORITY("p"),
	OF_PRIORITY("system-node-critical"), ""},
    {A_CLASS("networking.k8s.io", "IngressClass", "p") OF_CLASS("p"),
	OF_CLASS("p"), "p:4 still"},
    {A_CLASS("networking.k8s.io", "IngressClass", "p") OF_CLASS("p"),
	OF_CLASS("q"), ""},
    {A_CLASS("networking.k8s.io", "IngressClass",
	 "p, annotations: {helm.sh/resource-policy: keep}") OF_CLASS("p"),
	OF_CLASS("p"), ""},
};

Test(change, removals)
{
	expect(removal_rows, COUNT_OF(removal_rows), spell_removals);
}

static void spell_stale(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_printf(buf, "%s %s", text_of(transition->stale_config),
		    text_of(transition->stale_way));
	}
}

#define SETTINGS(kind, value) \
	OBJECT("v1", kind, "s", "data: {a: " value "}") "---\n"
#define READING(image, how)                                          \
	OBJECT("apps/v1", "Deployment", "web",                       \
	    "spec: {selector: {matchLabels: {app: web}}, template: " \
	    "{metadata: {labels: {app: web}}, spec: {containers: "   \
	    "[{name: c, image: " image ", envFrom: [{" how           \
	    ": {name: s}}]}]}}}")

static const struct row stale_rows[] = {
    {SETTINGS("ConfigMap", "x") READING("i:1", "configMapRef"),
	SETTINGS("ConfigMap", "y") READING("i:1", "configMapRef"), "s envFrom"},
    {SETTINGS("ConfigMap", "x") READING("i:1", "configMapRef"),
	SETTINGS("ConfigMap", "x") READING("i:1", "configMapRef"), "- -"},
    {SETTINGS("ConfigMap", "x") READING("i:1", "configMapRef"),
	SETTINGS("ConfigMap", "y") READING("i:2", "configMapRef"), "- -"},
    /* A password that a template makes up differs in each render. */
    {SETTINGS("Secret", "eA==") READING("i:1", "secretRef"),
	SETTINGS("Secret", "eQ==") READING("i:1", "secretRef"), "- -"},
};

Test(change, stale_config)
{
	expect(stale_rows, COUNT_OF(stale_rows), spell_stale);
}

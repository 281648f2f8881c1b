/*
 * The fields of a profile and of its "requires", by two tables, which reading,
 * inheriting, printing and the JSON Schema go by.
 */
#include "contract/field.h"

#include <stddef.h>

#define ROW(text, type, member, ...)                                    \
	{                                                               \
		.name = (text), .kind = FIELD_##type,                   \
		.offset = offsetof(struct profile, member), __VA_ARGS__ \
	}
#define OPTIONAL(text, type, member, ...) \
	ROW(text, type, member, .optional = true, __VA_ARGS__)

enum {
	MOST_PODS = 100000, /* more than a cluster takes */
	MOST_SECONDS = 604800,
};

static const struct contract_field required[] = {
    OPTIONAL("minReplicas", INT, requires.min_replicas, .least = 1,
	.most = MOST_PODS, .example = "2",
	.meaning = "the fewest pods of every workload that serves requests"),
    OPTIONAL("maxUnavailablePercent", INT, requires.max_unavailable_percent,
	.least = 0, .most = 100, .example = "25",
	.meaning = "the most pods, in percent of the replicas, that an update "
		   "of a workload may stop at once"),
    OPTIONAL("gracePeriodMin", INT, requires.grace_period_min, .least = 0,
	.most = MOST_SECONDS, .example = "30",
	.meaning = "the shortest time in seconds that pods of long-running "
		   "workloads have between SIGTERM and SIGKILL"),
    OPTIONAL("podDisruptionBudget", BOOL, requires.pod_disruption_budget,
	.meaning = "true: every served workload of several pods has a "
		   "PodDisruptionBudget"),
    OPTIONAL("antiAffinity", BOOL, requires.anti_affinity,
	.meaning = "true: podAntiAffinity or topologySpreadConstraints keep "
		   "the pods of a served workload off one node"),
    OPTIONAL("imageDigest", BOOL, requires.image_digest,
	.meaning = "true: every image is named by its digest"),
    OPTIONAL("imagePullPolicy", WORD, requires.image_pull_policy,
	.words = WORDS("IfNotPresent", "Always", "Never"),
	.meaning = "the pull policy of every container"),
    OPTIONAL("memoryLimits", BOOL, requires.memory_limits,
	.meaning = "true: every container has a memory limit"),
    OPTIONAL("cpuLimits", BOOL, requires.cpu_limits,
	.meaning = "true: every container has a cpu limit"),
    OPTIONAL("networkPolicyIngress", BOOL, requires.network_policy_ingress,
	.meaning = "true: a NetworkPolicy isolates the ingress of every "
		   "long-running workload"),
    OPTIONAL("priorityClass", BOOL, requires.priority_class,
	.meaning = "true: every long-running workload has a priority class"),
};

const struct record requires_record = {
    "requires", required, COUNT_OF(required), true};

static const struct contract_field fields[] = {
    ROW("id", WORD, id,
	.meaning = "by what --profile, messages and the summary name it"),
    OPTIONAL("extends", WORD, extends, .example = "ID",
	.meaning = "the id of a profile that this one builds on: fields that "
		   "are left out here are taken from it"),
    OPTIONAL("name", WORD, name,
	.meaning = "its name in the install matrix, if not its id"),
    OPTIONAL("suite", WORD, suite, .meaning = "the suite that installs it"),
    OPTIONAL("values_file", PATH, values_file,
	.meaning = "the profile's own values, below the root of the "
		   "repository"),
    OPTIONAL("rollout_mode", WORD, rollout_mode,
	.words = WORDS("deployment", "rollout"),
	.meaning = "rollout: there must be an Argo Rollout; deployment: there "
		   "must be none"),
    OPTIONAL("warmup_required", BOOL, warmup_required,
	.meaning = "true: something must warm the release up before it "
		   "serves"),
    OPTIONAL("readiness_path_required", BOOL, readiness_path_required,
	.meaning = "true: readiness must ask the server, not only its port"),
    OPTIONAL("intendedUse", WORD, intended_use, .example = "prod",
	.meaning = "what it is for: prod and perf are like production, ci and "
		   "kind for development, unless prod_like says otherwise"),
    OPTIONAL("prod_like", BOOL, prod_like,
	.meaning = "true: it serves users, and an outage is an error; false: "
		   "it is for development"),
    OPTIONAL("forbiddenToggles", LIST, forbidden_toggles,
	.example = "[server.debug]",
	.meaning = "forbidden values: PATH or PATH=VALUE"),
    OPTIONAL("requiredToggles", LIST, required_toggles,
	.example = "[server.mode=readonly]",
	.meaning = "required values: PATH or PATH=VALUE"),
    OPTIONAL("expectedResourcesClass", WORD, resources_class,
	.words = WORDS("tiny", "small", "medium", "large"),
	.meaning = "which of the configuration's resourceClasses the requests "
		   "of a pod are in"),
    OPTIONAL("networkPolicyModeRequired", WORD, network_policy_mode,
	.words = WORDS("disabled", "internet-only", "cluster-aware", "custom"),
	.meaning = "what NetworkPolicies let out; disabled: none isolates "
		   "egress"),
    OPTIONAL("hpaPolicyRequired", WORD, hpa_policy,
	.words = WORDS("disabled", "enabled"),
	.meaning = "enabled: an autoscaler must scale the release; disabled: "
		   "none may"),
    OPTIONAL("requires", RECORD, requires.place, .record = &requires_record,
	.meaning = "further requirements; a field that is null or left out "
		   "requires nothing"),
};

const struct record profile_record = {
    "a profile", fields, COUNT_OF(fields), false};

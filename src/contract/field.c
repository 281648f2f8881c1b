/*
 * The fields of a profile, by one table, which says what the contract's JSON
 * schema says.
 */
#include "contract/field.h"

#include <stddef.h>

#define ROW(text, type, member, ...)                                    \
	{                                                               \
		.name = (text), .kind = FIELD_##type,                   \
		.offset = offsetof(struct profile, member), __VA_ARGS__ \
	}

static const struct field fields[] = {
    ROW("id", WORD, id),
    ROW("name", WORD, name),
    ROW("suite", WORD, suite,
	.words = WORDS("install-gate", "k8s-suite", "nightly")),
    ROW("values_file", WORD, values_file, .prefix = "ops/k8s/values/",
	.suffix = ".yaml"),
    ROW("rollout_mode", WORD, rollout_mode,
	.words = WORDS("deployment", "rollout")),
    ROW("warmup_required", BOOL, warmup_required),
    ROW("readiness_path_required", BOOL, readiness_path_required),
    ROW("intendedUse", WORD, intended_use,
	.words = WORDS("ci", "kind", "prod", "offline", "perf")),
    ROW("forbiddenToggles", LIST, forbidden_toggles),
    ROW("requiredToggles", LIST, required_toggles),
    ROW("expectedResourcesClass", WORD, resources_class,
	.words = WORDS("tiny", "small", "medium", "large")),
    ROW("networkPolicyModeRequired", WORD, network_policy_mode,
	.words = WORDS("disabled", "internet-only", "cluster-aware", "custom")),
    ROW("hpaPolicyRequired", WORD, hpa_policy,
	.words = WORDS("disabled", "enabled")),
};

const struct record profile_record = {"a profile", fields, COUNT_OF(fields)};

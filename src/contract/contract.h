/*
 * The rollout safety contract: what each profile demands of a release.
 *
 * Read from JSON or YAML, held to its schema, frozen.  Every clause knows the
 * place it was written at, so that a finding can say which clause asks.
 */
#ifndef CONTRACT_CONTRACT_H
#define CONTRACT_CONTRACT_H

#include "doc/tree.h"

/* A clause that is a word, and where it stands; text NULL: not asked. */
struct clause_text {
	const char *text;
	struct place place;
};

struct clause_bool {
	bool value;
	struct place place; /* none: not asked */
};

struct clause_int {
	int64_t value;
	const char *text; /* as messages show it; NULL: not asked */
	struct place place;
};

struct clause_list {
	const struct clause_text *items;
	size_t n;
	struct place place;
};

/* What has to be given before a demand can be judged. */
enum evidence_kind {
	NEEDS_MANIFESTS,
	NEEDS_VALUES,
	NEEDS_MATRIX,
	NEEDS_CLASSES, /* ranges of resource classes */
	NEEDS_EVIDENCE, /* the files of --evidence */
};

/* One thing that a profile demands: a clause, or one item of a list. */
struct demand {
	const char *field;  /* as in the contract: "hpaPolicyRequired",
			       "requires.minReplicas" */
	const char *value;  /* "enabled", "true", one toggle; "" for no item */
	struct place place; /* the profile's own when nothing is written */
	bool asks; /* false: a flag that is false, a list without items, a
		      field that is left out */
	enum evidence_kind needs;
};

/* What a profile asks for by a number or a flag: the fields of "requires". */
struct requirements {
	struct place place;
	struct clause_int min_replicas;		   /* pods */
	struct clause_int max_unavailable_percent; /* of the replicas */
	struct clause_int grace_period_min;	   /* seconds */
	struct clause_bool pod_disruption_budget, image_digest, anti_affinity;
	struct clause_bool network_policy_ingress, memory_limits, cpu_limits;
	struct clause_bool priority_class;
	struct clause_text image_pull_policy; /* Always IfNotPresent Never */
};

/* One entry of "profiles"; the fields are named as in the contract.  All but
 * the id may be left out, and then are as in the profile it extends, if any. */
struct profile {
	const struct demand *demands; /* in the order of the field table */
	size_t ndemands;
	struct place place; /* of its id */
	struct clause_text id, name, suite, values_file;
	struct clause_text extends;	 /* id of the profile it builds on */
	struct clause_text rollout_mode; /* "deployment" or "rollout" */
	struct clause_bool warmup_required;
	struct clause_bool readiness_path_required;
	struct clause_text intended_use; /* any text */
	struct clause_bool prod_like;
	struct clause_list forbidden_toggles, required_toggles;
	struct clause_text resources_class;	/* tiny small medium large */
	struct clause_text network_policy_mode; /* disabled internet-only
						   cluster-aware custom */
	struct clause_text hpa_policy;		/* disabled enabled */
	struct requirements requires;
};

struct contract {
	struct arena arena; /* owns all texts and profiles */
	const struct profile *profiles;
	size_t nprofiles;
};

/* The fields of the contract itself; all but the last, which is for editors,
 * must be there. */
#define CONTRACT_ROOT_FIELDS 3
extern const char *const contract_root_fields[CONTRACT_ROOT_FIELDS];

/*
 * Reads the contract at origin->name ("-" is not standard input here).  -1
 * with FILE:LINE:COL and a sentence for an unreadable file, bad JSON or YAML,
 * and for each unknown field, profile without id, wrong type, word that is not
 * one of those allowed, profile id given twice, profile that extends one that
 * is not there or, by whatever way, itself.
 */
MUST_CHECK int contract_load(struct contract *contract,
    const struct origin *origin, struct fault *fault);

/* The same from bytes; origin names them in messages and places. */
MUST_CHECK int contract_parse(struct contract *contract,
    const struct origin *origin, struct slice bytes, struct fault *fault);

/* The contract used when none is given: one profile, "default", that asks for
 * what every safe rollout needs and leaves the rest open. */
void contract_builtin(struct contract *contract);

void contract_release(struct contract *contract);

/*
 * The profile of that id; NULL id: the only one there is.  NULL with a
 * sentence that lists the ids when there is no such profile or no single one.
 * origin: what the contract was read from, NULL for the built-in one.
 */
const struct profile *contract_profile(const struct contract *contract,
    const struct origin *origin, const char *id, struct fault *fault);

/* Profiles that serve people: prod_like or, without that, intendedUse prod or
 * perf. */
bool profile_is_prod_like(const struct profile *profile);

/* Profiles to try things in: prod_like false or, without that, intendedUse ci
 * or kind. */
bool profile_is_dev_like(const struct profile *profile);

/*
 * Reads one profile from a mapping that may leave fields out (rule examples:
 * contract: {warmup_required: true}); what is absent is as in the built-in
 * contract.  -1 with the fault set.
 */
MUST_CHECK int profile_parse_partial(struct contract *contract,
    const struct origin *origin, const struct node *mapping,
    struct profile *ret_profile, struct fault *fault);

/* The demand of the field of that name, or of the item of its list that is
 * written at item (none: the first one); NULL when the profile makes none. */
const struct demand *profile_demand(
    const struct profile *profile, struct slice field, struct place item);

/* Whether the contract's profiles have a field of that name, "requires.NAME"
 * for one of "requires"; whether it is one of fixed words, and that word among
 * them. */
bool profile_has_field(struct slice name);
bool profile_has_word(struct slice field, struct slice word);

#endif

/*
 * The configuration that pods take from ConfigMaps and Secrets, and what makes
 * new pods of a change to it.
 */
#ifndef FACT_CONFIG_CONFIGURATION_H
#define FACT_CONFIG_CONFIGURATION_H

#include "fact/facts.h"

/* How pods get it, from what they may come to see to what they never do. */
enum config_way {
	CONFIG_FILE, /* the kubelet writes the new text after a while */
	CONFIG_COPY, /* by subPath: a file of which it does not */
	CONFIG_KEY,  /* a variable of env */
	CONFIG_MAP,  /* all of envFrom */
};

/* One object that a pod template names. */
struct config_use {
	const char *kind, *name; /* ConfigMap or Secret */
	enum config_way way;
	uint32_t line, col, width; /* of the name */
	/* By relate: the one of the stream, which an upgrade may change; or
	 * NULL. */
	const struct manifest *object;
};

/* All that a pod template names, where no controller makes new pods of a
 * change. */
struct configuration {
	const struct config_use *uses;
	size_t n;
	bool is_rolled; /* the template is to change with it, by a checksum;
			   where two releases have the same template, it has
			   not */
	/* By relate, where it is not rolled: the one that matters most of those
	 * in the stream that an upgrade may change; or NULL. */
	const struct config_use *stale;
	const struct manifest *stale_object;
};

/* A key that pods name, or all of an object that they mount. */
struct key_use {
	const char *kind, *name; /* ConfigMap or Secret */
	const char *key;	 /* NULL: all */
	enum config_way way;
	uint32_t line, col, width; /* of the key, or the name */
};

/* The keys of a ConfigMap or Secret, as digests. */
struct key_set {
	const struct manifest *manifest; /* that says them, or who has others
					    write them */
	const char *kind, *name; /* of the ConfigMap or Secret; of no name: any,
				    and open */
	const uint64_t *keys;
	size_t n;
	bool is_open; /* keys are there that are not known: others write them,
			 or, by relate, another object has its name */
};

/* An object's, unless it has none or others fill it. */
void collect_key_set(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The ConfigMaps and Secrets that an object says it has written: a Certificate,
 * an ExternalSecret, a SealedSecret, a Bundle, a Role that lets an account
 * change them, by name or any. */
void collect_key_writer(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds the first key of each workload that its object has not. */
void relate_missing_keys(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Those that a pod template names; what it mounts whole only where two releases
 * are compared. */
void collect_keys(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* The last file that a pod mounts and its volume leaves out. */
void collect_left_out(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* What the pods of a workload take: its configuration, or NULL. */
void collect_configuration(struct facts *facts, const struct node *object,
    const struct node *template, struct workload *workload);

/* Whether a name ends in a digest of the content, as kustomize makes it: ten of
 * its characters, digits among them.  A change makes another object. */
bool is_named_by_content(struct slice name);

/* A ConfigMap or Secret that an upgrade may change. */
void collect_changing(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Finds the objects that the configurations name. */
void relate_configurations(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* How pods get an object, as rules say it: envFrom, env, subPath, volume. */
const char *config_way_name(enum config_way way);

/* The facts of the rows in fields.h. */
CONFIG_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif

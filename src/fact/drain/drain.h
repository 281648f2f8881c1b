/*
 * How a container ends: preStop, the application's own time, and their sum.
 */
#ifndef FACT_DRAIN_DRAIN_H
#define FACT_DRAIN_DRAIN_H

#include "fact/facts.h"

/* How long the application says it drains, found in env or a ConfigMap. */
struct drain_setting {
	enum drain_word word;
	const char *name;  /* of the variable or key */
	int64_t seconds;   /* rounded up; -1: given, but unknown */
	bool by_name;	   /* its own name says that it is one */
	bool is_pod_grace; /* its name is that of its pods' grace period */
	uint32_t line, col, width;
};

/* A ConfigMap that a container's environment comes from: whole (key NULL:
 * envFrom, with a prefix before each key) or one key. */
struct env_source {
	const char *configmap;
	const char *key;
	const char *prefix; /* "" for none */
	bool by_name;	    /* the variable's name says a drain time */
	enum drain_word word; /* what of it says so */
};

/* How long a file says that its program drains; shown at the file's key. */
struct file_time {
	const char *file, *setting; /* keys: of the ConfigMap, in the file */
	int64_t seconds;
	uint32_t line, col, width;
};

/* Files that a container mounts: one key of a ConfigMap, or all (NULL). */
struct file_source {
	const char *configmap;
	const char *key;
};

/* A ConfigMap with at least one drain setting; others are not kept. */
struct configmap {
	const struct manifest *manifest;
	const struct drain_setting *drains;
	size_t ndrains;
	const struct file_time *files;
	size_t nfiles;
};

/* Marks facts when a Role or ClusterRole lets somebody evict pods. */
void collect_eviction(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/*
 * Adds the drain time a variable says, a struct drain_setting, to drains: when
 * its name matches the pattern and its unit is known, from the name (_MS,
 * _SECONDS, ...) or the value (25s, 1m30s).  Rounded up to whole seconds.
 */
void add_drain(struct facts *facts, struct slice name, const struct node *value,
    struct buf *drains);

/* Adds the drain time that a flag of command or args says, by its name and
 * value, which stand in that argument. */
void add_flag_drain(struct facts *facts, struct slice name, struct slice value,
    const struct node *argument, struct buf *drains);

/* Adds what the command and args of a container say. */
void collect_drain_flags(
    struct facts *facts, const struct node *container, struct buf *drains);

/* What in the name of a drain variable says that it is one. */
enum drain_word drain_word(struct slice name);

/* Whether the name is that of a variable that holds a drain time. */
bool is_drain_variable(struct facts *facts, struct slice name);

/* The time that a name and its value tell: the unit is in either. */
bool drain_time(struct slice name, struct slice value, int64_t *ret_seconds);

/* Adds what a file of a ConfigMap says, each a struct file_time; the file is
 * the key of node. */
void collect_file_times(struct facts *facts, struct slice file,
    const struct node *node, struct buf *times);

/* Finds the longest time that the files of each container say. */
void relate_file_times(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* Whether a container helps others of its pod, and whether it is told to go on
 * while these end; its name and image are known. */
void collect_help(
    struct facts *facts, const struct node *node, struct container *container);

/* How long the proxy of a mesh goes on, by the annotations of the template. */
void collect_mesh(struct facts *facts, const struct node *template,
    struct workload *workload);

/* The literal delay of a command, ["sleep", "10"], sh -c "sleep 5 && x", in
 * seconds; false when there is none or it cannot be read off. */
bool sleep_seconds(const struct node *command, int64_t *ret_seconds);

/* How much grace the containers of each workload need together, once for all
 * that ask for it: after who is served is known. */
void relate_grace(struct release *release);

/* How long the application of each container says it drains, and how long it
 * waits for its turn to end. */
void relate_drains(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* When a container has drained, as far as that is known. */
int64_t drain_end(const struct container *drain);

/* A port that a hook of the container's life asks by a name that it does not
 * declare; its ports are known. */
void collect_hook_port(
    struct facts *facts, const struct node *node, struct container *container);

/* What a container's preStop does, and how long. */
void collect_prestop(const struct node *node, struct container *container);

/* The command of preStop that stops the server at once, if it runs one. */
void collect_prestop_stop(
    struct facts *facts, const struct node *node, struct container *container);

/* What a shell that is the container's first process waits for, so that SIGTERM
 * reaches nobody; left absent where the server takes the shell's place. */
void collect_signals(
    struct facts *facts, const struct node *node, struct container *container);

/* The facts of the rows in fields.h. */
DRAIN_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
DRAIN_CONTAINER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
DRAIN_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif

/*
 * Collecting: one document's tree in, its entities kept compactly.
 *
 * What is kept is copied on purpose: the tree dies with its document.
 */
#ifndef FACT_FACTS_H
#define FACT_FACTS_H

#include "base/map.h"
#include "base/regex.h"
#include "doc/scalar.h"
#include "fact/model.h"

/* A resource class: what the containers of one pod request together. */
struct resource_class {
	const char *name;
	double cpu_min, cpu_max;       /* cores */
	double memory_min, memory_max; /* bytes */
};

/*
 * What facts depend on besides the manifests; fed from the parameters of rules
 * before the first byte of input, shared by all workers.  All zero: nothing is
 * recognised by its name.
 */
struct settings {
	struct regex *warmup; /* names, labels and arguments of a warmup */
	struct regex *drain;  /* variables that hold a drain time */
	int64_t drain_margin; /* seconds left for a process to end */
	int64_t drain_delay;  /* seconds of the preStop that is proposed */
	int64_t drain_grace;  /* least grace period that is proposed */
	/* What pods of a resource class request; in an arena of the caller. */
	const struct resource_class *classes;
	size_t nclasses;
};

/* The class of that name, or NULL. */
const struct resource_class *settings_class(
    const struct settings *settings, const char *name);

void settings_release(struct settings *settings);

/* Whether there is a setting of that name: "drain.variables", ... */
bool settings_has(const char *name);

/* Sets a setting; -1 with a sentence when it is not of that type, the number
 * is negative or the pattern does not compile. */
MUST_CHECK int settings_set_int(struct settings *settings, const char *name,
    int64_t value, struct fault *fault);
MUST_CHECK int settings_set_pattern(struct settings *settings, const char *name,
    struct slice pattern, struct fault *fault);

struct vector {
	void **items;
	size_t n, cap;
};

void vector_add(struct vector *vector, void *item);

/* What one worker collected.  Owns all entities and their texts. */
struct facts {
	struct arena arena;
	struct map texts; /* each text once */
	const struct settings *settings;
	struct vector lists[ENTITY_MAX];
	struct vector configmaps, claims;
	struct vector foreign_labels; /* texts "key=value"; see elsewhere.c */
};

void facts_init(struct facts *facts, const struct settings *settings);
void facts_release(struct facts *facts);

/* The one copy of a text, ended by NUL; a NUL inside becomes U+FFFD. */
const char *facts_text(struct facts *facts, struct slice text);

/* What a document is read in: shared by all that collect it. */
struct collection {
	struct facts *facts;
	const struct origin *origin;
	struct slice source; /* the chart template, or empty */
	uint32_t order;	     /* of the document in the stream, from 0 */
	struct finding_list *findings;
};

/*
 * Collects the objects of one document (several, for a List or a sequence at
 * its root): their entities go to facts, what is no object to findings.  Calls
 * visit, when not NULL, for each object.
 */
void collect_document(const struct collection *collection,
    const struct node *root,
    void (*visit)(void *context, const struct node *object,
	const struct manifest *manifest),
    void *context);

/* A fact of a node: known with its place, or absent with the default. */
struct fact facts_int(const struct node *node, int64_t otherwise);
struct fact facts_int_or_none(const struct node *node);
struct fact facts_bool(const struct node *node, bool otherwise);
struct fact facts_node_text(
    struct facts *facts, const struct node *node, const char *otherwise);
struct fact facts_placed(struct fact fact, const struct node *node);

/* The names of a mapping's fields, each between blanks, at the place where
 * another can be inserted; absent when there is none. */
struct fact facts_fields(struct facts *facts, const struct node *mapping);

/* The number of items of a sequence; 0 for NULL and for anything else. */
size_t node_length(const struct node *sequence);

/* What a node is shown at by its name: its key, or itself where it has none (an
 * item, also one that an alias puts in the place of a value). */
const struct node *key_of(const struct node *node);

/* The text of a scalar; "" for NULL and for what is no scalar. */
const char *facts_name(struct facts *facts, const struct node *node);

/* The same with its place. */
struct spot facts_spot(struct facts *facts, const struct node *node);

/* The order of two texts, by the pointers to them: for qsort and bsearch. */
int compare_texts(const void *left, const void *right);

/* The width in code points of a node's first line, at least 1. */
uint32_t facts_width(const struct node *node);

/* Plain labels: a mapping of texts; other values are skipped. */
struct label_list facts_labels(struct facts *facts, const struct node *node);

/* A LabelSelector (matchLabels, matchExpressions), or plain labels. */
struct selector facts_selector(struct facts *facts, const struct node *node);
struct selector facts_map_selector(
    struct facts *facts, const struct node *node);

/*
 * Whether a selector selects labels (a pod template's).  Labels that
 * controllers add at run time count as there with any value.
 */
bool selector_matches(
    const struct selector *selector, const struct label_list *labels);

/* As kubectl prints it: app=web,tier in (a,b). */
void selector_spell(const struct selector *selector, struct buf *buf);

/* Adds what tells a selector from all others: bytes, no text. */
void selector_key(const struct selector *selector, struct buf *buf);

/* Whether it asks for a label that some pods get at run time. */
bool requirement_is_added(const struct requirement *requirement);

/* The value of a label, or NULL. */
const char *label_find(const struct label_list *labels, const char *key);

/*
 * Adds the drain time a variable says, a struct drain_setting, to drains: when
 * its name matches the pattern and its unit is known, from the name (_MS,
 * _SECONDS, ...) or the value (25s, 1m30s).  Rounded up to whole seconds.
 */
void add_drain(struct facts *facts, struct slice name, const struct node *value,
    struct buf *drains);

/* Adds the same, or, for such a name without a time that can be told (value is
 * NULL: from elsewhere), that it is given: it hides others of its name. */
void add_drain_or_hide(struct facts *facts, struct slice name,
    const struct node *value, struct buf *drains);

/* What of a container's environment says how long it drains. */
void collect_environment(
    struct facts *facts, const struct node *node, struct container *container);

/* Whether the name is that of a variable that holds a drain time. */
bool is_drain_variable(const struct facts *facts, struct slice name);

/* The structs gathered in a buf, copied to where facts live. */
const void *facts_keep(struct facts *facts, const struct buf *structs);

/* A Go duration ("1h30m", "500ms", "1.5s") in milliseconds, rounded up. */
bool parse_duration(struct slice text, int64_t *ret_milliseconds);

/* Takes a number with an optional fraction off the front of text. */
bool take_number(struct slice *text, double *ret_number);

/* Up to a whole number, but not for what binary fractions add to a decimal. */
int64_t round_up(double value);

/* The literal delay of a command, ["sleep", "10"], sh -c "sleep 5 && x", in
 * seconds; false when there is none or it cannot be read off. */
bool sleep_seconds(const struct node *command, int64_t *ret_seconds);

/* Whether a program is a shell. */
bool is_shell(struct slice program);

/* What a container's command ends in that makes it succeed whatever happens
 * ("|| true", "exit 0", "&"), or NULL; ret_at: where. */
const char *hidden_failure(struct facts *facts, const struct node *container,
    const struct node **ret_at);

/* What annotations say of when an object is applied; NULL for nothing. */
const struct schedule *collect_schedule(
    struct facts *facts, const struct node *annotations);

/* What a workload mounts and waits for, and a Job's own fields. */
void collect_job(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload);

/* What the pods of a workload cannot start without: nothing unless
 * annotations say when it is applied. */
void collect_needs(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload);

/* One workload with its containers, of an object known to have a template. */
void collect_workload(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* How the workload is updated, by its spec, and what of its pods' spec stands
 * in the way; its strategy is known. */
void collect_update(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct workload *workload);

/* An amount, that of otherwise (or none, when NULL) where nothing is written;
 * and the fact of how it is written. */
struct amount facts_amount(const struct node *node, const char *otherwise);
struct fact facts_amount_text(
    struct facts *facts, const struct node *node, const char *otherwise);

/* The API lets most percentages be no more than all pods. */
void limit_percentage(struct amount *amount);

/* What of an autoscaler's metrics is a utilisation. */
void collect_metrics(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);
void collect_triggers(struct facts *facts, const struct node *spec,
    struct autoscaler *autoscaler);

/* Keeps a value that was a whole number before it was printed as a float, or a
 * text of several settings that has one; and the same of arguments. */
void collect_mangled_arguments(struct facts *facts,
    const struct manifest *manifest, const struct node *list);
void collect_mangled(struct facts *facts, const struct manifest *manifest,
    const struct node *name, const struct node *value);

/* The name, tag and digest of a container's image, which is known. */
void collect_image(struct facts *facts, struct container *container);

/* What a container, or its pod as a whole, requests. */
void collect_requests(struct facts *facts, const struct node *node,
    const struct node *pod_spec, struct container *container);

/* A scaleTargetRef or targetRef: its group; name and kind as facts. */
struct scale_target facts_target(struct facts *facts, const struct node *target,
    const char *kind_otherwise, struct fact *ret_kind, struct fact *ret_name);

/* A selector spelled, at its key. */
struct fact facts_selector_text(struct facts *facts,
    const struct selector *selector, const struct node *node);

/* A ServiceMonitor or PodMonitor. */
void collect_monitor(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* A VerticalPodAutoscaler. */
void collect_vpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest);

void collect_claim(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

void collect_networkpolicy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* The bits of a protocol by its name, "" being TCP; those of a port. */
uint8_t protocol_bits(struct slice protocol);
uint8_t protocols_of(const struct node *port);

/* The first of the keys names (ended by NULL) that node has a value for: the
 * value, or NULL; and the fact of its name. */
const struct node *handler_of(
    const struct node *node, const char *const *names, const char **ret_name);
struct fact handler_fact(const struct node *handler, const char *name);

/* The ports a container declares; then, as they may name one of these, its
 * probes.  NULL for none and for one without a handler, which probes nothing.
 */
void collect_ports(
    struct facts *facts, const struct node *ports, struct container *container);
const struct probe *collect_probe(struct facts *facts,
    const struct container *container, const struct node *node,
    const char *kind);

/* For which protocols the ports that probes ask are declared: the pod's
 * containers share one network, so that any of them may serve it. */
void collect_protocols(const struct workload *workload);

/* When containers start, told by the first sidecar: those start in order, and
 * the regular ones when all of them have. */
void collect_starts(const struct workload *workload);

/* Numbers of a manifest may be of any size: past int64 is the most there is. */
int64_t saturated_sum(int64_t a, int64_t b);

/* Whether the object is a Rollout of Argo's. */
bool is_rollout(const struct manifest *manifest);

/* What the API refuses in the pods of a workload, except for kinds that are
 * not known. */
void find_pod_problems(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload);

/* What is wrong with an AnalysisTemplate by itself. */
void find_analysis_problems(struct facts *facts, const struct node *object,
    const struct manifest *manifest);

/* What Rollouts that name an object of that kind depend on; or NULL. */
const struct referent *collect_referent(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind);

/* The routes of a VirtualService's spec. */
void collect_routes(
    struct facts *facts, const struct node *spec, struct referent *referent);

/* What a tls or tcp route is chosen by, from its matches or from a Rollout's
 * one: "port 443 and sniHosts a, b".  "" when no choice can mean it; NULL when
 * it is to be filled in. */
const char *facts_route_key(
    struct facts *facts, const struct node *const *matches, size_t n);

/* What is special about a Rollout: its strategy, steps, what it names, what is
 * wrong with it.  Nothing for other workloads. */
void collect_rollout(
    struct facts *facts, const struct node *object, struct workload *workload);

/* Digests what a container is compared by. */
void digest_container(const struct node *node, struct container *container);

/* Whether the object is a workload: of a known kind, or with spec.template
 * that has a pod spec. */
bool is_workload(const struct node *object, const struct manifest *manifest);

/* Whether an init container is a native sidecar: restartPolicy Always. */
bool is_sidecar(const struct node *init_container);

/* The warmups of a workload: itself when it is a Job, its init containers
 * otherwise; and those of an AnalysisTemplate. */
void collect_warmups(struct facts *facts, const struct node *object,
    const struct node *template, const struct workload *workload);
void collect_analysis(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* Services, autoscalers, budgets, network policies, ConfigMaps and analysis
 * templates; nothing for other objects. */
void collect_policy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

#endif

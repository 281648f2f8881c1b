/* A pod template to the ConfigMaps and Secrets it takes its configuration from,
 * unless something makes new pods when these change. */
#include "fact/config/configuration.h"

#include "fact/problem.h"

#include <string.h>

/* Words in the keys of annotations and labels by which a template changes with
 * what it names: checksum/config, config-hash, rollme. */
static const char *const template_says[] = {"checksum", "hash", "sha1",
    "sha256", "md5", "digest", "roll", "restart", "reload", "timestamp",
    "config-version", "configversion", NULL};
/* And in those of an object that a controller watches: reloader.stakater.com,
 * wave.pusher.com/update-on-config-change. */
static const char *const object_says[] = {
    "reload", "update-on-config-change", "restart-on", NULL};
/* What a container is called that tells others of a change to their files, and
 * what one is told that looks at them itself. */
static const char *const watchers[] = {
    "reload", "k8s-sidecar", "watch", "web.enable-lifecycle", NULL};

/* The digest of a text in hexadecimal, with whatever key. */
#define LEAST_DIGEST 32

static bool has_word(struct slice text, const char *const *words)
{
	for (; *words; words++) {
		if (slice_find(text, slice_of(*words), 0) >= 0)
			return true;
	}
	return false;
}

static bool is_digest(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.len >= LEAST_DIGEST;
}

/* A digest under whatever key says it too, where digests count. */
static bool has_note(
    const struct node *notes, const char *const *words, bool digests)
{
	for (size_t i = 0; notes && notes->kind == NODE_MAPPING && i < notes->n;
	     i++) {
		struct slice value = scalar_text(notes->pairs[i].value);

		if ((digests && is_digest(value)) ||
		    (has_word(scalar_text(notes->pairs[i].key), words) &&
			!slice_is(value, "false")))
			return true;
	}
	return false;
}

/* Whether a controller restarts the pods: an annotation asks it to, of the
 * object or of the template. */
static bool is_restarted(const struct node *object, const struct node *template)
{
	return has_note(node_find(object, "metadata", "annotations", NULL),
		   object_says, true) ||
	       has_note(node_find(template, "metadata", "annotations", NULL),
		   object_says, false);
}

/* Whether the template changes with its configuration. */
static bool is_rolled(const struct node *template)
{
	const struct node *metadata = node_get(template, "metadata");

	return has_note(
		   node_get(metadata, "annotations"), template_says, true) ||
	       has_note(node_get(metadata, "labels"), template_says, true);
}

static bool is_watcher(const struct node *container)
{
	static const char *const fields[] = {"command", "args"};

	if (has_word(scalar_text(node_get(container, "name")), watchers) ||
	    has_word(scalar_text(node_get(container, "image")), watchers))
		return true;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const struct node *list = node_get(container, fields[i]);

		for (size_t j = 0; j < node_length(list); j++) {
			if (has_word(scalar_text(list->items[j]), watchers))
				return true;
		}
	}
	return false;
}

/* A template while it is read. */
struct taking {
	struct facts *facts;
	const struct node *pod_spec;
	bool watches; /* its files are looked at while it runs */
	struct buf uses;
};

static void add_use(struct taking *taking, const char *kind,
    const struct node *name, enum config_way way)
{
	struct config_use use = {
	    .kind = kind, .name = facts_name(taking->facts, name), .way = way};

	if (!*use.name || (way == CONFIG_FILE && taking->watches))
		return;
	use.line = name->span.line;
	use.col = name->span.col;
	use.width = facts_width(name);
	buf_add(&taking->uses, &use, sizeof(use));
}

static void add_environment(struct taking *taking, const struct node *container)
{
	const struct node *from = node_get(container, "envFrom");
	const struct node *env = node_get(container, "env");

	for (size_t i = 0; i < node_length(from); i++) {
		add_use(taking, "ConfigMap",
		    node_find(from->items[i], "configMapRef", "name", NULL),
		    CONFIG_MAP);
		add_use(taking, "Secret",
		    node_find(from->items[i], "secretRef", "name", NULL),
		    CONFIG_MAP);
	}
	for (size_t i = 0; i < node_length(env); i++) {
		const struct node *value = node_get(env->items[i], "valueFrom");

		add_use(taking, "ConfigMap",
		    node_find(value, "configMapKeyRef", "name", NULL),
		    CONFIG_KEY);
		add_use(taking, "Secret",
		    node_find(value, "secretKeyRef", "name", NULL), CONFIG_KEY);
	}
}

static bool is_of_one_file(const struct node *mount)
{
	return !is_blank(node_get(mount, "subPath")) ||
	       !is_blank(node_get(mount, "subPathExpr"));
}

/* Keeps a mount of each volume, one of the whole before those of single
 * files. */
static void add_mount(struct map *mounts, const struct node *mount)
{
	void **kept = map_slot(mounts, scalar_text(node_get(mount, "name")));

	if (!*kept || !is_of_one_file(mount))
		*kept = (void *)(uintptr_t)mount;
}

static void add_mounts(struct map *mounts, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *list =
		    node_get(containers->items[i], "volumeMounts");

		for (size_t j = 0; j < node_length(list); j++)
			add_mount(mounts, list->items[j]);
	}
}

/* Whether containers mount nothing of a volume but single files of it. */
static bool is_copied(const struct map *mounts, const struct node *volume)
{
	const struct node *mount =
	    map_find(mounts, scalar_text(node_get(volume, "name")));

	return mount && is_of_one_file(mount);
}

static void add_volume(
    struct taking *taking, const struct map *mounts, const struct node *volume)
{
	const struct node *sources =
	    node_find(volume, "projected", "sources", NULL);
	enum config_way way =
	    is_copied(mounts, volume) ? CONFIG_COPY : CONFIG_FILE;

	add_use(taking, "ConfigMap",
	    node_find(volume, "configMap", "name", NULL), way);
	add_use(taking, "Secret",
	    node_find(volume, "secret", "secretName", NULL), way);
	for (size_t i = 0; i < node_length(sources); i++) {
		add_use(taking, "ConfigMap",
		    node_find(sources->items[i], "configMap", "name", NULL),
		    way);
		add_use(taking, "Secret",
		    node_find(sources->items[i], "secret", "name", NULL), way);
	}
}

static void read_template(struct taking *taking)
{
	const struct node *containers =
	    node_get(taking->pod_spec, "containers");
	const struct node *init = node_get(taking->pod_spec, "initContainers");
	const struct node *volumes = node_get(taking->pod_spec, "volumes");
	struct map mounts = {0};

	for (size_t i = 0; i < node_length(containers); i++)
		taking->watches |= is_watcher(containers->items[i]);
	for (size_t i = 0; i < node_length(init); i++)
		taking->watches |= is_watcher(init->items[i]);
	for (size_t i = 0; i < node_length(containers); i++)
		add_environment(taking, containers->items[i]);
	for (size_t i = 0; i < node_length(init); i++)
		add_environment(taking, init->items[i]);
	if (node_length(volumes))
		add_mounts(&mounts, containers);
	for (size_t i = 0; i < node_length(volumes); i++)
		add_volume(taking, &mounts, volumes->items[i]);
	map_release(&mounts);
}

void collect_configuration(struct facts *facts, const struct node *object,
    const struct node *template, struct workload *workload)
{
	struct taking taking = {
	    .facts = facts, .pod_spec = node_get(template, "spec")};
	struct configuration *configuration;

	if (workload->kind->is_job || workload->kind->is_pod ||
	    is_restarted(object, template))
		return;
	read_template(&taking);
	if (taking.uses.len) {
		configuration =
		    arena_alloc(&facts->arena, sizeof(*configuration));
		configuration->uses = facts_keep(facts, &taking.uses);
		configuration->n =
		    taking.uses.len / sizeof(*configuration->uses);
		configuration->is_rolled = is_rolled(template);
		workload->configuration = configuration;
	}
	buf_release(&taking.uses);
}

static bool ends_in_digest(
    struct slice name, size_t len, const char *characters)
{
	size_t digits = 0, letters = 0;

	if (name.len <= len + 1 || name.ptr[name.len - len - 1] != '-')
		return false;
	for (size_t i = name.len - len; i < name.len; i++) {
		if (!strchr(characters, name.ptr[i]))
			return false;
		digits += name.ptr[i] < 'a';
		letters += name.ptr[i] >= 'a';
	}
	return digits && letters;
}

bool is_named_by_content(struct slice name)
{
	if (ends_in_digest(name, 10, "2456789bcdfghkmt"))
		return true;
	/* What charts cut from a sum of sha256sum. */
	for (size_t len = 8; len <= 64 && len < name.len; len++) {
		if (ends_in_digest(name, len, "0123456789abcdef"))
			return true;
	}
	return false;
}

/* What kapp versions has another name after each change, too. */
void collect_changing(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	static const char *const versioned[] = {"versioned", NULL};
	bool immutable = false;

	node_to_bool(node_get(object, "immutable"), &immutable);
	if (immutable || is_named_by_content(slice_of(manifest->name)) ||
	    has_note(node_find(object, "metadata", "annotations", NULL),
		versioned, true))
		return;
	vector_add(&collection->facts->changing, (void *)(uintptr_t)manifest);
}

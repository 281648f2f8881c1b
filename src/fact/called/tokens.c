/*
 * Pods that ask the API server without a token: nothing mounts that of their
 * ServiceAccount, though a binding of the stream gives the account rights, or a
 * container runs kubectl.
 *
 * Which of both says so, the pod or the account: the pod (admission plugin
 * ServiceAccount, shouldAutomount()).  An account that other pods use with a
 * token, or whose token a Secret holds, has its rights for these.
 */
#include "fact/called/called.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <stddef.h>
#include <string.h>

RARE(workload, tokenless)
RARE(workload, tokenless_right)
RARE(workload, tokenless_tool)

/* Whether a volume of the pod's own brings a token, or what to use instead. */
static bool brings_token(const struct node *pod_spec)
{
	const struct node *volumes = node_get(pod_spec, "volumes");

	for (size_t i = 0; i < node_length(volumes); i++) {
		const struct node *sources = node_find(
		    volumes->items[i], "projected", "sources", NULL);

		for (size_t j = 0; j < node_length(sources); j++) {
			if (node_get(
				sources->items[j], "serviceAccountToken"))
				return true;
		}
	}
	return false;
}

/* Whether somebody says which cluster is asked, and as whom. */
static bool is_told_cluster(const struct node *container)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *env = node_get(container, "env");

	for (size_t i = 0; i < node_length(env); i++) {
		if (slice_find(scalar_text(node_get(env->items[i], "name")),
			SLICE("KUBE"), 0) >= 0)
			return true;
	}
	for (size_t i = 0; argument_at(arguments, i); i++) {
		struct slice text = argument_text(arguments, i);

		if (slice_find(text, SLICE("kubeconfig"), 0) >= 0 ||
		    slice_find(text, SLICE("--token"), 0) >= 0 ||
		    slice_find(text, SLICE("--client"), 0) >= 0)
			return true;
	}
	return node_length(node_get(container, "envFrom")) > 0;
}

static bool runs_kubectl(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	struct slice rest, word;

	while (shell_next(&shell, &command)) {
		rest = shell_body(command.text);
		if (shell_word(&rest, &word) && slice_is(word, "kubectl") &&
		    slice_find(rest, SLICE("--client"), 0) < 0)
			return true;
	}
	return false;
}

/* Where a container is told to run kubectl; or NULL. */
static const struct node *find_kubectl(const struct node *container)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);
	size_t program = shell_program_at(arguments);

	if (is_told_cluster(container))
		return NULL;
	if (script)
		return runs_kubectl(scalar_text(script)) ? script : NULL;
	return slice_is(argument_text(arguments, program), "kubectl")
		   ? argument_at(arguments, program)
		   : NULL;
}

static const struct node *find_tool(const struct node *pod_spec)
{
	static const char *const lists[] = {"initContainers", "containers"};
	const struct node *found = NULL;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *containers = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(containers) && !found; j++)
			found = find_kubectl(containers->items[j]);
	}
	return found;
}

/* Those of other accounts than "default" and those that say it themselves. */
void collect_token_use(struct facts *facts, const struct node *pod_spec,
    const struct workload *workload)
{
	const struct node *mounts =
	    node_get(pod_spec, "automountServiceAccountToken");
	const struct node *name = node_get(pod_spec, "serviceAccountName");
	const struct node *tool;
	struct token_use *use;
	bool value;

	if (node_is_null(name))
		name = node_get(pod_spec, "serviceAccount");
	if (node_is_null(name) && node_is_null(mounts))
		return;
	use = arena_alloc(&facts->linking, sizeof(*use));
	*use = (struct token_use){
	    .manifest = workload->manifest,
	    .workload = workload,
	    .at = facts_spot(facts, node_is_null(name) ? mounts : name),
	    .mounts = node_to_bool(mounts, &value)
			  ? (value ? TRI_YES : TRI_NO)
			  : TRI_UNKNOWN,
	};
	if (brings_token(pod_spec))
		use->mounts = TRI_YES;
	tool = find_tool(pod_spec);
	if (!node_is_null(name))
		use->account = use->at;
	if (use->mounts == TRI_NO)
		use->at = facts_spot(facts, mounts);
	if (tool)
		use->tool = facts_spot(facts, tool);
	vector_add(&facts->token_uses, use);
}

static void add_right(const struct collection *collection,
    const struct manifest *manifest, enum right_kind kind, const char *name)
{
	struct facts *facts = collection->facts;
	struct right *right = arena_alloc(&facts->linking, sizeof(*right));

	*right = (struct right){manifest, kind, name};
	vector_add(&facts->rights, right);
}

void collect_quiet_account(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	bool mounts = true;

	node_to_bool(node_get(object, "automountServiceAccountToken"), &mounts);
	if (!mounts)
		add_right(
		    collection, manifest, RIGHT_QUIET, manifest->name);
}

void collect_token_secret(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *account = node_find(object, "metadata",
	    "annotations", "kubernetes.io/service-account.name", NULL);

	if (!node_is_null(account))
		add_right(collection, manifest, RIGHT_SECRET,
		    facts_name(collection->facts, account));
}

/* To be admitted by a policy ("use") asks for nothing itself. */
void collect_useful_role(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *rules = node_get(object, "rules");

	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *verbs = node_get(rules->items[i], "verbs");

		for (size_t j = 0; j < node_length(verbs); j++) {
			if (slice_is(scalar_text(verbs->items[j]), "use"))
				continue;
			add_right(collection, manifest, RIGHT_ROLE,
			    manifest->name);
			return;
		}
	}
}

/* What accounts have, by their kind, name and namespace. */
struct holding {
	const struct release *release;
	struct map map;
	struct arena arena;
	struct buf key;
};

static void **slot_of(struct holding *holding, const char *kind,
    const char *name, const char *namespace)
{
	struct buf *key = &holding->key;
	void *found;

	buf_clear(key);
	buf_printf(key, "%s/%s/%s", kind, name, namespace);
	found = map_find(&holding->map, buf_slice(key));
	return map_slot(&holding->map,
	    found ? buf_slice(key)
		  : slice_copy(&holding->arena, buf_slice(key)));
}

static void index_rights(
    struct holding *holding, const struct entity_list *list)
{
	static const char *const kinds[] = {
	    [RIGHT_QUIET] = "quiet", [RIGHT_SECRET] = "token"};

	for (size_t i = 0; i < list->n; i++) {
		const struct right *right = list->items[i];
		const struct manifest *manifest = right->manifest;
		bool is_wide = !strcmp(manifest->kind, "ClusterRole");

		*slot_of(holding,
		    right->kind == RIGHT_ROLE ? manifest->kind
					      : kinds[right->kind],
		    right->name,
		    is_wide ? ""
			    : manifest_namespace(holding->release, manifest)) =
		    (void *)(uintptr_t)manifest;
	}
}

/* Bindings of roles that the stream has, to the accounts that they name. */
static void index_bindings(struct holding *holding)
{
	const struct entity_list *list =
	    &holding->release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *binding = list->items[i];
		const struct grant *grant = binding->seldom->grant;
		const char *own = manifest_namespace(holding->release, binding);
		bool is_wide;

		if (!grant)
			continue;
		is_wide = !strcmp(grant->role_kind, "ClusterRole");
		if (!*slot_of(holding, grant->role_kind, grant->role_name,
			is_wide ? "" : own))
			continue;
		for (size_t j = 0; j < grant->accounts.n; j++) {
			const char *namespace = grant->namespaces.items[j];

			*slot_of(holding, "bound", grant->accounts.items[j],
			    *namespace ? namespace : own) =
			    (void *)(uintptr_t)binding;
			if (*namespace && !*own)
				*slot_of(holding, "bound",
				    grant->accounts.items[j], "") =
				    (void *)(uintptr_t)binding;
		}
	}
}

static const char *account_of(const struct token_use *use)
{
	return use->account.text && *use->account.text ? use->account.text
						       : "default";
}

static bool has(struct holding *holding, const char *what,
    const struct token_use *use)
{
	return *slot_of(holding, what, account_of(use),
		   manifest_namespace(holding->release, use->manifest)) != NULL;
}

static bool lacks_token(struct holding *holding, const struct token_use *use)
{
	return use->mounts == TRI_NO ||
	       (use->mounts == TRI_UNKNOWN && has(holding, "quiet", use));
}

/* Entities are made by collect and const for everybody but relate. */
static void keep_tokenless(
    struct arena *arena, const struct token_use *use, const void *binding)
{
	struct workload *workload = (struct workload *)(uintptr_t)use->workload;
	const struct spot *at = &use->at;
	const struct spot *tool = &use->tool;

	KEEP_RARE(arena, workload, tokenless,
	    fact_at(fact_text(account_of(use)), use->manifest, at->line,
		at->col, at->width));
	KEEP_RARE(arena, workload, tokenless_right, fact_entity(binding));
	if (tool->text)
		KEEP_RARE(arena, workload, tokenless_tool,
		    fact_at(fact_text("kubectl"), use->manifest, tool->line,
			tool->col, tool->width));
}

static void judge_use(struct holding *holding, struct arena *arena,
    const struct token_use *use)
{
	const void *binding = *slot_of(holding, "bound", account_of(use),
	    manifest_namespace(holding->release, use->manifest));

	if (has(holding, "mounted", use) || has(holding, "token", use))
		binding = NULL;
	if (lacks_token(holding, use) && (binding || use->tool.text))
		keep_tokenless(arena, use, binding);
}

void relate_tokens(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct holding holding = {.release = release};
	struct entity_list uses = facts_in_order(&holding.arena, facts, nfacts,
	    offsetof(struct facts, token_uses));
	struct entity_list rights = facts_in_order(
	    &holding.arena, facts, nfacts, offsetof(struct facts, rights));

	if (uses.n) {
		index_rights(&holding, &rights);
		index_bindings(&holding);
	}
	for (size_t i = 0; i < uses.n; i++) {
		const struct token_use *use = uses.items[i];

		if (!lacks_token(&holding, use))
			*slot_of(&holding, "mounted", account_of(use),
			    manifest_namespace(release, use->manifest)) =
			    (void *)(uintptr_t)use;
	}
	for (size_t i = 0; i < uses.n; i++)
		judge_use(&holding, &release->arena, uses.items[i]);
	map_release(&holding.map);
	arena_release(&holding.arena);
	buf_release(&holding.key);
}

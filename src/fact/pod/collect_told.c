/* What containers are told of by name: the Jobs that init containers wait for,
 * and what the pods of a hook delete. */
#include "fact/pod/pod.h"

#include "fact/kind.h"
#include "fact/problem.h"
#include "fact/shell.h"

/* What one container is told, while it is read. */
struct telling {
	struct facts *facts;
	struct buf words; /* texts that could be names, or ANY_JOB */
	bool says_job, says_delete, forgives, goes_on;
};

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.';
}

/* Words that tell kubectl, or images made to wait, that it is a Job. */
static bool says_job(struct slice word)
{
	static const char *const words[] = {"job", "jobs", "jobs.batch",
	    "job.batch", "job-wr", "job-we", "job-w"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return false;
}

/* Whether kubectl is told of Jobs by their labels. */
static bool says_selector(struct slice word)
{
	return slice_starts(word, SLICE("-l")) ||
	       slice_is(word, "--selector") || slice_is(word, "--all");
}

static void add_word(struct facts *facts, struct slice word, struct buf *words)
{
	const char *kept = facts_text(facts, word);

	buf_add(words, &kept, sizeof(kept));
}

/* Whether a command deletes something: kubectl delete, a tool's own
 * delete-completed-job, curl -X DELETE. */
static bool says_delete(struct slice text)
{
	return slice_find(text, SLICE("delete"), 0) >= 0 ||
	       slice_find(text, SLICE("DELETE"), 0) >= 0;
}

static bool says_one_of(struct slice text, const char *const *words)
{
	for (; *words; words++) {
		if (slice_find(text, slice_of(*words), 0) >= 0)
			return true;
	}
	return false;
}

/* Whether a command goes on where what it asks for is not there. */
static bool says_otherwise(struct slice text)
{
	static const char *const words[] = {
	    "||", "not-found", "not found", "NotFound", "if ", NULL};

	return says_one_of(text, words);
}

/* Whether a command goes on whatever comes of what it waits for. */
static bool goes_on(struct slice text)
{
	static const char *const words[] = {
	    "|| true", "||true", "|| :", "||:", "|| echo", NULL};

	return says_one_of(text, words);
}

/* Adds the words of a text that could be names, a variable being any. */
static void add_words(struct telling *telling, struct slice text)
{
	struct facts *facts = telling->facts;
	struct buf *words = &telling->words;
	size_t start = 0;

	telling->says_delete |= says_delete(text);

	for (size_t i = 0; i <= text.len; i++) {
		struct slice word = {text.ptr + start, i - start};

		if (i < text.len && is_name_char(text.ptr[i]))
			continue;
		start = i + 1;
		if (says_selector(word) || (i < text.len && text.ptr[i] == '$'))
			add_word(facts, slice_of(ANY_JOB), words);
		if (!word.len)
			continue;
		telling->says_job |= says_job(word);
		add_word(facts, word, words);
	}
}

/* The same of a shell's text: a comment, or what it only prints, does nothing
 * with what it names. */
static void add_commands(struct telling *telling, struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;

	while (shell_next(&shell, &command)) {
		if (!shell_only_says(shell_body(command.text)))
			add_words(telling, command.text);
	}
}

static void read_container(
    struct telling *telling, const struct node *container)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);

	for (size_t i = 0; argument_at(arguments, i); i++) {
		struct slice text = argument_text(arguments, i);

		telling->forgives |= says_otherwise(text);
		telling->goes_on |= goes_on(text);
		if (argument_at(arguments, i) == script)
			add_commands(telling, text);
		else
			add_words(telling, text);
	}
}

/* Images made to wait are told of Jobs by variables, too: DEPENDENCY_JOBS of
 * kubernetes-entrypoint. */
static void read_variables(
    struct telling *telling, const struct node *container)
{
	const struct node *env = node_get(container, "env");

	for (size_t i = 0; i < node_length(env); i++) {
		struct slice name =
		    scalar_text(node_get(env->items[i], "name"));

		if (slice_find(name, SLICE("JOB"), 0) < 0)
			continue;
		telling->says_job = true;
		add_words(
		    telling, scalar_text(node_get(env->items[i], "value")));
	}
}

/* Whether the name and the arguments of a container say that it waits until
 * the tables of a database are made: check-migrations. */
static bool awaits_schema(const struct node *container)
{
	static const char *const waits[] = {"wait", "check", NULL};
	static const char *const schemas[] = {"migrat", "schema", NULL};
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	struct slice text = {"", 0};
	bool says_wait, says_schema;

	node_to_text(node_get(container, "name"), &text);
	says_wait = says_one_of(text, waits);
	says_schema = says_one_of(text, schemas);
	for (size_t i = 0; argument_at(arguments, i); i++) {
		text = argument_text(arguments, i);
		says_wait |= says_one_of(text, waits);
		says_schema |= says_one_of(text, schemas);
	}
	return says_wait && says_schema;
}

/* Whether the name, the image or the arguments of a container speak of an
 * upgrade: pg_upgrade, "upgrade-db". */
static bool upgrades_data(const struct node *container)
{
	static const char *const words[] = {"upgrade", "UPGRADE", NULL};
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	bool says =
	    says_one_of(scalar_text(node_get(container, "name")), words) ||
	    says_one_of(scalar_text(node_get(container, "image")), words);

	for (size_t i = 0; argument_at(arguments, i); i++)
		says |= says_one_of(argument_text(arguments, i), words);
	return says;
}

/* An init container that is told of a Job waits for it. */
static void collect_waits(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *init = node_get(pod_spec, "initContainers");
	struct workload_seldom *seldom;
	struct buf waits = {0};
	bool forgives = false, goes_on = false;

	for (size_t i = 0; i < node_length(init); i++) {
		struct telling telling = {.facts = facts};

		if (is_sidecar(init->items[i]))
			continue;
		read_container(&telling, init->items[i]);
		read_variables(&telling, init->items[i]);
		if (telling.says_job)
			buf_add_slice(&waits, buf_slice(&telling.words));
		forgives |= telling.says_job && telling.forgives;
		goes_on |= telling.says_job && telling.goes_on;
		buf_release(&telling.words);
		if (upgrades_data(init->items[i]))
			workload_seldom(&facts->arena, workload)
			    ->upgrades_data = true;
		if (!workload->seldom->schema_image &&
		    awaits_schema(init->items[i]))
			workload_seldom(&facts->arena, workload)->schema_image =
			    facts_name(
				facts, node_get(init->items[i], "image"));
	}
	if (waits.len) {
		seldom = workload_seldom(&facts->arena, workload);
		seldom->waits = facts_keep(facts, &waits);
		seldom->nwaits = waits.len / sizeof(*seldom->waits);
		seldom->forgives = forgives;
		seldom->goes_on = goes_on;
	}
	buf_release(&waits);
}

/* A container that deletes something deletes what it is told of. */
static void collect_deletes(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *regular = node_get(pod_spec, "containers");
	struct workload_seldom *seldom;
	struct buf deletes = {0};

	for (size_t i = 0; i < node_length(regular); i++) {
		struct telling telling = {.facts = facts};

		read_container(&telling, regular->items[i]);
		if (telling.says_delete)
			buf_add_slice(&deletes, buf_slice(&telling.words));
		buf_release(&telling.words);
	}
	if (deletes.len) {
		seldom = workload_seldom(&facts->arena, workload);
		seldom->deletes = facts_keep(facts, &deletes);
		seldom->ndeletes = deletes.len / sizeof(*seldom->deletes);
	}
	buf_release(&deletes);
}

void collect_told(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	collect_waits(facts, pod_spec, workload);
	if (workload->manifest->seldom->helm_hook.given ||
	    workload->manifest->seldom->argo_hook.given)
		collect_deletes(facts, pod_spec, workload);
}

/*
 * Commands of containers, probes and hooks to those that cannot do what they
 * say: they are lists of arguments, which the runtime hands to the program as
 * they are (execve), and no shell cuts them, joins them or puts values in them.
 */
#include "fact/command/command.h"

#include "fact/computed.h"
#include "fact/number.h"
#include "fact/shell.h"

#include <string.h>

SIMPLE(command, manifest, fact_entity(command->part.manifest))
SIMPLE(command, workload, fact_entity(command->part.workload))

/* Bytes of a command that a message shows. */
#define MOST_SHOWN 60

/* A command while it is looked at. */
struct looking {
	const struct reading *reading;
	const struct node *container;
	const char *field; /* what runs it */
	struct arguments arguments;
	size_t program_at; /* of the arguments */
};

/* What is wrong with a command. */
struct misspelling {
	const struct node *at;
	const char *fault;
	struct slice text;
	bool is_sure;
};

static bool is_blank_at(struct slice text, size_t i)
{
	return text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '\n';
}

/* The bytes before the first blank. */
static struct slice first_word(struct slice text)
{
	size_t n = 0;

	while (n < text.len && !is_blank_at(text, n))
		n++;
	return (struct slice){text.ptr, n};
}

/* Programs of which nobody has a file "NAME ARGUMENT". */
static const char *const well_known[] = {"bash", "cat", "curl", "echo", "exec",
    "java", "kill", "kubectl", "ls", "nginx", "node", "npm", "pg_isready",
    "pkill", "python", "python3", "redis-cli", "ruby", "sh", "sleep", "test",
    "touch", "wget"};

/* Whether what stands behind a program's name may be a path that has blanks, as
 * of "/opt/My App/run" or of Windows. */
static bool may_be_path(struct slice text, struct slice word)
{
	return memchr(text.ptr, '\\', text.len) ||
	       (memchr(word.ptr, '/', word.len) &&
		   slice_find(text, SLICE(" /"), 0) < 0 &&
		   slice_find(text, SLICE(" -"), 0) < 0);
}

/* ["sleep 10"]: a file of that name is looked for. */
static bool is_one_text(
    const struct looking *looking, struct misspelling *misspelling)
{
	struct slice text =
	    argument_text(looking->arguments, looking->program_at);
	struct slice word;

	text = slice_trim(text);
	word = first_word(text);
	if (word.len == text.len || unfilled_variable(text).len)
		return false;
	misspelling->is_sure = slice_is_among(
	    shell_program_name(word), well_known, COUNT_OF(well_known));
	if (!misspelling->is_sure && may_be_path(text, word))
		return false;
	misspelling->at = argument_at(looking->arguments, looking->program_at);
	misspelling->fault = "program";
	misspelling->text = text;
	return true;
}

/* The index of a script among the arguments, behind the last one when it is
 * none of them. */
static size_t index_of(struct arguments arguments, const struct node *script)
{
	size_t i = 0;

	while (argument_at(arguments, i) && argument_at(arguments, i) != script)
		i++;
	return i;
}

/* What is written behind a script only to give it a name. */
static bool is_only_name(struct arguments arguments, size_t i)
{
	static const char *const names[] = {
	    "--", "-", "_", "sh", "bash", "ash", "dash"};

	return !argument_at(arguments, i + 1) &&
	       slice_is_among(
		   shell_program_name(argument_text(arguments, i)), names,
		   COUNT_OF(names));
}

/* ["sh", "-c", "sleep", "10"]: the 10 is the name of the script, $0, and sleep
 * has no argument (POSIX, sh, operands of -c). */
static bool is_cut_script(
    const struct looking *looking, struct misspelling *misspelling)
{
	struct arguments arguments = looking->arguments;
	const struct node *script = shell_script(arguments, NULL);
	struct slice text = scalar_text(script);
	size_t i = index_of(arguments, script) + 1;

	if (!script || !argument_at(arguments, i) ||
	    first_word(text).len != text.len || !text.len ||
	    memchr(text.ptr, '$', text.len) || memchr(text.ptr, ';', text.len))
		return false;
	if (is_only_name(arguments, i))
		return false;
	misspelling->at = script;
	misspelling->fault = "script";
	misspelling->text = text;
	return true;
}

/* Programs that take what a shell would, or hand it to one. */
static const char *const take_operators[] = {"busybox", "chroot", "cmd",
    "docker", "expr", "find", "kubectl", "parallel", "powershell", "pwsh",
    "script", "ssh", "su", "test", "watch", "xargs", "["};

/* ["sleep", "10", "&&", "stop"] gives sleep three arguments. */
static bool has_operator(
    const struct looking *looking, struct misspelling *misspelling)
{
	static const char *const operators[] = {
	    "&&", "||", "|", ";", ">", ">>", "2>&1", "<", "&"};
	struct arguments arguments = looking->arguments;
	struct slice program = argument_text(arguments, looking->program_at);

	if (shell_is_one(program) ||
	    slice_is_among(shell_program_name(program), take_operators,
		COUNT_OF(take_operators)))
		return false;
	for (size_t i = looking->program_at + 1; argument_at(arguments, i);
	     i++) {
		struct slice text = argument_text(arguments, i);

		if (!slice_is_among(text, operators, COUNT_OF(operators)))
			continue;
		misspelling->at = argument_at(arguments, i);
		misspelling->fault = "operator";
		misspelling->text = text;
		return true;
	}
	return false;
}

/* The name behind a $ at that place, with or without brackets; empty for none.
 * The kubelet puts values in for $(NAME) in what a container runs and in its
 * probes, not in its hooks: ExpandContainerCommandOnlyStatic() in
 * pkg/kubelet/prober, RunInContainer() in pkg/kubelet/lifecycle. */
static struct slice variable_at(struct slice text, size_t i, bool is_hook)
{
	size_t start = i + 1, end;

	if (start < text.len &&
	    (text.ptr[start] == '{' || (text.ptr[start] == '(' && is_hook)))
		start++;
	end = start;
	while (
	    end < text.len &&
	    (text.ptr[end] == '_' ||
		(text.ptr[end] >= 'A' && text.ptr[end] <= 'Z') ||
		(end > start && text.ptr[end] >= '0' && text.ptr[end] <= '9')))
		end++;
	return (struct slice){text.ptr + start, end - start};
}

static bool has_variable(const struct node *container, struct slice name)
{
	const struct node *env = node_get(container, "env");
	struct slice text;

	for (size_t i = 0; i < node_length(env); i++) {
		if (node_to_text(node_get(env->items[i], "name"), &text) &&
		    slice_eq(text, name))
			return true;
	}
	return false;
}

/* Programs that put values of variables in themselves, or to which a $ means
 * something else. */
static const char *const know_variables[] = {"awk", "busybox", "cmd", "egrep",
    "envsubst", "gawk", "grep", "java", "jq", "node", "perl", "php",
    "powershell", "pwsh", "python", "python3", "ruby", "sed", "su"};

/* The first variable of the container in an argument. */
static struct slice variable_in(
    const struct looking *looking, struct slice text, bool is_hook)
{
	for (size_t i = 0; i < text.len; i++) {
		struct slice name = {"", 0};

		if (text.ptr[i] == '$')
			name = variable_at(text, i, is_hook);
		if (name.len && has_variable(looking->container, name))
			return name;
	}
	return (struct slice){"", 0};
}

/* ["curl", "localhost:$PORT"] of a probe or hook asks for "$PORT". */
static bool names_variable(
    const struct looking *looking, struct misspelling *misspelling)
{
	struct arguments arguments = looking->arguments;
	struct slice program = argument_text(arguments, looking->program_at);
	bool is_hook = !strcmp(looking->field, "preStop") ||
		       !strcmp(looking->field, "postStart");

	if (!strcmp(looking->field, "command") || shell_is_one(program) ||
	    slice_is_among(shell_program_name(program), know_variables,
		COUNT_OF(know_variables)))
		return false;
	for (size_t i = looking->program_at; argument_at(arguments, i); i++) {
		misspelling->text =
		    variable_in(looking, argument_text(arguments, i), is_hook);
		if (!misspelling->text.len)
			continue;
		misspelling->at = argument_at(arguments, i);
		misspelling->fault = "variable";
		return true;
	}
	return false;
}

/* A number and a unit, as sleep(1) takes them. */
static bool is_time(struct slice text)
{
	double number;

	return take_number(&text, &number) &&
	       (!text.len || (text.len == 1 && strchr("smhd", *text.ptr)));
}

static bool begins_with_digit(struct slice text)
{
	return text.len && *text.ptr >= '0' && *text.ptr <= '9';
}

/* ["sleep", "10sec"]: with that it sleeps not at all.  What begins with no
 * digit is a variable, an option or "infinity". */
static bool has_no_time(
    const struct looking *looking, struct misspelling *misspelling)
{
	struct arguments arguments = looking->arguments;
	size_t i = looking->program_at;

	if (!slice_is(shell_program_name(argument_text(arguments, i)), "sleep"))
		return false;
	for (i++; argument_at(arguments, i); i++) {
		misspelling->text = argument_text(arguments, i);
		if (!begins_with_digit(misspelling->text) ||
		    is_time(misspelling->text))
			continue;
		misspelling->at = argument_at(arguments, i);
		misspelling->fault = "time";
		misspelling->is_sure = true;
		return true;
	}
	return false;
}

/* A text in one line, cut where it is long. */
static struct fact shown(struct facts *facts, struct slice text)
{
	struct buf buf = {0};
	struct fact fact;

	for (size_t i = 0; i < text.len && i < MOST_SHOWN; i++)
		buf_add_char(&buf, is_blank_at(text, i) ? ' ' : text.ptr[i]);
	if (text.len > MOST_SHOWN)
		buf_add_text(&buf, " ...");
	fact = fact_text(facts_text(facts, buf_slice(&buf)));
	buf_release(&buf);
	return fact;
}

static void add_command(
    const struct looking *looking, const struct misspelling *misspelling)
{
	struct facts *facts = looking->reading->facts;
	struct slice program =
	    argument_text(looking->arguments, looking->program_at);
	struct misspelt_command *command =
	    arena_alloc(&facts->arena, sizeof(*command));

	command->part = part_at(looking->reading, misspelling->at);
	command->field = fact_text(looking->field);
	command->container =
	    fact_text(facts_name(facts, node_get(looking->container, "name")));
	command->fault = fact_text(misspelling->fault);
	command->text =
	    facts_placed(shown(facts, misspelling->text), misspelling->at);
	command->program = shown(facts, first_word(slice_trim(program)));
	command->is_sure = fact_bool(misspelling->is_sure);
	vector_add(&facts->lists[ENTITY_command], command);
}

static void look_at(struct looking looking, const char *field,
    const struct node *first, const struct node *second)
{
	struct misspelling misspelling = {0};

	if (!node_length(first))
		return;
	looking.field = field;
	looking.arguments = (struct arguments){first, second};
	looking.program_at = shell_program_at(looking.arguments);
	if (is_one_text(&looking, &misspelling) ||
	    is_cut_script(&looking, &misspelling) ||
	    has_operator(&looking, &misspelling) ||
	    has_no_time(&looking, &misspelling) ||
	    names_variable(&looking, &misspelling))
		add_command(&looking, &misspelling);
}

static void look_at_container(
    const struct reading *reading, const struct node *container)
{
	static const char *const hooks[] = {"preStop", "postStart"};
	static const char *const probes[] = {
	    "readinessProbe", "livenessProbe", "startupProbe"};
	struct looking looking = {.reading = reading, .container = container};

	look_at(looking, "command", node_get(container, "command"),
	    node_get(container, "args"));
	for (size_t i = 0; i < COUNT_OF(hooks); i++)
		look_at(looking, hooks[i],
		    node_find(container, "lifecycle", hooks[i], "exec",
			"command", NULL),
		    NULL);
	for (size_t i = 0; i < COUNT_OF(probes); i++)
		look_at(looking, probes[i],
		    node_find(container, probes[i], "exec", "command", NULL),
		    NULL);
}

static void look_at_list(
    const struct reading *reading, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++)
		look_at_container(reading, containers->items[i]);
}

void collect_commands(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload)
{
	const struct reading reading = {
	    .facts = facts,
	    .manifest = workload->manifest,
	    .workload = workload,
	    .object = object,
	};

	look_at_list(&reading, node_get(pod_spec, "initContainers"));
	look_at_list(&reading, node_get(pod_spec, "containers"));
}

/* Containers that do nothing but wait: they hold a place on a node, or keep a
 * pod alive whose init containers have pulled images. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/shell.h"

#include <string.h>

/* registry.k8s.io/pause, google_containers/pause-amd64, mirrored anywhere. */
static bool is_pause_image(const char *image_name)
{
	const char *slash = strrchr(image_name, '/');
	struct slice last = slice_of(slash ? slash + 1 : image_name);

	return slice_is(last, "pause") || slice_starts(last, SLICE("pause-"));
}

static bool is_program(struct slice word, const char *name)
{
	struct slice text = slice_of(name);

	return slice_eq(word, text) ||
	       (slice_ends(word, text) && word.len > text.len &&
		   word.ptr[word.len - text.len - 1] == '/');
}

/* sleep for any time, tail of an empty file, wait: only signals end these. */
static bool waits(struct slice program, struct slice first_argument,
    struct slice second_argument)
{
	if (is_program(program, "sleep") || is_program(program, "pause") ||
	    slice_is(program, "wait"))
		return true;
	return is_program(program, "tail") && slice_is(first_argument, "-f") &&
	       slice_is(second_argument, "/dev/null");
}

/* A piece of a script that waits, says something, or only repeats what does.
 */
static bool command_waits(struct slice command)
{
	struct slice body = shell_body(command), words[3] = {{"", 0}};
	static const char *const harmless[] = {
	    "", "done", "fi", "exec", "trap", "true", "exit"};

	if (shell_only_says(body))
		return true;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		shell_argument(&body, &words[i]);
		if (i == 0 && slice_is(words[0], "exec"))
			shell_argument(&body, &words[0]);
	}
	for (size_t i = 0; i < COUNT_OF(harmless); i++) {
		if (slice_is(words[0], harmless[i]))
			return true;
	}
	return waits(words[0], words[1], words[2]);
}

static bool script_waits(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	size_t n = 0;

	while (shell_next(&shell, &command)) {
		if (!command_waits(command.text))
			return false;
		n++;
	}
	return n && !shell.is_broken;
}

bool only_waits(const struct node *node, const struct container *container)
{
	struct arguments arguments = {
	    node_get(node, "command"), node_get(node, "args")};
	const struct node *script = shell_script(arguments, NULL);
	struct slice text;

	if (node_to_text(script, &text))
		return script_waits(text);
	if (argument_at(arguments, 0))
		return waits(argument_text(arguments, 0),
		    argument_text(arguments, 1), argument_text(arguments, 2));
	return is_pause_image(container->image_name);
}

/* All containers of its pods do. */
struct fact fact_workload_only_waits(
    const struct release *release, const struct workload *workload)
{
	const struct entity_list *list = &workload->container_list;

	(void)release;
	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		if (!container->only_waits.boolean)
			return fact_bool(false);
	}
	return fact_bool(list->n > 0);
}

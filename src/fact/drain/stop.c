/* What a preStop command runs that gives requests no time to end. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/shell.h"

#include <string.h>

RARE(container, prestop_stops)

/* Commands that stop a server at once: nginx.org/en/docs/control.html,
 * httpd.apache.org/docs/2.4/stopping.html, and SIGKILL. */
static const char *const stops[] = {"nginx -s stop", "httpd -k stop",
    "apachectl -k stop", "apache2ctl -k stop", "pkill -9", "pkill -KILL",
    "killall -9", "killall -KILL"};

/* Adds a word behind the others; of the first, the program, without a folder.
 */
static void add_word(struct buf *words, struct slice word)
{
	size_t start = 0;

	for (size_t i = 0; !words->len && i < word.len; i++) {
		if (word.ptr[i] == '/')
			start = i + 1;
	}
	buf_printf(words, "%s%.*s", words->len ? " " : "",
	    (int)(word.len - start), word.ptr + start);
}

static const char *stop_in(const struct buf *words)
{
	for (size_t i = 0; i < COUNT_OF(stops); i++) {
		if (slice_starts(buf_slice(words), slice_of(stops[i])))
			return stops[i];
	}
	return NULL;
}

static const char *stop_in_script(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	struct buf words = {0};
	const char *stop = NULL;

	while (!stop && shell_next(&shell, &command)) {
		struct slice rest = shell_body(command.text), word;

		buf_clear(&words);
		while (!shell_only_says(command.text) &&
		       shell_argument(&rest, &word))
			add_word(&words, shell_unquoted(word));
		stop = stop_in(&words);
	}
	buf_release(&words);
	return stop;
}

static const char *stop_in_list(struct arguments arguments)
{
	struct buf words = {0};
	const char *stop;

	for (size_t i = 0; argument_at(arguments, i); i++)
		add_word(&words, argument_text(arguments, i));
	stop = stop_in(&words);
	buf_release(&words);
	return stop;
}

void collect_prestop_stop(
    struct facts *facts, const struct node *node, struct container *container)
{
	const struct node *command =
	    node_find(node, "lifecycle", "preStop", "exec", "command", NULL);
	struct arguments arguments = {command, NULL};
	const struct node *script = shell_script(arguments, NULL);
	const char *stop =
	    script ? stop_in_script(script->text) : stop_in_list(arguments);

	if (stop)
		KEEP_RARE(&facts->arena, container, prestop_stops,
		    facts_placed(fact_text(stop), script ? script : command));
}

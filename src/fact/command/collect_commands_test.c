/* Commands that are written for a shell and are given to none. */
#include "fact/command/command.h"
#include "fact/test_release.h"

/* A container with that at its end; env has PORT. */
static const char pod[] = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
			  "spec:\n  containers:\n  - name: c\n"
			  "    env: [{name: PORT, value: '1'}, {name: A_Z09}]\n"
			  "    %s\n";

/* Faults and words of all that are found, in their order. */
static void expect(const char *yaml, const char *wanted)
{
	struct test_release test;
	struct buf text = {0}, found = {0};
	const struct entity_list *list;

	buf_printf(&text, pod, yaml);
	test_release_init(&test, buf_text(&text), NULL);
	list = &test.release->lists[ENTITY_command];
	for (size_t i = 0; i < list->n; i++) {
		const struct misspelt_command *command = list->items[i];

		buf_printf(&found, "%s %s: %s%s\n", command->field.text,
		    command->fault.text, command->text.text,
		    command->is_sure.boolean ? " (sure)" : "");
	}
	cr_assert_str_eq(buf_text(&found), wanted, "of %s", yaml);
	test_release_free(&test);
	buf_release(&found);
	buf_release(&text);
}

Test(fact_command, one_text_for_a_program)
{
	expect("command: ['sleep 10']", "command program: sleep 10 (sure)\n");
	expect("command: ['/bin/sh -c true']",
	    "command program: /bin/sh -c true (sure)\n");
	expect("command: [tini, --, 'java -jar a.jar']",
	    "command program: java -jar a.jar (sure)\n");
	expect("command: ['serve --fast']", "command program: serve --fast\n");
	expect("lifecycle: {postStart: {exec: {command: ['touch /a']}}}",
	    "postStart program: touch /a (sure)\n");
	expect("command: [sleep, '10']", "");
	expect("command: ['sleep ']", "");
	expect("args: ['sleep 10']", "");
	/* These may be names of files. */
	expect("command: ['/opt/My App/run']", "");
	expect("command: ['C:\\Program Files\\a.exe']", "");
	expect("command: ['${COMMAND} now']", "");
}

Test(fact_command, script_whose_arguments_are_apart)
{
	expect("command: [sh, -c, sleep, '10']", "command script: sleep\n");
	expect("command: [sh, -c]\n    args: [java, -jar]",
	    "command script: java\n");
	expect("command: [sh, -c, 'sleep 10', name]", "");
	expect("command: [sh, -c, 'run.sh', --]", "");
	expect("command: [sh, -c, 'run.sh', /bin/sh]", "");
	expect("command: [sh, -c, '$0', run]", "");
	expect("command: [sh, -c, 'a;b', run]", "");
	expect("command: [sh, -c, 'a;', run]", "");
	expect("command: [sh, -c, 'a$', run]", "");
	expect("command: [sh, run.sh, a]", "");
	expect("command: [sh, -c, sleep]", "");
}

Test(fact_command, operator_that_is_an_argument)
{
	expect("command: [sleep, '1', '&&', stop]", "command operator: &&\n");
	expect(
	    "command: [stop]\n    args: [a, '|', b]", "command operator: |\n");
	expect("command: [find, /, -exec, rm, ';']", "");
	expect("command: [ssh, host, a, '&&', b]", "");
	expect("command: [bash, run.sh, '&&']", "");
	expect("args: [a, '&&', b]", "");
}

Test(fact_command, time_that_is_none)
{
	expect("command: [sleep, 10sec]", "command time: 10sec (sure)\n");
	expect(
	    "command: [/bin/sleep, '5', 2min]", "command time: 2min (sure)\n");
	expect("command: [sleep, 0sec]", "command time: 0sec (sure)\n");
	expect("command: [sleep, 9sec]", "command time: 9sec (sure)\n");
	expect("command: [sleep, 1.5]", "");
	expect("command: [sleep, 1m, 2h]", "");
	expect("command: [sleep, infinity]", "");
	expect("command: [sleep, '$(PORT)']", "");
	expect("command: [wait, 10sec]", "");
}

/* The kubelet puts $(PORT) in for all but hooks. */
Test(fact_command, variable_that_nobody_puts_in)
{
	expect("livenessProbe: {exec: {command: [curl, 'a:$PORT']}}",
	    "livenessProbe variable: PORT\n");
	expect("startupProbe: {exec: {command: [curl, 'a:${PORT}/']}}",
	    "startupProbe variable: PORT\n");
	expect("lifecycle: {preStop: {exec: {command: [curl, 'a:$(PORT)']}}}",
	    "preStop variable: PORT\n");
	expect("readinessProbe: {exec: {command: [curl, 'a:$(PORT)']}}", "");
	expect("startupProbe: {exec: {command: [curl, 'a:$A_Z09/']}}",
	    "startupProbe variable: A_Z09\n");
	expect("readinessProbe: {exec: {command: [curl, 'a:$PORTS']}}", "");
	expect("readinessProbe: {exec: {command: [curl, 'a:$']}}", "");
	expect("readinessProbe: {exec: {command: [grep, 'a:$PORT']}}", "");
	expect("readinessProbe: {exec: {command: [sh, -c, 'a $PORT']}}", "");
	expect("command: [serve, '--port=$PORT']", "");
}

/* A message shows its start, in one line. */
Test(fact_command, long_texts_are_cut)
{
	expect("command: [\"sleep 1 01234567890123456789012345678901234567890"
	       "12345678901\"]",
	    "command program: sleep 1 0123456789012345678901234567890123456789"
	    "012345678901 (sure)\n");
	expect("command: [\"sleep 1\\n01234567890123456789012345678901234567890"
	       "123456789012345678\"]",
	    "command program: sleep 1 "
	    "0123456789012345678901234567890123456789012345678901 ... (sure)"
	    "\n");
}

/* The options that were given, and the task -> those that it would ignore. */
#include "cli/task_options.h"

#include <string.h>

static unsigned task_of(const struct options *options)
{
	return options->action == ACTION_LINT && options->diff
		   ? TASK_DIFF
		   : TASK(options->action);
}

/* Whether the option says to do one of the tasks. */
static bool is_one_of(const struct option_row *row, unsigned tasks)
{
	if (row->effect == OPTION_ACTION)
		return tasks & TASK(row->action);
	return (tasks & TASK_DIFF) && row->name && !strcmp(row->name, "diff");
}

/* As it is written on the command line. */
static void add_name(struct buf *buf, const struct option_row *row)
{
	if (row->name)
		buf_printf(buf, "--%s", row->name);
	else
		buf_printf(buf, "-%c", row->letter);
}

/* The first option that says to do one of the tasks. */
static void add_task(struct buf *buf, unsigned tasks)
{
	size_t n, i = 0;
	const struct option_row *rows = option_rows(&n);

	while (i + 1 < n && !is_one_of(&rows[i], tasks))
		i++;
	add_name(buf, &rows[i]);
}

static bool is_ignored(const struct option_row *row, unsigned task)
{
	return row->effect != OPTION_ACTION && !is_one_of(row, task) &&
	       !(row->tasks & task);
}

static bool is_about_program(const struct option_row *row)
{
	return row->effect == OPTION_ACTION &&
	       (row->action == ACTION_HELP || row->action == ACTION_VERSION);
}

bool option_is_task(const struct option_row *row)
{
	return is_one_of(row, ~0u) && !is_about_program(row);
}

bool option_goes_with(
    const struct option_row *row, const struct option_row *task)
{
	unsigned bit = task->effect == OPTION_ACTION ? TASK(task->action)
						     : TASK_DIFF;

	if (row == task || is_about_program(row))
		return true;
	return row->tasks & bit;
}

static int refuse_for_linting(const struct option_row *row, struct fault *fault)
{
	struct buf sentence = {0};

	add_name(&sentence, row);
	buf_add_text(&sentence, " goes with ");
	add_task(&sentence, row->tasks);
	fault_set(fault, "%s", buf_text(&sentence));
	buf_release(&sentence);
	return -1;
}

int task_options_check(
    const struct options *options, const bool *given, struct fault *fault)
{
	unsigned task = task_of(options);
	struct buf names = {0}, name = {0};
	size_t n, nignored = 0;
	const struct option_row *rows = option_rows(&n);

	for (size_t i = 0; i < n; i++) {
		if (!given[i] || !is_ignored(&rows[i], task))
			continue;
		if (task == TASK(ACTION_LINT))
			return refuse_for_linting(&rows[i], fault);
		buf_add_text(&names, nignored++ ? ", " : "");
		add_name(&names, &rows[i]);
	}
	add_task(&name, task);
	if (nignored)
		fault_set(fault, "%s has no use for %s; leave %s out",
		    buf_text(&name), buf_text(&names),
		    nignored == 1 ? "it" : "them");
	buf_release(&names);
	buf_release(&name);
	return nignored ? -1 : 0;
}

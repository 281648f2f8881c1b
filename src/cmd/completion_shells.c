/*
 * Completions as programs of bash, fish and zsh: lists of what there is between
 * lines that are always the same.  Words are ids and names, which no shell
 * reads anything into; sentences are quoted.
 */
#include "cmd/completion.h"

#include "cli/task_options.h"

#include <string.h>

static bool is_optional(const struct completion *item)
{
	return item->row->argument && *item->row->argument == '[';
}

/* "--name" or "-l", and both with between between them. */
static void add_names(
    struct buf *out, const struct option_row *row, const char *between)
{
	if (row->name)
		buf_printf(out, "--%s", row->name);
	if (row->name && row->letter)
		buf_add_text(out, between);
	if (row->letter)
		buf_printf(out, "-%c", row->letter);
}

/* A sentence inside single quotes, with what stands for a quote there; before
 * brackets goes a backslash when marks is true. */
static void add_quoted(
    struct buf *out, const char *text, const char *quote, bool marks)
{
	for (; *text; text++) {
		if (marks && strchr("[]:\\", *text))
			buf_add_char(out, '\\');
		if (*text == '\'')
			buf_add_text(out, quote);
		else
			buf_add_char(out, *text);
	}
}

static const char *bash_action(const struct completion *item)
{
	switch (item->taken) {
	case TAKEN_FILE: return "return";
	case TAKEN_FOLDER: return "_rolloutlint_folders; return";
	case TAKEN_TEXT: return "_rolloutlint_nothing; return";
	case TAKEN_LEVEL: return "words=$levels";
	case TAKEN_WORD:
		return is_optional(item) ? "[[ -z $is_value ]] || words="
					 : "words=";
	case TAKEN_NOTHING: break;
	}
	return NULL;
}

/* "	--name | -l) what to do ;;" */
static void add_bash_case(struct buf *out, const struct completion *item)
{
	const char *action = bash_action(item);

	if (!action)
		return;
	buf_add_char(out, '\t');
	add_names(out, item->row, " | ");
	buf_printf(out, ") %s", action);
	if (item->taken == TAKEN_WORD)
		buf_printf(out, "'%s'", item->words);
	buf_add_text(out, " ;;\n");
}

/* The names of the options that go with the task, or that do not; of all when
 * task is NULL. */
static void add_options(struct buf *out, const struct completions *all,
    const struct option_row *task, bool goes)
{
	const char *blank = "";

	for (size_t i = 0; i < all->n; i++) {
		const struct option_row *row = all->items[i].row;

		if (task && option_goes_with(row, task) != goes)
			continue;
		buf_add_text(out, blank);
		add_names(out, row, " ");
		blank = " ";
	}
}

static void add_bash_lists(const struct completions *all, struct buf *out)
{
	buf_add_text(out, "\tlocal options='");
	add_options(out, all, NULL, true);
	buf_add_text(out, "'\n");
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].taken == TAKEN_LEVEL)
			buf_printf(out, "\tlocal leveled='%s'\n",
			    all->items[i].words);
	}
}

/* What is left to offer behind a task. */
static void add_bash_tasks(const struct completions *all, struct buf *out)
{
	buf_add_text(out,
	    "\tfor word in \"${COMP_WORDS[@]:0:COMP_CWORD}\"; do\n"
	    "\t\tcase $word in\n");
	for (size_t i = 0; i < all->n; i++) {
		const struct option_row *task = all->items[i].row;

		if (!option_is_task(task))
			continue;
		buf_printf(out, "\t\t--%s) options='", task->name);
		add_options(out, all, task, true);
		buf_add_text(out, "' ;;\n");
	}
	buf_add_text(out, "\t\tesac\n\tdone\n");
}

void completion_for_bash(const struct completions *all, struct buf *out)
{
	buf_add_text(out,
	    "# Printed by rolloutlint --completion bash.\n"
	    "_rolloutlint_folders()\n"
	    "{\n"
	    "\tlocal IFS=$'\\n'\n"
	    "\tCOMPREPLY=($(compgen -d -- \"$cur\"))\n"
	    "\tcompopt -o filenames 2>/dev/null\n"
	    "}\n"
	    "\n"
	    "_rolloutlint_nothing()\n"
	    "{\n"
	    "\tcompopt +o default +o bashdefault 2>/dev/null\n"
	    "}\n"
	    "\n"
	    "_rolloutlint()\n"
	    "{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tlocal option=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tlocal is_value= words= levels=' error no-error' word\n");
	add_bash_lists(all, out);
	buf_add_text(out,
	    "\n"
	    "\tCOMPREPLY=()\n"
	    "\tfor word in $leveled; do levels+=\" $word no-$word\"; done\n"
	    "\t# Readline makes a word of each \"=\".\n"
	    "\tif [[ $cur == = ]]; then\n"
	    "\t\tcur= is_value=1\n"
	    "\telif [[ $option == = ]]; then\n"
	    "\t\toption=${COMP_WORDS[COMP_CWORD-2]} is_value=1\n"
	    "\tfi\n");
	add_bash_tasks(all, out);
	buf_add_text(out,
	    "\tcase $option in\n"
	    "\t-Werror | -Wno-error) words=${is_value:+$leveled} ;;\n");
	for (size_t i = 0; i < all->n; i++)
		add_bash_case(out, &all->items[i]);
	buf_add_text(out,
	    "\tesac\n"
	    "\tif [[ -n $words ]]; then\n"
	    "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	    "\telif [[ -z $is_value && $cur == -W* ]]; then\n"
	    "\t\tCOMPREPLY=($(compgen -P -W -W \"$levels\" -- "
	    "\"${cur#-W}\"))\n"
	    "\telif [[ -z $is_value && $cur == -* ]]; then\n"
	    "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
	    "\tfi\n"
	    "}\n"
	    "complete -o bashdefault -o default -F _rolloutlint "
	    "rolloutlint\n");
}

/* What fish offers behind the option. */
static void add_fish_choices(struct buf *out, const struct completion *item)
{
	switch (item->taken) {
	case TAKEN_NOTHING: break;
	case TAKEN_TEXT: buf_add_text(out, " -x"); break;
	case TAKEN_FILE: buf_add_text(out, " -r -F"); break;
	case TAKEN_FOLDER:
		buf_add_text(out, " -x -a '(__fish_complete_directories)'");
		break;
	case TAKEN_LEVEL:
		buf_add_text(out, " -x -a '(__rolloutlint_levels)'");
		break;
	case TAKEN_WORD:
		if (item->row->action == ACTION_EXPLAIN)
			buf_add_text(out, " -x -a '(__rolloutlint_rules)'");
		else
			buf_printf(out, "%s -a '%s'",
			    is_optional(item) ? "" : " -x",
			    item->words);
		break;
	}
}

/* Not behind a task that the option does not go with. */
static void add_fish_condition(struct buf *out, const struct completions *all,
    const struct option_row *row)
{
	struct buf tasks = {0};
	bool always = true;

	for (size_t i = 0; i < all->n; i++) {
		const struct option_row *task = all->items[i].row;

		if (!option_is_task(task))
			continue;
		if (option_goes_with(row, task))
			buf_printf(&tasks, " --%s", task->name);
		else
			always = false;
	}
	if (!always)
		buf_printf(out, " -n '__rolloutlint_takes%s'",
		    buf_text(&tasks));
	buf_release(&tasks);
}

/* Whether what the line has so far takes an option of the tasks in $argv. */
static void add_fish_tasks(const struct completions *all, struct buf *out)
{
	buf_add_text(out,
	    "\n"
	    "function __rolloutlint_takes\n"
	    "    for word in (commandline -opc)\n"
	    "        switch (string replace -r '=.*' '' -- $word)\n"
	    "            case");
	for (size_t i = 0; i < all->n; i++) {
		if (option_is_task(all->items[i].row))
			buf_printf(out, " --%s", all->items[i].row->name);
	}
	buf_add_text(out,
	    "\n"
	    "                contains -- (string replace -r '=.*' '' -- $word) "
	    "$argv\n"
	    "                return $status\n"
	    "        end\n"
	    "    end\n"
	    "    return 0\n"
	    "end\n\n");
}

static void add_fish_option(struct buf *out, const struct completions *all,
    const struct completion *item)
{
	buf_add_text(out, "complete -c rolloutlint");
	add_fish_condition(out, all, item->row);
	if (item->row->name)
		buf_printf(out, " -l %s", item->row->name);
	if (item->row->letter)
		buf_printf(out, " -s %c", item->row->letter);
	buf_add_text(out, " -d '");
	add_quoted(out, item->help, "\\'", false);
	buf_add_char(out, '\'');
	add_fish_choices(out, item);
	buf_add_char(out, '\n');
}

static void add_fish_levels(struct buf *out, const struct completion *item)
{
	buf_printf(out,
	    "\n"
	    "function __rolloutlint_levels\n"
	    "    set -l names %s\n"
	    "    printf '%%s\\n' error no-error $names no-$names "
	    "error=$names no-error=$names\n"
	    "end\n\n",
	    item->words);
}

/* Fish shows what a rule finds beside its id. */
void completion_for_fish(const struct completions *all, struct buf *out)
{
	buf_add_text(out,
	    "# Printed by rolloutlint --completion fish.\n"
	    "function __rolloutlint_rules\n"
	    "    printf '%s\\t%s\\n' \\\n");
	for (size_t i = 0; i < all->nkinds; i++) {
		const struct diag_kind *kind = all->kinds[i];

		buf_printf(out, "        %s '", kind->id);
		add_quoted(out, kind->title ? kind->title : kind->message,
		    "\\'", false);
		buf_printf(out, "'%s\n", i + 1 < all->nkinds ? " \\" : "");
	}
	buf_add_text(out, "end\n");
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].taken == TAKEN_LEVEL)
			add_fish_levels(out, &all->items[i]);
	}
	add_fish_tasks(all, out);
	for (size_t i = 0; i < all->n; i++)
		add_fish_option(out, all, &all->items[i]);
}

/* A word, or a word and a file. */
static void add_zsh_words(struct buf *out, const struct completion *item)
{
	if (strstr(item->row->argument, "=FILE"))
		buf_printf(out,
		    "{if compset -P \"*=\"; then _files; else compadd - %s; "
		    "fi}",
		    item->words);
	else
		buf_printf(out, "(%s)", item->words);
}

/* What zsh's _arguments offers behind the option. */
static void add_zsh_choices(struct buf *out, const struct completion *item)
{
	const char *name = item->row->argument;

	if (item->taken == TAKEN_NOTHING)
		return;
	buf_add_text(out, is_optional(item) ? "::" : ":");
	add_quoted(out, name, "", true);
	buf_add_char(out, ':');
	switch (item->taken) {
	case TAKEN_TEXT:
	case TAKEN_NOTHING: buf_add_char(out, ' '); break;
	case TAKEN_FILE: buf_add_text(out, "_files"); break;
	case TAKEN_FOLDER: buf_add_text(out, "_files -/"); break;
	case TAKEN_LEVEL: buf_add_text(out, "_rolloutlint_levels"); break;
	case TAKEN_WORD: add_zsh_words(out, item); break;
	}
}

/* The names in the forms that say whether and where an argument follows. */
static void add_zsh_names(struct buf *out, const struct completion *item)
{
	const struct option_row *row = item->row;
	bool takes = item->taken != TAKEN_NOTHING;
	const char *end = is_optional(item) ? "=-" : takes ? "=" : "";

	if (row->name && row->letter)
		buf_printf(out, "{--%s%s,-%c%s}'", row->name, end, row->letter,
		    takes ? "+" : "");
	else if (row->name)
		buf_printf(out, "'--%s%s", row->name, end);
	else
		buf_printf(out, "'-%c+", row->letter);
}

static void add_zsh_option(struct buf *out, const struct completions *all,
    const struct completion *item)
{
	buf_add_text(out, " \\\n    '");
	if (option_is_task(item->row)) {
		buf_add_char(out, '(');
		add_options(out, all, item->row, false);
		buf_add_char(out, ')');
	}
	buf_add_text(out, "*'");
	add_zsh_names(out, item);
	buf_add_char(out, '[');
	add_quoted(out, item->help, "'\\''", true);
	buf_add_char(out, ']');
	add_zsh_choices(out, item);
	buf_add_char(out, '\'');
}

static void add_zsh_levels(struct buf *out, const struct completion *item)
{
	buf_printf(out,
	    "_rolloutlint_levels() {\n"
	    "    local -a names=(%s)\n"
	    "    if compset -P '(no-|)error='; then\n"
	    "        compadd -a names\n"
	    "    else\n"
	    "        compadd - error no-error $names no-${^names}\n"
	    "    fi\n"
	    "}\n\n",
	    item->words);
}

/* Every option may be offered again: the last one counts, or all of them; but
 * not behind a task that it does not go with. */
void completion_for_zsh(const struct completions *all, struct buf *out)
{
	buf_add_text(out,
	    "#compdef rolloutlint\n"
	    "# Printed by rolloutlint --completion zsh.\n");
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].taken == TAKEN_LEVEL)
			add_zsh_levels(out, &all->items[i]);
	}
	buf_add_text(out,
	    "_rolloutlint() {\n"
	    "    _arguments -s -S");
	for (size_t i = 0; i < all->n; i++)
		add_zsh_option(out, all, &all->items[i]);
	/* zsh calls the file where it has found it by itself; whoever reads it
	 * as a script wants it from then on. */
	buf_add_text(out,
	    " \\\n    '*:file:_files'\n"
	    "}\n\n"
	    "if [[ $funcstack[1] == _rolloutlint ]]; then\n"
	    "    _rolloutlint \"$@\"\n"
	    "else\n"
	    "    compdef _rolloutlint rolloutlint\n"
	    "fi\n");
}

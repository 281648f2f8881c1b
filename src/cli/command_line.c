/* The words of the command line -> options, by the table of their rows. */
#include "cli/command_line.h"

#include "base/nearest.h"
#include "cli/check_options.h"
#include "cli/foreign_options.h"
#include "cli/option_rows.h"

#include <getopt.h>
#include <string.h>

/* getopt_long() returns letters, and from here on the index of a named row. */
#define FIRST_NAME 256

static void *field_of(struct options *options, size_t offset)
{
	return (char *)options + offset;
}

/* Where the texts of options begin, and how wide a terminal is. */
#define HELP_COLUMN 26
#define HELP_WIDTH 80

/* The words of text, from HELP_COLUMN on. */
static void add_wrapped(struct buf *buf, const char *text)
{
	size_t column = HELP_COLUMN;

	while (*text) {
		size_t len = strcspn(text, " \n");
		bool first = column == HELP_COLUMN;

		if (!first && column + 1 + len > HELP_WIDTH) {
			buf_printf(buf, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
			first = true;
		}
		buf_printf(buf, "%s%.*s", first ? "" : " ", (int)len, text);
		column += len + !first;
		text += len + (text[len] != '\0');
	}
	buf_add_char(buf, '\n');
}

static void help_row(struct buf *buf, const struct option_row *row)
{
	const char *argument = row->argument;
	struct buf left = {0};

	if (!row->name) {
		buf_add_text(buf, row->help);
		return;
	}
	buf_printf(&left, "  --%s", row->name);
	if (argument && *argument == '[')
		buf_printf(
		    &left, "[=%.*s]", (int)strlen(argument) - 2, argument + 1);
	else if (argument)
		buf_printf(&left, " %s", argument);
	if (row->letter)
		buf_printf(&left, ", -%c%s%s", row->letter, argument ? " " : "",
		    argument ? argument : "");
	if (left.len < HELP_COLUMN)
		buf_printf(buf, "%-*s", HELP_COLUMN, buf_text(&left));
	else
		buf_printf(buf, "%s\n%*s", buf_text(&left), HELP_COLUMN, "");
	add_wrapped(buf, row->help);
	buf_release(&left);
}

void options_help(struct buf *buf)
{
	size_t n;
	const struct option_row *rows = option_rows(&n);

	buf_add_text(buf,
	    "usage: helm template RELEASE CHART | rolloutlint [OPTION]... "
	    "[FILE]...\n\n"
	    "Holds a rendered release to its rollout safety contract. Reads "
	    "standard input\nwithout a FILE, or for the FILE -.\n\n");
	for (size_t i = 0; i < n; i++) {
		const char *heading = option_heading(&rows[i]);

		if (heading)
			buf_printf(buf, "%s%s\n", i ? "\n" : "", heading);
		help_row(buf, &rows[i]);
	}
	buf_add_text(buf, "\nFormats:\n");
	for (size_t i = 0; sink_at(i); i++)
		buf_printf(
		    buf, "  %-23s %s\n", sink_at(i)->name, sink_at(i)->meaning);
	buf_add_text(buf, "\nExit status: 0 nothing found at the level of "
			  "--fail-on or above, 1 findings,\n2 an error: "
			  "something could not be read, checked or written.\n");
}

/* The row of what getopt_long() has returned: FIRST_NAME and the index of a row
 * for a name, else a letter; NULL: no row has it. */
static const struct option_row *find_row(int key)
{
	size_t n;
	const struct option_row *rows = option_rows(&n);

	if (key >= FIRST_NAME)
		return &rows[key - FIRST_NAME];
	for (size_t i = 0; i < n; i++) {
		if (rows[i].letter == key)
			return &rows[i];
	}
	return NULL;
}

static void add_to_list(
    struct options *options, const struct option_row *row, const char *argument)
{
	const char ***items = field_of(options, row->field);
	size_t *n = field_of(options, row->count);

	(*items)[(*n)++] = argument;
}

/* One of two would be ignored. */
static int check_repeat(
    const struct option_row *row, bool is_repeated, struct fault *fault)
{
	if (is_repeated && row->repeat == REPEAT_REFUSED)
		return fault_set(fault,
		    "--%s is given twice, and only one of the two could count",
		    row->name);
	return 0;
}

/* Nothing else is done for --help and --version, wherever they stand. */
static bool is_about_program(enum action action)
{
	return action == ACTION_HELP || action == ACTION_VERSION;
}

static int set_action(struct options *options, const struct option_row *row,
    const char *argument, struct fault *fault)
{
	if (options->action != ACTION_LINT && options->action != row->action &&
	    !is_about_program(options->action) &&
	    !is_about_program(row->action))
		return fault_set(fault,
		    "--%s and another option each say what to do instead of "
		    "linting; give one of them",
		    row->name);
	if (!is_about_program(options->action))
		options->action = row->action;
	if (row->field)
		*(const char **)field_of(options, row->field) = argument;
	return 0;
}

static int apply(struct options *options, const struct option_row *row,
    const char *argument, struct fault *fault)
{
	switch (row->effect) {
	case OPTION_TEXT:
		*(const char **)field_of(options, row->field) = argument;
		return 0;
	case OPTION_LIST: add_to_list(options, row, argument); return 0;
	case OPTION_FLAG:
		*(bool *)field_of(options, row->field) = true;
		return 0;
	case OPTION_ACTION: return set_action(options, row, argument, fault);
	case OPTION_READ: return row->read(options, argument, fault);
	}
	BUG("an option without an effect");
}

static const char *nearest_option(struct slice name)
{
	const char *names[OPTIONS_MAX];
	size_t n, nnames = 0;
	const struct option_row *rows = option_rows(&n);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].name)
			names[nnames++] = rows[i].name;
	}
	return nearest(name, names, nnames);
}

static int refuse_option(const char *argument, struct fault *fault)
{
	bool is_long = slice_starts(slice_of(argument), SLICE("--"));
	const char *name = argument + 1 + is_long;
	struct slice word = {name, strcspn(name, "=")};
	const char *near = is_long ? nearest_option(word) : NULL;

	if (near)
		return fault_set(fault,
		    "unknown option '%s'; did you mean '--%s'? (rolloutlint "
		    "--help lists all)",
		    argument, near);
	return fault_set(fault,
	    "unknown option '%s'; rolloutlint --help lists all", argument);
}

/* getopt_long() has refused the argument before optind, or a letter of one
 * that it has not left yet. */
static int refuse(int key, char **argv, struct fault *fault)
{
	const char *argument = argv[optind - 1];
	char letter[] = {'-', (char)optopt, '\0'};

	if (key == ':')
		return fault_set(fault, "'%s' needs an argument", argument);
	if (optopt >= FIRST_NAME)
		return fault_set(fault, "'%s' takes no argument", argument);
	if (optopt && foreign_option(letter, NULL, &fault->text))
		return -1;
	return refuse_option(optopt ? letter : argument, fault);
}

/* The row of "--name", "--name=X", "-name" as Go programs take it, or "-n";
 * NULL for anything else. */
static const struct option_row *row_of(const char *word)
{
	bool is_long = word[0] == '-' && word[1] == '-';
	const char *name = word + 1 + is_long;
	struct slice text = {name, strcspn(name, "=")};

	return is_long || text.len > 1 ? option_row_named(text)
	       : text.len	       ? find_row(*text.ptr)
				       : NULL;
}

/* Whether the word behind this one is its argument. */
static bool takes_next(const struct option_row *row, const char *word)
{
	return row && row->argument && *row->argument != '[' &&
	       !strchr(word, '=');
}

/*
 * Words that getopt_long() would take apart into letters: "-skip" becomes
 * "--skip", as kubeconform's users write it.  Options of other programs are
 * refused, all of them in one run, a line each.
 */
static int prepare_words(
    struct options *options, int argc, char **argv, struct fault *fault)
{
	struct buf sentence = {0};

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const struct option_row *row;

		if (argv[i][0] != '-' || !argv[i][1])
			continue;
		buf_clear(&sentence);
		if (foreign_option(argv[i], argv[i + 1], &sentence)) {
			buf_printf(&fault->text, "%srolloutlint: error: %s",
			    fault->text.len ? "\n" : "", buf_text(&sentence));
			fault->is_placed = true;
			continue;
		}
		row = row_of(argv[i]);
		if (row && row->name && argv[i][1] != '-' && argv[i][2] &&
		    argv[i][2] != '=')
			argv[i] = (char *)(uintptr_t)arena_printf(
			    &options->arena, "-%s", argv[i]);
		i += takes_next(row, argv[i]);
	}
	buf_release(&sentence);
	return fault->text.len ? -1 : 0;
}

/* The names and letters as getopt_long() wants them. */
static void fill_tables(struct option *names, struct buf *letters)
{
	size_t n;
	const struct option_row *rows = option_rows(&n);

	for (size_t i = 0; i < n; i++) {
		const char *argument = rows[i].argument;

		if (rows[i].letter)
			buf_printf(letters, "%c%s", rows[i].letter,
			    argument ? ":" : "");
		if (rows[i].name)
			*names++ = (struct option){
			    .name = rows[i].name,
			    .has_arg = !argument	  ? no_argument
				       : *argument == '[' ? optional_argument
							  : required_argument,
			    .val = FIRST_NAME + (int)i,
			};
	}
}

/* Every array has room for all of argv: none can overflow. */
static void make_room(struct options *options, size_t argc)
{
	struct arena *arena = &options->arena;
	size_t n;
	const struct option_row *rows = option_rows(&n);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].effect == OPTION_LIST)
			*(const char ***)field_of(options, rows[i].field) =
			    arena_array(arena, argc, sizeof(char *));
	}
	options->files = arena_array(arena, argc, sizeof(char *));
	options->skipped = arena_array(arena, argc, sizeof(char *));
	options->rejected = arena_array(arena, argc, sizeof(char *));
	options->outputs =
	    arena_array(arena, argc + 1, sizeof(*options->outputs));
}

/* Helm also takes -f=FILE. */
static const char *without_equals(int key, const char *argument)
{
	bool is_letter = key < FIRST_NAME && find_row(key)->name;

	return is_letter && argument && *argument == '=' ? argument + 1
							 : argument;
}

/* All words through getopt_long(); sets in seen which rows were given. */
static int read_words(struct options *options, int argc, char **argv,
    bool *seen, struct fault *fault)
{
	struct option names[OPTIONS_MAX + 1] = {0};
	struct buf letters = {0};
	size_t n;
	const struct option_row *rows = option_rows(&n);
	int key, result = 0;

	buf_add_char(&letters, ':');
	fill_tables(names, &letters);
	opterr = 0;
	while (!result && (key = getopt_long(argc, argv, buf_text(&letters),
			       names, NULL)) != -1) {
		const struct option_row *row = find_row(key);

		if (key == '?' || key == ':') {
			result = refuse(key, argv, fault);
			break;
		}
		result = check_repeat(row, seen[row - rows], fault);
		seen[row - rows] = true;
		if (!result)
			result = apply(
			    options, row, without_equals(key, optarg), fault);
	}
	buf_release(&letters);
	return result;
}

int options_parse(
    struct options *options, int argc, char **argv, struct fault *fault)
{
	bool given[OPTIONS_MAX] = {0};

	*options = (struct options){.fail_on = SEVERITY_ERROR};
	make_room(options, (size_t)argc);
	if (prepare_words(options, argc, argv, fault) ||
	    read_words(options, argc, argv, given, fault))
		return -1;
	while (optind < argc)
		options->files[options->nfiles++] = argv[optind++];
	/* "--list-facts ENTITY" */
	if (options->action == ACTION_LIST_FACTS && !options->facts_of &&
	    options->nfiles == 1)
		options->facts_of = options->files[--options->nfiles];
	if (!options->noutputs)
		options->outputs[options->noutputs++].sink =
		    sink_find(SLICE("gcc"));
	return options_check(options, given, fault);
}

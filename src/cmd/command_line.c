/* The words of the command line -> options, by the table of their rows. */
#include "cmd/command_line.h"

#include "base/nearest.h"
#include "cmd/option_rows.h"

#include <getopt.h>
#include <string.h>

/* getopt_long() returns letters, and from here on the index of a named row. */
#define FIRST_NAME 256

/* What people paste from their call of Helm, by its long or its only name. */
static const struct {
	const char *names; /* each with a blank behind it */
	const char *hint;
} pasted[] = {
    {"set-json set-file set-literal ",
	"write what it sets to a file of values, for --values FILE"},
    {"generate-name g name-template release-name api-versions a "
     "include-crds skip-crds show-only s no-hooks skip-tests is-upgrade repo "
     "dependency-update devel enable-dns output-dir post-renderer debug "
     "dry-run validate kubeconfig kube-context create-namespace install i "
     "atomic wait timeout reuse-values reset-values skip-schema-validation ",
	"it is for helm: helm template ... | rolloutlint"},
};

static void *field_of(struct options *options, size_t offset)
{
	return (char *)options + offset;
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
	buf_printf(buf, "%-25s ", buf_text(&left));
	for (const char *c = row->help; *c; c++) {
		buf_add_char(buf, *c);
		if (*c == '\n')
			buf_printf(buf, "%26s", "");
	}
	buf_add_char(buf, '\n');
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
	for (size_t i = 0; i < n; i++)
		help_row(buf, &rows[i]);
	buf_add_text(buf, "\nFormats:\n");
	for (size_t i = 0; sink_at(i); i++)
		buf_printf(
		    buf, "  %-23s %s\n", sink_at(i)->name, sink_at(i)->meaning);
	buf_add_text(buf,
	    "\nExit status: 0 nothing found from the level of --fail-on on, "
	    "1 findings,\n2 trouble.\n");
}

/* The row of what getopt_long() has returned: FIRST_NAME and the index of a row
 * for a name, else a letter. */
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
	BUG("an option that getopt_long() knows and no row has");
}

static void add_to_list(
    struct options *options, const struct option_row *row, const char *argument)
{
	const char ***items = field_of(options, row->field);
	size_t *n = field_of(options, row->count);

	(*items)[(*n)++] = argument;
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
	case OPTION_ACTION:
		options->action = row->action;
		if (row->field)
			*(const char **)field_of(options, row->field) =
			    argument;
		return 0;
	case OPTION_READ: return row->read(options, argument, fault);
	}
	BUG("an option without an effect");
}

/* What to do with an option of Helm's; NULL when it is none. */
static const char *hint_for(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(pasted); i++) {
		const char *names = pasted[i].names;

		for (; *names; names += strcspn(names, " ") + 1) {
			size_t len = strcspn(names, " ");

			if (slice_eq(name, (struct slice){names, len}))
				return pasted[i].hint;
		}
	}
	return NULL;
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
	const char *hint = hint_for(word);
	const char *near = is_long ? nearest_option(word) : NULL;

	if (hint)
		return fault_set(
		    fault, "there is no option '%s'; %s", argument, hint);
	if (near)
		return fault_set(fault,
		    "there is no option '%s'; did you mean '--%s'? "
		    "(rolloutlint --help shows all)",
		    argument, near);
	return fault_set(fault,
	    "there is no option '%s'; rolloutlint --help shows all", argument);
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
	return refuse_option(optopt ? letter : argument, fault);
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

/* RFC 1123, as Kubernetes holds namespaces to it. */
static bool is_namespace(const char *name)
{
	size_t len = strlen(name);

	return len && len <= 63 && name[0] != '-' && name[len - 1] != '-' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

/* A report holds less than a baseline does, and would take its place. */
static int check_baseline(const struct options *options, struct fault *fault)
{
	const char *names[] = {options->baseline, options->update_baseline};

	for (size_t i = 0; i < options->noutputs * COUNT_OF(names); i++) {
		const char *file = options->outputs[i / COUNT_OF(names)].file;
		const char *name = names[i % COUNT_OF(names)];

		if (file && name && !strcmp(file, name))
			return fault_set(fault,
			    "--format would overwrite the baseline '%s'; only "
			    "--update-baseline writes one",
			    name);
	}
	return 0;
}

static int check_combination(struct options *options, struct fault *fault)
{
	if (options->on && !options->eval)
		return fault_set(fault, "--on goes with --eval");
	if (options->action == ACTION_MAP_LINES && !options->ncharts)
		return fault_set(fault,
		    "--map-lines needs the chart the input was rendered from: "
		    "--chart DIR");
	if (options->namespace && !is_namespace(options->namespace))
		return fault_set(fault,
		    "--namespace: '%s' is no name of a namespace; those are "
		    "lower-case letters, digits and '-'",
		    options->namespace);
	if (options->action == ACTION_INIT &&
	    (options->nfiles || options->contract || options->ncharts > 1))
		return fault_set(fault,
		    "--init takes nothing but one --chart; it writes the "
		    "contract into the working directory");
	if (options->action == ACTION_CHECK_CONTRACT && !options->contract)
		return fault_set(fault,
		    "--check-contract needs the contract: --contract FILE");
	if (options->action == ACTION_CHECK_CONTRACT && options->nfiles)
		return fault_set(fault,
		    "--check-contract takes no manifests; leave '%s' out, or "
		    "the option",
		    options->files[0]);
	if (((options->summary && !options->previous) || options->strict) &&
	    !options->contract)
		return fault_set(fault,
		    "--%s is about the clauses of a contract; give that with "
		    "--contract FILE",
		    options->summary ? "summary" : "strict");
	if (options->profile && !options->contract)
		return fault_set(fault,
		    "--profile names a profile of a contract; give that with "
		    "--contract FILE");
	return check_baseline(options, fault);
}

/* Helm also takes -f=FILE. */
static const char *without_equals(int key, const char *argument)
{
	bool is_letter = key < FIRST_NAME && find_row(key)->name;

	return is_letter && argument && *argument == '=' ? argument + 1
							 : argument;
}

int options_parse(
    struct options *options, int argc, char **argv, struct fault *fault)
{
	struct option names[OPTIONS_MAX + 1] = {0};
	struct buf letters = {0};
	int key, result = 0;

	*options = (struct options){.fail_on = SEVERITY_ERROR};
	make_room(options, (size_t)argc);
	buf_add_char(&letters, ':');
	fill_tables(names, &letters);
	opterr = 0;
	while (!result && (key = getopt_long(argc, argv, buf_text(&letters),
			       names, NULL)) != -1)
		result = key == '?' || key == ':'
			     ? refuse(key, argv, fault)
			     : apply(options, find_row(key),
				   without_equals(key, optarg), fault);
	buf_release(&letters);
	if (result)
		return -1;
	while (optind < argc)
		options->files[options->nfiles++] = argv[optind++];
	if (!options->noutputs)
		options->outputs[options->noutputs++].sink =
		    sink_find(SLICE("gcc"));
	return check_combination(options, fault);
}

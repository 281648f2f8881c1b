/* The table of options that other programs have. */
#include "cli/foreign_options.h"

#include "cli/option_rows.h"

#include <string.h>

/* Which spelling a row is about. */
enum dashes {
	ANY,
	ONE, /* only with one dash, as kubeconform writes all of them */
};

/*
 * By the options' names, each with a blank behind it.  Of the two texts one or
 * both: here, what to write instead, whose last word, in capital letters, gives
 * way to the argument that was given when it means the same here; and remark,
 * the end of a sentence.
 */
static const struct {
	enum dashes dashes;
	const char *names, *here, *remark;
} rows[] = {
    /* flat table */
    {ANY, "o output output-format ", "--format NAME", NULL},
    {ANY, "v ", NULL, "it may be --verbose or --version here"},
    {ANY, "V ", "--version", NULL},
    {ANY, "d dir directory directories audit-path r R recursive filename ",
	NULL, "files and folders are named without an option"},
    {ANY,
	"ignored-filename-patterns ignore-paths ignore-path "
	"ignore-pattern skip-path ",
	"--ignore-filename-pattern PATTERN", NULL},
    {ANY, "skip-kinds exclude-kinds ", "--skip KIND", NULL},
    {ANY, "reject-kinds ", "--reject KIND", NULL},
    {ANY, "no-color no-colors nocolor ", "--color=never", NULL},
    {ANY, "force-color with-color ", "--color=always", NULL},
    {ANY,
	"exclude skip-check ignore ignore-test disable disable-rule "
	"disable-check ignore-rule ignore-container-cpu-limit "
	"ignore-container-memory-limit ",
	"-Wno-ID", "--list-rules shows the ids of rules"},
    {ANY, "include enable enable-rule enable-optional-test ", "-WID",
	"--list-rules shows the ids of rules"},
    {ANY, "Wall Wextra Wpedantic add-all-built-in all-checks ", NULL,
	"all rules but those of opinion are on; -WID turns one of these on, "
	"--list-rules shows them"},
    {ANY, "w do-not-auto-add-defaults ", NULL, "-Wno-ID turns a rule off"},
    {ANY, "all-default-optional ", NULL,
	"rules of opinion are off, and -WID turns one on"},
    {ANY, "only-show-failed-tests ", NULL, "only findings are printed"},
    {ANY, "Weverything ", NULL, "-WID turns a rule on, --list-rules shows all"},
    {ANY, "kubernetes-version ", "--kube-version VERSION", NULL},
    {ANY, "schema-location additional-schema-locations schema ", NULL,
	"the schemas of Kubernetes are built in; --crds PATH names "
	"CustomResourceDefinitions"},
    {ANY, "ignore-missing-schemas ", NULL,
	"objects of unknown kinds are accepted; --summary counts them"},
    {ANY, "cache insecure-skip-tls-verify openshift ", NULL,
	"nothing is downloaded here"},
    {ANY, "exit-on-error fail-fast ", NULL,
	"all findings are reported in one run"},
    {ANY,
	"fail-if-no-objects-found fail-on-invalid-resource "
	"set-exit-code-on-danger ",
	NULL, "that is the default"},
    {ANY, "exit-one-on-warning max-warnings ", "--fail-on warning", NULL},
    {ANY, "soft-fail no-fail exit-zero no-exit-code ", "--fail-on never", NULL},
    {ANY,
	"severity minimum-severity min-severity level threshold "
	"set-exit-code-below-score ",
	"--fail-on LEVEL", NULL},
    {ANY,
	"disable-ignore-checks-annotations "
	"disable-optional-checks-annotations no-ignore ",
	"--no-suppress", NULL},
    {ANY, "list list-checks checks rules-list ", "--list-rules", NULL},
    {ANY, "p parallel threads workers ", "--jobs N", NULL},
    {ANY, "silent ", "--quiet", NULL},
    {ANY, "debug ", "--verbose", NULL},
    {ANY, "policy policies plugin custom-rules rules-dir ", NULL,
	"--rules PATH adds rules in the format of rolloutlint-rules(5)"},
    {ANY, "c config-file ", NULL,
	"--config FILE names a configuration, in a format of its own"},
    {ANY, "helm-chart ", "--chart DIR", NULL},
    {ANY, "helm-values ", "--values FILE", NULL},
    {ANY, "write in-place auto-fix autofix ", "--fix", NULL},
    {ANY, "fix-dry-run check-only ", "--diff", NULL},
    {ANY, "stdin-display-name stdin-filepath stdin-name ",
	"--stdin-filename NAME", NULL},
    {ONE, "summary ", NULL,
	"a summary is printed without an option; --summary is about the "
	"clauses of a contract"},
    {ONE, "strict ", NULL,
	"unknown fields and keys given twice are always told; --strict is "
	"about the clauses of a contract"},
    {ANY, "set-json set-file set-literal ", NULL,
	"write what it sets to a file of values, for --values FILE"},
    {ANY,
	"generate-name g name-template release-name api-versions a "
	"include-crds skip-crds show-only s no-hooks skip-tests is-upgrade "
	"with-subcharts "
	"repo "
	"dependency-update devel enable-dns output-dir post-renderer dry-run "
	"validate kubeconfig kube-context create-namespace install i atomic "
	"wait "
	"timeout reuse-values reset-values skip-schema-validation ",
	NULL, "it belongs to helm: helm template ... | rolloutlint"},
};

/* First words of the calls of other linters. */
static const char commands[] =
    "lint score audit scan check test validate template detect-files ";

static bool is_one_of(const char *names, struct slice name)
{
	for (; *names; names += strcspn(names, " ") + 1) {
		if (slice_eq(name, (struct slice){names, strcspn(names, " ")}))
			return true;
	}
	return false;
}

/* What can stand in a sentence as it is. */
static bool is_plain(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				  "._/,-");

	return len && len <= 40 && !text[len] && *text != '-';
}

/* Whether the option that here begins with takes the argument. */
static bool is_taken(const char *here, const char *argument)
{
	const char *kinds[1];
	struct output outputs[1];
	struct options unused = {
	    .skipped = kinds, .rejected = kinds, .outputs = outputs};
	struct slice name = {here + 2, strcspn(here + 2, " ")};
	const struct option_row *row = option_row_named(name);
	struct fault fault = {0};
	bool is_refused;

	if (!row || !is_plain(argument))
		return false;
	is_refused = row->read && row->read(&unused, argument, &fault);
	fault_release(&fault);
	return !is_refused;
}

/* here, with the argument in place of the word in capitals at its end. */
static void add_replacement(
    struct buf *buf, const char *here, const char *argument)
{
	size_t len = strlen(here), capitals = 0;

	while (capitals < len && here[len - capitals - 1] >= 'A' &&
	       here[len - capitals - 1] <= 'Z')
		capitals++;
	if (!capitals || !argument || !is_taken(here, argument))
		buf_add_text(buf, here);
	else
		buf_printf(
		    buf, "%.*s%s", (int)(len - capitals), here, argument);
}

const char *foreign_option_names(size_t row)
{
	return row < COUNT_OF(rows) ? rows[row].names : NULL;
}

bool foreign_option(const char *word, const char *next, struct buf *sentence)
{
	bool is_long = word[0] == '-' && word[1] == '-';
	const char *name = word + 1 + is_long;
	size_t len = strcspn(name, "="), i = 0;
	const char *argument = name[len] ? name + len + 1 : next;

	while (i < COUNT_OF(rows) &&
	       ((rows[i].dashes == ONE && is_long) ||
		   !is_one_of(rows[i].names, (struct slice){name, len})))
		i++;
	if (i == COUNT_OF(rows))
		return false;
	len += 1 + is_long;
	if (rows[i].here) {
		buf_printf(sentence, "'%.*s' is '", (int)len, word);
		add_replacement(sentence, rows[i].here, argument);
		buf_add_text(sentence, "' here");
	} else {
		buf_printf(sentence, "unknown option '%.*s'", (int)len, word);
	}
	if (rows[i].remark)
		buf_printf(sentence, "; %s", rows[i].remark);
	return true;
}

bool foreign_command(const char *word, struct buf *sentence)
{
	if (!is_one_of(commands, slice_of(word)))
		return false;
	buf_printf(sentence,
	    "there is no command '%s', nor such a file; files and folders are "
	    "named right behind the options: rolloutlint FILE",
	    word);
	return true;
}

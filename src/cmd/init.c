/*
 * Finds how a chart is installed by its files of values, and writes the starter
 * files that are not there.
 */
#include "cmd/init.h"

#include "base/obeyed.h"
#include "cmd/outcome.h"
#include "cmd/starter.h"
#include "input/manifest_files.h"
#include "report/plain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONTRACT_FILE "rollout-safety-contract.yaml"
#define MATRIX_FILE "install-matrix.yaml"
#define CONFIGURATION_FILE ".rolloutlint.yaml"

static const struct {
	const char *name;
	void (*write)(const struct starter *starter, struct buf *buf);
} files[] = {
    {CONTRACT_FILE, starter_contract},
    {MATRIX_FILE, starter_matrix},
    {CONFIGURATION_FILE, starter_configuration},
};

/* What is left of a name of YAML without its ending; empty: it is none. */
static struct slice stem_of(const char *name)
{
	static const char *const endings[] = {".yaml", ".yml"};
	struct slice text = slice_of(name);

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		struct slice ending = slice_of(endings[i]);

		if (slice_ends(text, ending))
			return (struct slice){text.ptr, text.len - ending.len};
	}
	return (struct slice){0};
}

/* Where files of values are looked for. */
enum values_place {
	IN_CHART,  /* beside Chart.yaml */
	IN_VALUES, /* in a folder values/, where each is for a profile */
	HERE, /* in the working directory, where NAME-values.yaml may as well be
		 for another chart, NAME */
};

/* What is beside "values" in the name of a file; empty: it is not there. */
static struct slice beside_values(struct slice stem, enum values_place place)
{
	size_t n = strlen("values-");

	if (slice_starts(stem, SLICE("values-")) ||
	    slice_starts(stem, SLICE("values.")))
		return (struct slice){stem.ptr + n, stem.len - n};
	if (place != HERE && (slice_ends(stem, SLICE("-values")) ||
				 slice_ends(stem, SLICE(".values"))))
		return (struct slice){stem.ptr, stem.len - n};
	return (struct slice){0};
}

/* The profile that a file is for; empty: none. */
static struct slice profile_of(const char *file, enum values_place place)
{
	struct slice stem = stem_of(file), id;

	if (stem.len && *stem.ptr == '.')
		return (struct slice){0};
	id = slice_trim(beside_values(stem, place));
	return id.len || place != IN_VALUES ? id : slice_trim(stem);
}

/* What prints as it is; others could not be named in a contract. */
static bool is_readable(struct slice text)
{
	while (text.len) {
		uint32_t code;
		size_t len = utf8_next(text, &code);

		if (code == 0xFFFD || code_is_obeyed(code))
			return false;
		text = (struct slice){text.ptr + len, text.len - len};
	}
	return true;
}

/* Why the file is for no profile, though its name looks so; NULL: it is. */
static const char *reason_against(struct slice id)
{
	if (!is_readable(id))
		return "its name has bytes that cannot be read";
	if (slice_starts(id, SLICE("secret")))
		return "by its name it holds secrets";
	return NULL;
}

/* The profile of that id, or NULL. */
static const struct starter_profile *find_profile(
    const struct starter *starter, struct slice id)
{
	for (size_t i = 0; i < starter->n; i++) {
		if (slice_is(id, starter->profiles[i].id))
			return &starter->profiles[i];
	}
	return NULL;
}

static void add_profile(
    struct starter *starter, struct slice id, const char *values)
{
	starter->profiles = grow(starter->profiles, starter->n, &starter->cap,
	    sizeof(*starter->profiles));
	starter->profiles[starter->n++] = (struct starter_profile){
	    .id = slice_copy(&starter->arena, id).ptr,
	    .values = values,
	};
}

/* "." stands for the working directory, and for nothing in front of a name. */
static const char *path_in(
    struct starter *starter, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	if (!strcmp(dir, "."))
		return arena_printf(&starter->arena, "%s", name);
	if (!strncmp(dir, "./", 2) && len > 2) {
		dir += 2;
		len -= 2;
	}
	return arena_printf(&starter->arena, "%.*s/%s", (int)len, dir, name);
}

static void leave_out(
    struct starter *starter, const char *path, const char *reason)
{
	buf_add_text(&starter->left_out, "left out ");
	plain_add(&starter->left_out, slice_of(path));
	buf_printf(&starter->left_out, ": %s\n", reason);
}

/* Whether a contract in the working directory can name the file. */
static bool is_below_here(const char *path)
{
	return *path != '/' && strncmp(path, "../", 3) != 0 &&
	       !strstr(path, "/../");
}

/* A file that names a profile: makes it, or says why not.  Links and folders
 * may have such names, too, and two files may be for one profile. */
static void consider(struct starter *starter, struct slice id, const char *path)
{
	const struct starter_profile *other = find_profile(starter, id);
	const char *reason = reason_against(id);
	struct stat status;

	if (!reason && stat(path, &status))
		reason = strerror(errno);
	else if (!reason && !S_ISREG(status.st_mode))
		reason = "it is not a file";
	else if (!reason && !is_below_here(path))
		reason = "a contract names files below its own folder; run "
			 "--init in one that holds both";
	else if (!reason && other && strcmp(other->values, path) != 0)
		reason = arena_printf(&starter->arena,
		    "profile %s is made of %s already", other->id,
		    other->values);
	if (reason)
		leave_out(starter, path, reason);
	else if (!other)
		add_profile(starter, id, path);
}

/* The profiles that the files of a folder are for; one that is not there has
 * none. */
static void find_in(
    struct starter *starter, const char *folder, enum values_place place)
{
	struct dirent **entries;
	int n = xcounted(scandir(folder, &entries, NULL, alphasort));

	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		struct slice id = profile_of(name, place);

		if (id.len)
			consider(starter, id, path_in(starter, folder, name));
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

/* The chart's own values do where there are no others. */
static void find_profiles(struct starter *starter)
{
	const char *dir = starter->chart ? starter->chart : ".";
	const char *own = path_in(starter, dir, "values.yaml");

	find_in(starter, dir, starter->chart ? IN_CHART : HERE);
	find_in(starter, path_in(starter, dir, "values"), IN_VALUES);
	if (strcmp(dir, ".") != 0) {
		find_in(starter, ".", HERE);
		find_in(starter, "values", IN_VALUES);
	}
	if (!starter->n && !access(own, R_OK))
		consider(starter, SLICE("default"), own);
	if (!starter->n)
		add_profile(starter, SLICE("default"), NULL);
}

/* All of the text into the file, which is open; -1 when that fails. */
static int write_all(int file, struct slice text)
{
	while (text.len) {
		ssize_t n = write(file, text.ptr, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		text.ptr += n;
		text.len -= (size_t)n;
	}
	return 0;
}

/* Whether the file was not there, and was written; -1 with the fault set. */
static int write_new(const char *name, struct slice text, struct fault *fault)
{
	int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int result;

	if (file < 0 && errno == EEXIST)
		return false;
	result = file < 0 ? -1 : write_all(file, text);
	if (file >= 0)
		result |= close(file);
	if (!result)
		return true;
	return fault_set(fault, "cannot write '%s': %s", name, strerror(errno));
}

/* A word for the shell. */
static void add_word(struct buf *buf, const char *word)
{
	if (*word && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR"
				  "STUVWXYZ0123456789_./-") == strlen(word)) {
		buf_add_text(buf, word);
		return;
	}
	buf_add_char(buf, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_add_text(buf, "'\\''");
		else
			buf_add_char(buf, *word);
	}
	buf_add_char(buf, '\'');
}

/* The profile that matters most: the first like production, else the first. */
static const struct starter_profile *pick_profile(const struct starter *starter)
{
	for (size_t i = 0; i < starter->n; i++) {
		if (strstr(starter->profiles[i].id, "prod"))
			return &starter->profiles[i];
	}
	return starter->profiles;
}

static void add_next_command(const struct starter *starter, struct buf *buf)
{
	const struct starter_profile *profile = pick_profile(starter);

	buf_printf(buf, "next:\n  helm template %s ",
	    starter->hints.release ? starter->hints.release : "RELEASE");
	add_word(buf, starter->chart ? starter->chart : "CHART");
	if (profile->values) {
		buf_add_text(buf, " -f ");
		add_word(buf, profile->values);
	}
	buf_add_text(
	    buf, " |\n    rolloutlint --contract " CONTRACT_FILE " --profile ");
	add_word(buf, profile->id);
	buf_add_text(buf, " --root . \\\n      --matrix " MATRIX_FILE);
	if (starter->chart) {
		buf_add_text(buf, " --chart ");
		add_word(buf, starter->chart);
	}
	buf_add_text(buf, " --summary\n");
}

static void add_profiles(const struct starter *starter, struct buf *buf)
{
	for (size_t i = 0; i < starter->n; i++)
		buf_printf(buf, "%s%s", i ? ", " : "", starter->profiles[i].id);
}

static int write_files(
    const struct starter *starter, struct buf *report, struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct buf text = {0};
		int written;

		files[i].write(starter, &text);
		written = write_new(files[i].name, buf_slice(&text), fault);
		buf_release(&text);
		if (written < 0)
			return -1;
		buf_printf(report, written ? "wrote %s" : "%s already exists",
		    files[i].name);
		if (written && files[i].write == starter_contract) {
			buf_printf(
			    report, ": profile%s ", starter->n == 1 ? "" : "s");
			add_profiles(starter, report);
		}
		buf_add_char(report, '\n');
	}
	return 0;
}

static bool is_chart(struct starter *starter, const char *dir)
{
	return !access(path_in(starter, dir, "Chart.yaml"), R_OK);
}

/* A folder below the working directory by its name from there. */
static const char *below_here(const char *dir)
{
	char *here = xmade(getcwd(NULL, 0));
	size_t len = here ? strlen(here) : 0;

	if (len > 1 && !strncmp(dir, here, len) && dir[len] == '/')
		dir = dir[len + 1] ? dir + len + 1 : ".";
	else if (len > 1 && !strcmp(dir, here))
		dir = ".";
	free(here);
	return dir;
}

/* The charts among what is in a folder, each with a blank before it; the last
 * into *ret_last.  Returns how many. */
static size_t list_charts(struct starter *starter, const char *dir,
    struct buf *names, const char **ret_last)
{
	struct dirent **entries;
	int found = xcounted(scandir(dir, &entries, NULL, alphasort));
	size_t n = 0;

	for (int i = 0; i < found; i++) {
		const char *path = path_in(starter, dir, entries[i]->d_name);

		if (entries[i]->d_name[0] != '.' && is_chart(starter, path)) {
			buf_printf(names, " %s", path);
			*ret_last = path;
			n++;
		}
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return n;
}

/* A contract is about one chart: that of the working directory, or the only one
 * in it or in its folder charts/, if there is one. */
static int find_chart_here(struct starter *starter, struct fault *fault)
{
	struct buf names = {0};
	size_t n;

	if (is_chart(starter, ".")) {
		starter->chart = ".";
		return 0;
	}
	n = list_charts(starter, ".", &names, &starter->chart) +
	    list_charts(starter, "charts", &names, &starter->chart);
	if (n > 1)
		fault_set(fault,
		    "a contract is about one chart, and here are several:%s; "
		    "name one with --chart DIR, or run --init in its folder",
		    buf_text(&names));
	buf_release(&names);
	return n > 1 ? -1 : 0;
}

/* Of --chart, else one that is here, if any; -1: it cannot be installed. */
static int find_chart(struct starter *starter, struct program *program)
{
	const struct options *options = &program->options;
	struct fault *fault = &program->fault;

	if (options->ncharts) {
		starter->chart = below_here(options->charts[0]);
		if (!path_is_folder(starter->chart) &&
		    !access(starter->chart, F_OK))
			return fault_set(fault,
			    "'%s' is not a folder; --init reads the templates "
			    "and values of an unpacked chart",
			    starter->chart);
		if (!is_chart(starter, starter->chart))
			return fault_set(fault,
			    "'%s' is not a chart: it has no readable "
			    "Chart.yaml",
			    starter->chart);
	} else if (find_chart_here(starter, fault)) {
		return -1;
	}
	if (!starter->chart) {
		buf_add_text(&starter->left_out,
		    "found no chart here or in charts/; with --chart DIR its "
		    "values files become profiles\n");
		return 0;
	}
	starter->hints = chart_hints_read(starter->chart, &starter->arena);
	if (starter->hints.is_library)
		return fault_set(fault,
		    "'%s' is a library chart, which nothing installs; name one "
		    "that uses it with --chart DIR",
		    starter->chart);
	return 0;
}

/* The id of the rule that decides a clause. */
static const char *rule_of(const struct ruleset *ruleset, const char *clause)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		if (slice_is(ruleset->rules[i]->clause, clause))
			return ruleset->rules[i]->kind.id;
	}
	BUG("a clause that no rule decides");
}

int init(struct program *program)
{
	struct starter starter = {0};
	struct buf report = {0};
	int result = find_chart(&starter, program);

	ruleset_add_builtin(&program->ruleset);
	starter.rules[0] =
	    rule_of(&program->ruleset, "requires.podDisruptionBudget");
	starter.rules[1] = rule_of(&program->ruleset, "requires.imageDigest");
	if (!result) {
		find_profiles(&starter);
		buf_add_slice(&report, buf_slice(&starter.left_out));
		result = write_files(&starter, &report, &program->fault);
	}
	if (!result)
		add_next_command(&starter, &report);
	free(starter.profiles);
	buf_release(&starter.left_out);
	arena_release(&starter.arena);
	if (!result)
		return print_lines(program, &report, STATUS_CLEAN);
	print_lines(program, &report, STATUS_TROUBLE);
	return trouble(program);
}

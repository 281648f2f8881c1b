/*
 * Each example is linted as a stream of its own, by its own rule alone, under
 * the profile it gives and held against the files it gives beside that.
 */
#include "page/examples.h"

#include "cmd/outcome.h"
#include "contract/matrix.h"
#include "contract/scenario.h"
#include "doc/file.h"
#include "evidence/demands.h"
#include "fact/settings.h"
#include "helm/values.h"
#include "report/unified_diff.h"
#include "rule/classes.h"
#include "rule/mark.h"
#include "run/fixes.h"
#include "run/run.h"
#include "sink/sink.h"

#include <stdlib.h>
#include <string.h>

/* What running all examples gave: TAP, and how many lines were "not ok". */
struct examples_result {
	struct buf tap;
	size_t ntests, nfailed;
};

struct testing {
	const struct rule *rule;
	struct examples_result *result;
	const struct settings *settings;
	size_t *nmended; /* findings that a fix made go away */
};

static void report(
    const struct testing *testing, bool ok, const char *which, size_t number)
{
	struct examples_result *result = testing->result;

	result->ntests++;
	result->nfailed += !ok;
	buf_printf(&result->tap, "%sok %zu - %s %s %zu\n", ok ? "" : "not ",
	    result->ntests, testing->rule->kind.id, which, number);
}

static void explain(const struct testing *testing, const char *format, ...)
    PRINTF_LIKE(2, 3);
static void explain(const struct testing *testing, const char *format, ...)
{
	va_list args;

	buf_add_text(&testing->result->tap, "# ");
	va_start(args, format);
	buf_vprintf(&testing->result->tap, format, args);
	va_end(args);
	buf_add_char(&testing->result->tap, '\n');
}

/* The characters of the longest message: more than two lines of a terminal and
 * a half are not read. */
#define LONGEST_MESSAGE 240

/* The files of an example without scenarios. */
#define MOST_FILES 6

/* A file of an example, and the lines of it that are marked. */
struct marked_file {
	struct origin origin;
	const char *text;
	enum severity *marks; /* by line */
	size_t n;	      /* lines */
};

/* An example's files and what they are read into. */
struct staging {
	const struct testing *testing;
	struct marked_file *files;
	const struct origin **origins; /* of the files, by index */
	struct marked_file *previous;  /* one of them, or NULL */
	size_t nfiles;
	struct contract contract;
	struct profile profile;
	struct settings settings; /* what it points to is not its own */
	struct values values;
	struct matrix matrix;
	struct scenarios scenarios;
	struct dossier dossier;
	struct evidence evidence;
	struct arena nodes; /* of clauses */
	struct fault fault;
};

/* The mark of each line of text, from line 1; ret_n: how many there are. */
static enum severity *marks_of(const char *text, size_t *ret_n)
{
	size_t n = 1;
	enum severity *marks;
	const char *line = text;

	for (const char *p = text; *p; p++)
		n += *p == '\n';
	marks = xcalloc(n + 1, sizeof(*marks));
	for (size_t number = 1; number <= n; number++) {
		size_t len = strcspn(line, "\n");

		marks[number] = mark_of((struct slice){line, len});
		line += len + (line[len] == '\n');
	}
	*ret_n = n;
	return marks;
}

static const struct origin *add_file(
    struct staging *staging, const char *name, const char *text)
{
	struct marked_file *file = &staging->files[staging->nfiles];

	file->origin = (struct origin){.name = name,
	    .role = staging->nfiles ? ORIGIN_CONTRACT : ORIGIN_MANIFEST,
	    .index = (unsigned)staging->nfiles};
	file->text = text;
	file->marks = marks_of(text, &file->n);
	staging->origins[staging->nfiles++] = &file->origin;
	return &file->origin;
}

/* The stream, what is given beside it, and the rule's own file, which clauses
 * may be part of. */
static void staging_init(struct staging *staging, const struct testing *testing,
    const struct example *example)
{
	size_t most = MOST_FILES + example->nscenarios + example->nevidence;

	*staging = (struct staging){.testing = testing};
	staging->files = xcalloc(most, sizeof(*staging->files));
	staging->origins = xcalloc(most, sizeof(struct origin *));
	contract_builtin(&staging->contract);
	staging->profile = staging->contract.profiles[0];
	staging->settings = *testing->settings;
	add_file(staging, "example",
	    *example->yaml ? example->yaml : "# no manifests\n");
	/* As if from a pipe: it is kept, so that lines can be read again. */
	staging->files[0].origin.is_stdin = true;
}

static void staging_release(struct staging *staging)
{
	for (size_t i = 0; i < staging->nfiles; i++)
		free(staging->files[i].marks);
	free(staging->files);
	free(staging->origins);
	contract_release(&staging->contract);
	values_release(&staging->values);
	matrix_release(&staging->matrix);
	scenarios_release(&staging->scenarios);
	dossier_release(&staging->dossier);
	arena_release(&staging->nodes);
	fault_release(&staging->fault);
}

/* The profile an example asks for, on top of one that asks for nothing. */
static int stage_contract(
    struct staging *staging, const struct example *example)
{
	const struct example_file *file = &example->clauses;
	const char *name = staging->testing->rule->origin->name;
	const struct node *clauses = example->contract;
	const struct origin *origin;

	if (!clauses && !file->text)
		return 0;
	origin = add_file(staging, file->text ? file->name : name,
	    file->text ? file->text : "");
	if (file->text && file_parse(origin, "contract", slice_of(file->text),
			      &staging->nodes, &clauses, &staging->fault))
		return -1;
	return profile_parse_partial(&staging->contract, origin, clauses,
	    &staging->profile, &staging->fault);
}

/* An example's values are all there are: no chart has others. */
static int stage_values(
    struct staging *staging, const struct example_file *file)
{
	if (!file->text)
		return 0;
	staging->evidence.values = &staging->values;
	return values_add_text(&staging->values,
	    add_file(staging, file->name, file->text), slice_of(file->text),
	    &staging->fault);
}

static int stage_matrix(
    struct staging *staging, const struct example_file *file)
{
	if (!file->text)
		return 0;
	staging->evidence.matrix = &staging->matrix;
	return matrix_parse(&staging->matrix,
	    add_file(staging, file->name, file->text), slice_of(file->text),
	    &staging->fault);
}

static int stage_scenarios(
    struct staging *staging, const struct example *example)
{
	for (size_t i = 0; i < example->nscenarios; i++) {
		const struct example_file *file = &example->scenarios[i];

		staging->evidence.scenarios = &staging->scenarios;
		if (scenarios_parse(&staging->scenarios,
			add_file(staging, file->name, file->text),
			slice_of(file->text), &staging->fault))
			return -1;
	}
	return 0;
}

/* Files of evidence, and what the profile then demands of them. */
static void stage_evidence(
    struct staging *staging, const struct example *example)
{
	for (size_t i = 0; i < example->nevidence; i++) {
		const struct example_file *file = &example->evidence[i];

		dossier_add_text(&staging->dossier,
		    add_file(staging, file->name, file->text),
		    slice_of(file->text));
	}
	if (!example->nevidence)
		return;
	dossier_close(&staging->dossier);
	staging->evidence.dossier = &staging->dossier;
	staging->settings.seals = true;
	profile_add_evidence(&staging->nodes, &staging->profile,
	    staging->evidence.matrix, &staging->dossier);
}

static int stage_classes(struct staging *staging, const struct example *example)
{
	struct reader reader = {staging->testing->rule->origin,
	    &staging->contract.arena, &staging->fault};

	if (!example->classes)
		return 0;
	return classes_read(&reader, example->classes, &staging->settings);
}

/* As if from a pipe, too. */
static void stage_previous(
    struct staging *staging, const struct example_file *file)
{
	if (!file->text)
		return;
	staging->previous = &staging->files[staging->nfiles];
	add_file(staging, file->name, file->text);
	staging->previous->origin.role = ORIGIN_PREVIOUS;
	staging->previous->origin.is_stdin = true;
	staging->settings.compares = true;
}

static int stage(struct staging *staging, const struct example *example)
{
	stage_previous(staging, &example->previous);
	if (stage_contract(staging, example) ||
	    stage_values(staging, &example->values) ||
	    stage_classes(staging, example) ||
	    stage_matrix(staging, &example->matrix) ||
	    stage_scenarios(staging, example)) {
		explain(staging->testing, "%s", fault_text(&staging->fault));
		return -1;
	}
	stage_evidence(staging, example);
	return 0;
}

/* Takes the mark off a line, or none. */
static enum severity match_mark(struct staging *staging, struct place place)
{
	for (size_t i = 0; i < staging->nfiles; i++) {
		struct marked_file *file = &staging->files[i];
		uint32_t line = place.span.line;
		enum severity mark;

		if (&file->origin != place.origin || line > file->n ||
		    file->marks[line] == MARK_NONE)
			continue;
		mark = file->marks[line];
		file->marks[line] = MARK_NONE;
		return mark;
	}
	return MARK_NONE;
}

/* Whether no mark is left. */
static bool all_found(const struct staging *staging)
{
	bool ok = true;

	for (size_t i = 0; i < staging->nfiles; i++) {
		const struct marked_file *file = &staging->files[i];

		for (size_t line = 1; line <= file->n; line++) {
			if (file->marks[line] == MARK_NONE)
				continue;
			explain(staging->testing,
			    "no finding at line %zu of %s", line,
			    file->origin.name);
			ok = false;
		}
	}
	return ok;
}

/* Whether the finding is what the mark of its line asks for. */
static bool is_marked(struct staging *staging, const struct finding *finding)
{
	const struct testing *testing = staging->testing;
	uint32_t line = finding->place.span.line;
	enum severity mark = MARK_NONE;
	struct buf text = {0};
	const char *says;

	if (finding->kind == &testing->rule->kind)
		mark = match_mark(staging, finding->place);
	if (mark == MARK_ANY ||
	    (mark != MARK_NONE && mark == finding->severity))
		return true;
	says = finding_text(finding, &text);
	if (mark == MARK_NONE)
		explain(testing, "unexpected finding at line %u of %s: %s",
		    line, finding->place.origin->name, says);
	else
		explain(testing, "expected %s at line %u of %s, not %s: %s",
		    severity_name(mark), line, finding->place.origin->name,
		    severity_name(finding->severity), says);
	buf_release(&text);
	return false;
}

static bool is_short(const struct testing *testing, const char *text)
{
	size_t n = 0;

	for (const char *p = text; *p; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	if (n > LONGEST_MESSAGE)
		explain(testing, "a message has %zu characters, over %d: %s", n,
		    LONGEST_MESSAGE, text);
	return n <= LONGEST_MESSAGE;
}

static bool are_short(
    const struct testing *testing, const struct finding *finding)
{
	struct buf text = {0};
	bool ok = is_short(testing, finding_text(finding, &text));

	buf_release(&text);
	for (size_t i = 0; i < finding->nnotes; i++)
		ok &= is_short(testing, finding->notes[i].text);
	return ok;
}

/* Whether the findings of the rule are at the marked lines and nowhere
 * else. */
static bool as_marked(struct staging *staging, const struct run *run)
{
	bool ok = true;

	for (size_t i = 0; i < run->result.findings.n; i++) {
		const struct finding *finding = &run->result.findings.items[i];

		ok &= is_marked(staging, finding);
		ok &= are_short(staging->testing, finding);
	}
	return all_found(staging) && ok;
}

/* With its fixes applied the text has only the findings without any. */
static bool fixes_mend(const struct testing *testing,
    const struct run_options *options, struct run *run)
{
	struct finding_list *before = &run->result.findings, *after;
	struct run_options again = *options;
	struct buf mended = {0}, text = {0};
	struct run second = {0};
	size_t nfixed = 0;
	bool ok;

	run_quote(run, false);
	for (size_t i = 0; i < before->n; i++)
		nfixed += before->items[i].nfixes > 0;
	*testing->nmended += nfixed;
	fixes_apply(before, options->text, &mended);
	again.text = buf_slice(&mended);
	run_lint(&second, &again);
	after = &second.result.findings;
	ok = after->n + nfixed == before->n;
	for (size_t i = 0; !ok && i < after->n; i++)
		explain(testing, "left after the fix-its, at line %u: %s",
		    after->items[i].place.span.line,
		    finding_text(&after->items[i], &text));
	run_release(&second);
	buf_release(&mended);
	buf_release(&text);
	return ok;
}

/* Options of a run over what was staged, with the rule alone. */
static struct run_options options_of(
    struct staging *staging, const struct ruleset *alone)
{
	struct run_options options = {
	    .inputs = staging->origins,
	    .ninputs = 1,
	    .origins = staging->origins,
	    .ruleset = alone,
	    .settings = &staging->settings,
	    .profile = &staging->profile,
	    .evidence = staging->evidence,
	    .limits = &default_limits,
	    .text = slice_of(staging->files[0].text),
	    .keep_sources = true,
	};

	if (staging->previous) {
		options.previous =
		    &staging->origins[staging->previous->origin.index];
		options.nprevious = 1;
		options.previous_text = slice_of(staging->previous->text);
	}
	return options;
}

static bool lint_staged(struct staging *staging)
{
	struct rule *rule = (struct rule *)(uintptr_t)staging->testing->rule;
	struct ruleset alone = ruleset_of_one(&rule);
	struct run_options options = options_of(staging, &alone);
	struct run run = {0};
	bool ok;

	run_lint(&run, &options);
	ok = as_marked(staging, &run) &&
	     fixes_mend(staging->testing, &options, &run);
	run_release(&run);
	return ok;
}

struct example_texts {
	const struct program *program;
	struct ruleset rules; /* with their examples */
};

struct example_texts *example_texts_new(const struct program *program)
{
	struct example_texts *texts = xcalloc(1, sizeof(*texts));

	texts->program = program;
	ruleset_add_sources(&texts->rules);
	return texts;
}

void example_texts_free(struct example_texts *texts)
{
	ruleset_release(&texts->rules);
	free(texts);
}

/* The report on one example, as --format gcc prints it with --excerpt. */
static void print_findings(struct run *run, struct buf *buf)
{
	static const struct sink_options options = {.quote = true};
	struct report report = {
	    .findings = run->result.findings.items,
	    .nfindings = run->result.findings.n,
	};
	char *text = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&text, &len);

	if (!file)
		out_of_memory();
	/* A rule that is off is shown as -W turns it on. */
	for (size_t i = 0; i < run->result.findings.n; i++) {
		struct finding *finding = &run->result.findings.items[i];

		if (finding->severity == SEVERITY_OFF)
			finding->severity = SEVERITY_WARNING;
	}
	sink_find(SLICE("gcc"))->write(file, &report, &options);
	if (fclose(file))
		out_of_memory();
	buf_add_slice(buf, (struct slice){text, len});
	free(text);
}

/* Names each file of an example as a user would, and hides its marks. */
static void dress(struct staging *staging, struct buf *texts)
{
	staging->files[0].origin.name = "manifest.yaml";
	for (size_t i = 0; i < staging->nfiles; i++) {
		marks_strip(&texts[i], staging->files[i].text);
		staging->files[i].text = buf_text(&texts[i]);
	}
}

/* What the fix-its of the findings change, as a unified diff. */
static void add_diff(struct run *run, struct slice text, struct buf *buf)
{
	struct buf mended = {0};

	fixes_apply(&run->result.findings, text, &mended);
	unified_diff_add(buf, "manifest.yaml", text, buf_slice(&mended));
	buf_release(&mended);
}

/* What the rule makes of one of its bad examples: the findings when they are
 * wanted, and the diff. */
static void show_example(struct example_texts *texts, struct rule *rule,
    const struct example *shown, struct buf *findings, struct buf *diff)
{
	struct ruleset alone = ruleset_of_one(&rule);
	struct examples_result result = {0};
	size_t nmended = 0;
	struct testing testing = {
	    rule, &result, &texts->program->settings, &nmended};
	struct buf unmarked[MOST_FILES] = {0};
	struct staging staging;
	struct run run = {0};
	struct run_options options;

	staging_init(&staging, &testing, shown);
	if (!stage(&staging, shown)) {
		dress(&staging, unmarked);
		options = options_of(&staging, &alone);
		run_lint(&run, &options);
		run_quote(&run, false);
		if (findings)
			print_findings(&run, findings);
		add_diff(&run, options.text, diff);
		run_release(&run);
	}
	staging_release(&staging);
	for (size_t i = 0; i < MOST_FILES; i++)
		buf_release(&unmarked[i]);
	buf_release(&result.tap);
}

void example_add_findings(struct example_texts *texts,
    const struct diag_kind *kind, struct rule_example *example)
{
	struct rule *rule = ruleset_find(&texts->rules, slice_of(kind->id));

	for (size_t i = 0; rule && i < rule->nbad; i++) {
		const struct example *bad = &rule->bad[i];

		if (bad->nscenarios || bad->nevidence ||
		    (i && (!rule->body->nfixits || example->diff.len)))
			continue;
		show_example(texts, rule, bad, i ? NULL : &example->findings,
		    &example->diff);
	}
}

static void run_example(const struct testing *testing,
    const struct example *example, const char *which, size_t number)
{
	struct staging staging;
	bool ok;

	staging_init(&staging, testing, example);
	ok = !stage(&staging, example) && lint_staged(&staging);
	staging_release(&staging);
	report(testing, ok, which, number);
}

/* What is shown holds all the files of the example. */
static bool has_mark(const struct example *example)
{
	size_t n;
	enum severity *marks = marks_of(example->shown, &n);
	bool any = false;

	for (size_t line = 1; line <= n; line++)
		any |= marks[line] != MARK_NONE;
	free(marks);
	return any;
}

/* A bad example must mark a line and a good one must not: else it would test
 * nothing, or the wrong thing. */
static void run_examples(const struct testing *testing,
    const struct example *examples, size_t n, bool bad)
{
	const char *which = bad ? "bad" : "good";

	if (!n) {
		explain(testing, "the rule has no %s example", which);
		report(testing, false, which, 0);
	}
	for (size_t i = 0; i < n; i++) {
		if (has_mark(&examples[i]) == bad) {
			run_example(testing, &examples[i], which, i + 1);
			continue;
		}
		explain(testing,
		    bad ? "no line is marked #!" : "a line is marked #!");
		report(testing, false, which, i + 1);
	}
}

/* Holds the rules of the program as it runs them, compiled, to the examples of
 * their texts; only_own: not those that are built in. */
static void run_all(const struct ruleset *ruleset, bool only_own,
    const struct settings *settings, struct examples_result *ret_result)
{
	struct ruleset texts = {0};

	ruleset_add_sources(&texts);
	*ret_result = (struct examples_result){0};
	for (size_t i = 0; i < ruleset->n; i++) {
		const struct rule *rule = ruleset->rules[i];
		const struct rule *text =
		    ruleset_find(&texts, slice_of(rule->kind.id));
		size_t nmended = 0;
		struct testing testing = {rule, ret_result, settings, &nmended};

		if (text && only_own)
			continue;
		if (!text)
			text = rule;
		run_examples(&testing, text->bad, text->nbad, true);
		run_examples(&testing, text->good, text->ngood, false);
		if (text->body->nfixits && !nmended) {
			explain(&testing, "no bad example gets a fix-it");
			report(&testing, false, "fixit", 0);
		}
	}
	buf_printf(&ret_result->tap, "1..%zu\n", ret_result->ntests);
	ruleset_release(&texts);
}

int test_rules(struct program *program)
{
	struct examples_result result;

	run_all(&program->ruleset, program->options.nrules > 0,
	    &program->settings, &result);
	return print_lines(program, &result.tap,
	    result.nfailed ? STATUS_FINDINGS : STATUS_CLEAN);
}

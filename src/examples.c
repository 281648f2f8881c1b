/*
 * Each example is linted as a stream of its own, by its own rule alone, under
 * the profile it gives.
 */
#include "examples.h"

#include "input/source.h"
#include "rule/classes.h"

#include <stdlib.h>
#include <string.h>

struct testing {
	const struct rule *rule;
	struct examples_result *result;
	const struct settings *settings;
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

/* The lines of text that end in the mark, as a set of ticks by line. */
static bool *marked_lines(const char *text, size_t *ret_n)
{
	size_t n = 1;
	bool *marks;
	const char *line = text;

	for (const char *p = text; *p; p++)
		n += *p == '\n';
	marks = xcalloc(n + 1, sizeof(*marks));
	for (size_t number = 1; number <= n; number++) {
		size_t len = strcspn(line, "\n");
		struct slice whole = slice_trim((struct slice){line, len});

		marks[number] = slice_ends(whole, SLICE("#!"));
		line += len + (line[len] == '\n');
	}
	*ret_n = n;
	return marks;
}

/* Whether the findings of the rule are at the marked lines and nowhere
 * else. */
static bool as_marked(
    const struct testing *testing, const struct run *run, const char *yaml)
{
	size_t n;
	bool *marks = marked_lines(yaml, &n);
	bool ok = true;

	for (size_t i = 0; i < run->result.findings.n; i++) {
		const struct finding *finding = &run->result.findings.items[i];
		uint32_t line = finding->place.span.line;
		bool own = finding->kind == &testing->rule->kind;
		bool marked = line <= n && marks[line];

		if (own && marked) {
			marks[line] = false;
		} else {
			explain(testing, "not wanted on line %u: %s", line,
			    finding->text);
			ok = false;
		}
	}
	for (size_t line = 1; line <= n; line++) {
		if (marks[line]) {
			explain(testing, "no finding on line %zu", line);
			ok = false;
		}
	}
	free(marks);
	return ok;
}

/* What an example is judged by. */
struct world {
	struct contract contract;
	struct profile profile;
	struct settings settings; /* what it points to is not its own */
};

/* The profile an example asks for, on top of one that asks for nothing. */
static int read_world(const struct testing *testing,
    const struct example *example, struct world *world, struct fault *fault)
{
	const struct origin *origin = testing->rule->origin;
	struct reader reader = {origin, &world->contract.arena, fault};

	contract_builtin(&world->contract);
	world->profile = world->contract.profiles[0];
	world->settings = *testing->settings;
	if (example->contract && profile_parse_partial(&world->contract, origin,
				     example->contract, &world->profile, fault))
		return -1;
	return example->classes
		   ? classes_read(&reader, example->classes, &world->settings)
		   : 0;
}

static bool example_world(const struct testing *testing,
    const struct example *example, struct world *world)
{
	struct fault fault = {0};
	int result = read_world(testing, example, world, &fault);

	if (result)
		explain(testing, "%s", fault_text(&fault));
	fault_release(&fault);
	return !result;
}

static void run_example(const struct testing *testing,
    const struct example *example, const char *which, size_t number)
{
	struct origin origin = {.name = "example", .role = ORIGIN_MANIFEST};
	const struct origin *inputs[] = {&origin};
	struct world world;
	struct rule *rule = (struct rule *)(uintptr_t)testing->rule;
	struct ruleset alone = {.rules = &rule, .n = 1};
	struct run run = {0};
	struct run_options options = {
	    .inputs = inputs,
	    .ninputs = 1,
	    .ruleset = &alone,
	    .settings = &world.settings,
	    .profile = &world.profile,
	    .limits = &default_limits,
	    .text = slice_of(example->yaml),
	};
	bool ok;

	if (example_world(testing, example, &world)) {
		run_lint(&run, &options);
		ok = as_marked(testing, &run, example->yaml);
		run_release(&run);
	} else {
		ok = false;
	}
	contract_release(&world.contract);
	report(testing, ok, which, number);
}

static bool has_mark(const char *yaml)
{
	size_t n;
	bool *marks = marked_lines(yaml, &n);
	bool any = false;

	for (size_t line = 1; line <= n; line++)
		any |= marks[line];
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
		if (has_mark(examples[i].yaml) == bad) {
			run_example(testing, &examples[i], which, i + 1);
			continue;
		}
		explain(testing,
		    bad ? "no line is marked #!" : "a line is marked #!");
		report(testing, false, which, i + 1);
	}
}

void examples_run(const struct ruleset *ruleset,
    const struct settings *settings, struct examples_result *ret_result)
{
	*ret_result = (struct examples_result){0};
	for (size_t i = 0; i < ruleset->n; i++) {
		struct testing testing = {
		    ruleset->rules[i], ret_result, settings};
		const struct rule *rule = ruleset->rules[i];

		run_examples(&testing, rule->bad, rule->nbad, true);
		run_examples(&testing, rule->good, rule->ngood, false);
	}
	buf_printf(&ret_result->tap, "1..%zu\n", ret_result->ntests);
}

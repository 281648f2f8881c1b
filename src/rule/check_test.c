/* Rules against a release: when they speak, where, how loud, and when they
 * stay quiet. */
#include "fact/test_release.h"
#include "rule/check.h"
#include "rule/vocabulary.h"

static const char web[] =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  replicas: 3\n"
    "  template:\n"
    "    metadata: {labels: {app: web}}\n"
    "    spec:\n"
    "      containers:\n"
    "        - name: app\n"
    "          lifecycle: {preStop: {httpGet: {port: 80}}}\n"
    "        - name: logs\n";

static const struct origin rule_origin = {.name = "a.yaml"};
static const struct origin contract_origin = {.name = "c.json"};
static const struct place fallback = {&test_origin, {99, 1, 99, 2}};

/* One rule over one release. */
struct checked {
	struct tally tally; /* of the one demand */
	struct test_release test;
	struct ruleset ruleset;
	struct finding_list findings;
	uint64_t steps; /* left */
};

/* The fields id, code, severity and group are given. */
static void load(struct checked *checked, const char *rule)
{
	struct fault fault = {0};
	struct buf text = {0};
	struct slice kept;

	buf_printf(&text,
	    "id: a\ncode: ACME101\nseverity: warning\ngroup: own\n%s", rule);
	/* The nodes point into the text. */
	kept = slice_copy(&checked->ruleset.arena, buf_slice(&text));
	cr_assert_eq(
	    ruleset_add_text(&checked->ruleset, &rule_origin, kept, &fault), 0,
	    "%s", fault_text(&fault));
	buf_release(&text);
}

static const struct demand hpa_demand = {
    .field = "hpaPolicyRequired",
    .value = "enabled",
    .place = {&contract_origin, {7, 3, 7, 9}},
    .asks = true,
};

static void use_profile(struct checked *checked)
{
	struct profile *profile = &checked->test.profile;

	profile->id.text = "prod";
	profile->hpa_policy =
	    (struct clause_text){hpa_demand.value, hpa_demand.place};
	profile->demands = &hpa_demand;
	profile->ndemands = 1;
}

/* Checks under a profile with a clause at c.json:7:3. */
static void check(struct checked *checked, const char *yaml, const char *rule)
{
	*checked = (struct checked){.steps = INT64_MAX};
	test_release_init(&checked->test, yaml, NULL);
	use_profile(checked);
	load(checked, rule);
	check_release(&checked->ruleset, checked->test.release, fallback, 1,
	    &checked->steps, &checked->findings, &checked->tally);
}

static void checked_release(struct checked *checked)
{
	finding_list_release(&checked->findings);
	ruleset_release(&checked->ruleset);
	test_release_free(&checked->test);
}

/* All findings as SEVERITY LINE:COL TEXT, one after the other; NOTES follow
 * theirs in brackets. */
static void spell(const struct finding_list *list, struct buf *buf)
{
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *finding = &list->items[i];

		buf_printf(buf, "%s%s %u:%u %s", i ? "; " : "",
		    severity_name(finding->severity), finding->place.span.line,
		    finding->place.span.col, finding_text(finding, &text));
		for (size_t j = 0; j < finding->nnotes; j++)
			buf_printf(buf, " [%u:%u %s]",
			    finding->notes[j].place.span.line,
			    finding->notes[j].place.span.col,
			    finding->notes[j].text);
	}
	buf_release(&text);
}

static void expect_of(const char *yaml, const char *rule, const char *expected)
{
	struct checked checked;
	struct buf got = {0};

	check(&checked, yaml, rule);
	spell(&checked.findings, &got);
	cr_assert_str_eq(buf_text(&got), expected, "'%s', not '%s'",
	    buf_text(&got), expected);
	buf_release(&got);
	checked_release(&checked);
}

static void expect(const char *rule, const char *expected)
{
	expect_of(web, rule, expected);
}

#define ON(entity, require) \
	"on: " entity "\nmessage: m\nrequire: \"" require "\"\n"

Test(rule_check, what_is_required_holds_or_not)
{
	expect(ON("workload", "workload.replicas == 3"), "");
	expect(ON("workload", "workload.replicas == 2"), "warning 2:7 m");
	expect(ON("service", "false"), "");
	expect(ON("container", "container.name == 'app'"), "warning 12:17 m");
	expect(ON("container", "false"), "warning 10:17 m; warning 12:17 m");
}

/* Containers by the thousand, a contract's clause counted for each: the same
 * for every number of threads. */
Test(rule_check, threads_share_the_entities)
{
	enum { WORKLOADS = 300, CONTAINERS = 100 };
	struct checked one = {0};
	struct buf yaml = {0}, wanted = {0};

	for (int i = 0; i < WORKLOADS; i++) {
		buf_printf(&yaml,
		    "---\napiVersion: apps/v1\nkind: Deployment\n"
		    "metadata: {name: w%d}\nspec:\n  template:\n    spec:\n"
		    "      containers:\n",
		    i);
		for (int j = 0; j < CONTAINERS; j++)
			buf_printf(&yaml, "        - name: c%d\n", j);
	}
	cr_assert_gt(WORKLOADS * CONTAINERS, CHECK_ENOUGH_VISITS);
	check(&one, buf_text(&yaml),
	    "on: container\nclause: hpaPolicyRequired\n"
	    "message: '{container.name} of {container.workload.name}'\n"
	    "require: container.name != 'c7'\n");
	spell(&one.findings, &wanted);
	cr_assert_eq(one.findings.n, WORKLOADS);
	cr_assert_eq(one.tally.met, WORKLOADS * (CONTAINERS - 1));
	for (unsigned njobs = 2; njobs < 5; njobs++) {
		struct finding_list findings = {0};
		struct tally tally = {0};
		struct buf got = {0};
		uint64_t steps = INT64_MAX;

		check_release(&one.ruleset, one.test.release, fallback, njobs,
		    &steps, &findings, &tally);
		cr_assert_eq(steps, one.steps);
		spell(&findings, &got);
		cr_assert_str_eq(buf_text(&got), buf_text(&wanted));
		cr_assert_eq(tally.met, one.tally.met);
		buf_release(&got);
		finding_list_release(&findings);
	}
	buf_release(&yaml);
	buf_release(&wanted);
	checked_release(&one);
}

/* How many findings there are with so many steps, and what is left of these. */
static size_t count_within(
    const struct checked *all, unsigned njobs, uint64_t *steps)
{
	struct finding_list findings = {0};
	size_t n;

	check_release(&all->ruleset, all->test.release, fallback, njobs, steps,
	    &findings, NULL);
	n = findings.n;
	finding_list_release(&findings);
	return n;
}

/*
 * 100 pods of 205 containers are visited 256 at a time, 80 times and the 20
 * last ones.  Each visit takes more than the 1000 steps that are free.  The
 * last container of each pod is found, the last pod's in the last 20.  With
 * just the steps that are taken none is left, and the last 20 do not count;
 * with one more all do.
 */
Test(rule_check, steps_are_used_up_in_order)
{
	enum { PODS = 100, CONTAINERS = 205 };
	struct checked all = {0};
	struct buf yaml = {0};
	uint64_t used;

	for (int i = 0; i < PODS; i++) {
		buf_printf(&yaml,
		    "---\napiVersion: apps/v1\nkind: Deployment\n"
		    "metadata: {name: w%d}\nspec:\n  template:\n    spec:\n"
		    "      containers:\n",
		    i);
		for (int j = 1; j <= CONTAINERS; j++)
			buf_printf(&yaml, "        - name: c%d\n", j);
	}
	check(&all, buf_text(&yaml),
	    "on: container\nmessage: m\n"
	    "when: '[1, 2, 3, 4, 5, 6, 7, 8].all(a, [1, 2, 3, 4, 5, 6, 7, 8]"
	    ".all(b, [1, 2, 3, 4, 5, 6, 7, 8].all(c, a + b + c > 2)))'\n"
	    "require: container.name != 'c205'\n");
	used = INT64_MAX - all.steps;
	cr_assert_gt(used, PODS * CONTAINERS);
	cr_assert_eq(all.findings.n, PODS);
	for (unsigned njobs = 1; njobs < 5; njobs++) {
		uint64_t enough = used + 1, short_by_one = used, one = 1;

		cr_assert_eq(count_within(&all, njobs, &enough), PODS);
		cr_assert_eq(enough, 1);
		cr_assert_eq(
		    count_within(&all, njobs, &short_by_one), PODS - 1);
		cr_assert_eq(short_by_one, 0);
		cr_assert_eq(count_within(&all, njobs, &one), 0);
		cr_assert_eq(one, 0);
	}
	buf_release(&yaml);
	checked_release(&all);
}

Test(rule_check, only_when_it_applies)
{
	expect(ON("container", "false") "when: container.name == 'logs'\n",
	    "warning 12:17 m");
	expect(ON("container", "false") "when: 'false'\n", "");
}

/* An unknown preStop delay: neither passed nor refused. */
Test(rule_check, unknown_stays_quiet)
{
	static const char app[] = "when: container.name == 'app'\n";
	struct buf rule = {0};

	buf_printf(
	    &rule, "%s%s", ON("drain", "drain.prestop_seconds < 1000"), app);
	expect(buf_text(&rule), "");
	buf_clear(&rule);
	buf_printf(
	    &rule, "%s%s", ON("drain", "drain.prestop_seconds > 1000"), app);
	expect(buf_text(&rule), "");
	buf_release(&rule);
	expect(ON("drain", "false") "when: drain.prestop_seconds > 0\n", "");
	/* What is known beside it decides. */
	expect(
	    ON("drain", "drain.prestop_seconds > 0 && container.name == 'x'"),
	    "warning 10:17 m; warning 12:17 m");
}

Test(rule_check, an_error_is_said_and_decides_nothing)
{
	expect(ON("workload", "1 / 0 == 1"),
	    "warning 2:7 rule 'a' could not be evaluated: division by "
	    "zero");
	expect(ON("workload", "false") "when: 1 / 0 == 1\n",
	    "warning 2:7 rule 'a' could not be evaluated: division by "
	    "zero");
	expect(ON("workload", "dyn(7)"),
	    "warning 2:7 rule 'a' could not be evaluated: its value is not "
	    "true or false");
	/* An error beside a false is no error. */
	expect(ON("workload", "1 / 0 == 1 && false"), "warning 2:7 m");
	expect(ON("release", "1 / 0 == 1"),
	    "warning 99:1 rule 'a' could not be evaluated: division by "
	    "zero");
}

Test(rule_check, an_undecided_rule_is_a_finding_of_its_own_kind)
{
	struct checked checked;

	check(&checked, web, ON("workload", "1 / 0 == 1"));
	cr_assert_eq(checked.findings.n, 1);
	cr_assert_eq(checked.findings.items[0].kind, own_kind(KIND_RULE_ERROR));
	checked_release(&checked);
}

/* The loudest severity whose condition holds; else the rule's own. */
Test(rule_check, severity_when)
{
	expect(ON("workload", "false") "severity_when: {error: 'true'}\n",
	    "error 2:7 m");
	expect(ON("workload", "false") "severity_when: {error: 'false'}\n",
	    "warning 2:7 m");
	expect(ON("workload",
		   "false") "severity_when: {note: 'true', error: 'true'}\n",
	    "error 2:7 m");
	expect(ON("workload",
		   "false") "severity_when: {note: workload.replicas == 3, "
			    "error: workload.replicas == 4}\n",
	    "note 2:7 m");
	expect(ON("workload", "false") "severity_when: {off: 'true'}\n",
	    "off 2:7 m");
	/* What cannot be told raises nothing. */
	expect(ON("drain",
		   "container.name != 'app'") "severity_when: {error: "
					      "drain.prestop_seconds > 0}\n",
	    "warning 10:17 m");
}

/* The fact, the entity it gives, else the rule's own entity. */
Test(rule_check, at)
{
	expect(ON("workload", "false") "at: workload.replicas\n",
	    "warning 5:13 m");
	expect(ON("container", "container.name != 'logs'") "at: workload\n",
	    "warning 2:7 m");
	expect(ON("workload", "false") "at: workload.containers[1]\n",
	    "warning 12:17 m");
	/* A default and a computed fact were written nowhere. */
	expect(ON("workload", "false") "at: workload.grace_seconds\n",
	    "warning 2:7 m");
	expect(
	    ON("workload", "false") "at: workload.served\n", "warning 2:7 m");
	/* Nor is an error anywhere. */
	expect(ON("workload", "false") "at: workload.containers[7]\n",
	    "warning 2:7 m");
	expect(
	    ON("workload", "false") "at: workload.governor\n", "warning 2:7 m");
}

/* What is about the release has no place but that of the clause that asks. */
Test(rule_check, at_of_what_is_not_there)
{
	expect(ON("release", "false"), "warning 99:1 m");
	expect(ON("release", "false") "clause: hpaPolicyRequired\n",
	    "warning 7:3 m");
	/* A clause that does not ask is no place. */
	expect(
	    ON("release", "false") "clause: rollout_mode\n", "warning 99:1 m");
	expect(ON("release", "false") "at: release.main\n", "warning 2:7 m");
}

Test(rule_check, the_clause_that_asks_is_a_note)
{
	expect(ON("workload", "false") "clause: hpaPolicyRequired\n",
	    "warning 2:7 m "
	    "[7:3 required by hpaPolicyRequired: enabled of profile 'prod']");
	expect(
	    ON("workload", "false") "clause: rollout_mode\n", "warning 2:7 m");
}

/* What a rule behind the contract's one demand gave: met, unknown, and how many
 * findings say that they break it. */
static void expect_tally(
    const char *rule, size_t met, size_t unknown, size_t broken)
{
	struct checked checked;
	size_t n = 0;

	check(&checked, web, rule);
	for (size_t i = 0; i < checked.findings.n; i++)
		n += checked.findings.items[i].demand == 1;
	cr_assert_eq(checked.tally.met, met, "%s", rule);
	cr_assert_eq(checked.tally.unknown, unknown, "%s", rule);
	cr_assert_eq(n, broken, "%s", rule);
	checked_release(&checked);
}

Test(rule_check, what_could_be_decided_of_a_demand)
{
	/* Two containers; how long a preStop by HTTP takes is unknown, the
	 * other container has none. */
	static const char unknown[] = ON("drain", "drain.prestop_seconds < 9");
	struct buf rule = {0};

	expect_tally(
	    ON("container", "true") "clause: hpaPolicyRequired\n", 2, 0, 0);
	expect_tally(
	    ON("container",
		"container.name == 'app'") "clause: hpaPolicyRequired\n",
	    1, 0, 1);
	expect_tally(ON("container", "true") "when: container.name == 'app'\n"
					     "clause: hpaPolicyRequired\n",
	    1, 0, 0);
	buf_printf(&rule, "%sclause: hpaPolicyRequired\n", unknown);
	expect_tally(buf_text(&rule), 1, 1, 0);
	buf_release(&rule);
	/* Another field, and none. */
	expect_tally(ON("container", "true") "clause: rollout_mode\n", 0, 0, 0);
	expect_tally(ON("container", "false"), 0, 0, 0);
}

Test(rule_check, a_guard_breaks_a_demand_by_an_error)
{
	static const char error[] = "severity_when: {error: 'true'}\n";
	struct buf rule = {0};

	/* That it is silent does not show that the demand is met. */
	expect_tally(
	    ON("container", "true") "guards: hpaPolicyRequired\n", 0, 0, 0);
	expect_tally(
	    ON("container", "false") "guards: hpaPolicyRequired\n", 0, 0, 0);
	buf_printf(&rule, "%sguards: hpaPolicyRequired\n%s",
	    ON("container", "false"), error);
	expect_tally(buf_text(&rule), 0, 0, 2);
	buf_release(&rule);
	/* Nothing asks for it: no note. */
	expect(ON("workload", "false") "guards: hpaPolicyRequired\n",
	    "warning 2:7 m");
}

Test(rule_check, notes)
{
	expect(ON("workload", "false") "notes: [{at: workload.replicas, "
				       "message: 'is {workload.replicas}'}]\n",
	    "warning 2:7 m [5:13 is 3]");
	/* One for each thing of a list. */
	expect(
	    ON("workload",
		"false") "notes: [{at: workload.containers, message: here}]\n",
	    "warning 2:7 m [10:17 here] [12:17 here]");
	/* What has no place needs no note. */
	expect(
	    ON("workload",
		"false") "notes: [{at: workload.grace_seconds, message: here}, "
			 "{at: workload.governor, message: here}]\n",
	    "warning 2:7 m");
	expect(
	    ON("workload",
		"false") "notes: [{at: workload, message: x, when: 'false'}, "
			 "{at: workload, message: y, when: 'true'}]\n",
	    "warning 2:7 m [2:7 y]");
}

/* A note at each of the first eight containers, the last of which counts those
 * that are left, if there are any. */
static void expect_notes(unsigned ncontainers, const char *last)
{
	struct buf yaml = {0}, expected = {0};

	buf_add_text(&yaml, "apiVersion: apps/v1\nkind: Deployment\n"
			    "metadata: {name: web}\n"
			    "spec: {template: {spec: {containers: [\n");
	buf_add_text(&expected, "warning 2:7 m");
	for (unsigned i = 0; i < ncontainers; i++) {
		buf_printf(&yaml, "{name: c%u},\n", i);
		if (i < 8)
			buf_printf(&expected, " [%u:8 here%s]", i + 5,
			    i == 7 ? last : "");
	}
	buf_add_text(&yaml, "]}}}\n");
	expect_of(buf_text(&yaml),
	    ON("workload",
		"false") "notes: [{at: workload.containers, message: here}]\n",
	    buf_text(&expected));
	buf_release(&yaml);
	buf_release(&expected);
}

Test(rule_check, notes_of_a_long_list)
{
	expect_notes(7, "");
	expect_notes(8, "");
	expect_notes(9, " (and 1 more)");
	expect_notes(20, " (and 12 more)");
}

Test(rule_check, what_a_finding_carries)
{
	struct checked checked;
	const struct finding *finding;
	struct buf text = {0};

	check(&checked, web,
	    "on: container\nrequire: container.name != 'logs'\n"
	    "message: \"{container.name} of {workload.name}\"\n");
	cr_assert_eq(checked.findings.n, 1);
	finding = &checked.findings.items[0];
	cr_assert_str_eq(finding_text(finding, &text), "logs of web");
	buf_release(&text);
	cr_assert_eq(finding->nargs, 2);
	cr_assert_str_eq(finding->args, "logs");
	cr_assert_str_eq(finding->args + strlen("logs") + 1, "web");
	cr_assert_str_eq(finding->path, "spec.template.spec.containers[1]");
	cr_assert_eq(finding->kind, &checked.ruleset.rules[0]->kind);
	cr_assert_str_eq(finding->subject->kind, "Deployment");
	cr_assert_str_eq(finding->subject->group, "apps");
	cr_assert_str_eq(finding->subject->version, "v1");
	cr_assert_str_eq(finding->subject->name, "web");
	cr_assert_not(finding->promoted);
	checked_release(&checked);
}

/* "at" of another object makes the finding one about that object. */
Test(rule_check, a_finding_is_about_the_object_it_is_at)
{
	struct checked checked;
	const struct finding *finding;

	check(&checked, web, ON("release", "false") "at: release.main\n");
	finding = &checked.findings.items[0];
	cr_assert_str_eq(finding->subject->name, "web");
	cr_assert_null(finding->path);
	checked_release(&checked);
	check(&checked, web, ON("release", "false"));
	cr_assert_null(checked.findings.items[0].subject);
	checked_release(&checked);
}

/* "about" changes whose it is, not where. */
Test(rule_check, a_finding_is_of_what_it_is_about)
{
	struct checked checked;
	const struct finding *finding;

	check(&checked, web,
	    ON("container", "false") "at: workload\nabout: release.main\n");
	finding = &checked.findings.items[0];
	cr_assert_str_eq(finding->subject->name, "web");
	cr_assert_null(finding->path);
	checked_release(&checked);
	check(&checked, web,
	    ON("release", "false") "about: release.main.governor\n");
	cr_assert_null(checked.findings.items[0].subject);
	checked_release(&checked);
}

/* Raw objects. */

static const char objects[] = "apiVersion: example.com/v1\n"
			      "kind: Thing\n"
			      "metadata: {name: a}\n"
			      "spec:\n"
			      "  size: 3\n"
			      "  parts:\n"
			      "    - name: x\n"
			      "---\n"
			      "apiVersion: v1\n"
			      "kind: Secret\n"
			      "metadata: {name: b}\n";

static void visit(
    void *context, const struct node *object, const struct manifest *manifest)
{
	struct checked *checked = context;

	check_object(&checked->ruleset, &checked->test.profile, object,
	    manifest, &checked->steps, &checked->findings);
}

static void check_raw(struct checked *checked, const char *rule)
{
	struct events *events = events_new(SLICE(objects), 1);
	struct collection collection = {.facts = &checked->test.facts,
	    .origin = &test_origin,
	    .findings = &checked->findings};
	const struct node *root;
	struct arena arena = {0};

	*checked = (struct checked){.steps = INT64_MAX};
	use_profile(checked);
	test_settings_init(&checked->test.settings);
	facts_init(&checked->test.facts, &checked->test.settings);
	load(checked, rule);
	while (document_load(events, &test_origin, &default_limits, &arena,
		   &checked->findings, &root) > 0)
		collect_document(&collection, root, visit, checked);
	arena_release(&arena);
	events_free(events);
}

static void expect_raw(const char *rule, const char *expected)
{
	struct checked checked;
	struct buf got = {0};

	check_raw(&checked, rule);
	spell(&checked.findings, &got);
	cr_assert_str_eq(buf_text(&got), expected, "'%s', not '%s'",
	    buf_text(&got), expected);
	buf_release(&got);
	checked_release(&checked);
}

Test(rule_check, objects_are_visited_raw)
{
	expect_raw(ON("object", "object.kind == 'Secret'"), "warning 2:7 m");
	expect_raw(
	    ON("object", "object.spec.size == 4") "when: has(object.spec)\n",
	    "warning 2:7 m");
	expect_raw(
	    ON("object",
		"object.spec.size == 3") "when: object.kind == 'Thing'\n",
	    "");
	expect_raw(ON("object", "object.spec.size == 3"),
	    "warning 10:7 rule 'a' could not be evaluated: no such key: "
	    "spec");
	expect_raw(
	    ON("object",
		"contract.id != 'prod'") "when: object.metadata.name == 'b'\n",
	    "warning 10:7 m");
}

/* Else a macro would make one for each item that it visits. */
Test(rule_check, a_raw_object_is_made_once_for_an_entity)
{
	const struct cel_class *class = entity_class(ENTITY_manifest);
	size_t raw = (size_t)cel_class_field(class, SLICE("raw"));
	const struct node object = {.kind = NODE_MAPPING};
	struct manifest_seldom seldom = {.raw = &object};
	const struct manifest manifest = {
	    .origin = &test_origin, .seldom = &seldom};
	struct cel_value first, second;
	struct context context;

	context_init(&context, NULL, NULL);
	context.is_asking = true;
	for (int i = 0; i < 2; i++) {
		class->get(&context, &manifest, raw, &context.arena, &first);
		class->get(&context, &manifest, raw, &context.arena, &second);
		cr_assert_eq(first.kind, CEL_MAP);
		cr_assert_eq(first.map, second.map);
		context_forget(&context);
	}
	context_release(&context);
}

Test(rule_check, raw_values_have_their_places)
{
	static const char thing[] = "when: object.kind == 'Thing'\n";
	struct buf rule = {0};

	buf_printf(
	    &rule, "%s%sat: object.spec.size\n", ON("object", "false"), thing);
	expect_raw(buf_text(&rule), "warning 5:9 m");
	buf_clear(&rule);
	buf_printf(&rule, "%s%sat: object.spec.parts[0].name\n",
	    ON("object", "false"), thing);
	expect_raw(buf_text(&rule), "warning 7:13 m");
	buf_clear(&rule);
	buf_printf(&rule, "%s%sat: object.spec.nothing\n",
	    ON("object", "false"), thing);
	expect_raw(buf_text(&rule), "warning 2:7 m");
	buf_clear(&rule);
	buf_printf(&rule, "%s%sclause: hpaPolicyRequired\n",
	    ON("object", "false"), thing);
	expect_raw(buf_text(&rule),
	    "warning 2:7 m "
	    "[7:3 required by hpaPolicyRequired: enabled of profile 'prod']");
	buf_release(&rule);
}

/* Each of the two ways visits only its own rules. */
Test(rule_check, rules_know_what_they_are_on)
{
	struct checked checked;

	check(&checked, web, ON("object", "false"));
	cr_assert_eq(checked.findings.n, 0);
	cr_assert_eq(checked.ruleset.nof_objects, 1);
	checked_release(&checked);
	check(&checked, web, ON("workload", "false"));
	cr_assert_eq(checked.ruleset.nof_objects, 0);
	checked_release(&checked);
	expect_raw(ON("manifest", "false"), "");
}

/* Of the cases the first that holds is reported, at its own place, as loud as
 * it says and with its notes before those of the rule. */
Test(rule_check, cases)
{
	expect("on: container\n"
	       "at: container.name\n"
	       "message: \"'{container.name}' {case}\"\n"
	       "cases:\n"
	       "  - when: has(container.prestop)\n"
	       "    at: container.prestop\n"
	       "    says: stops by {container.prestop}\n"
	       "    severity: note\n"
	       "    notes: [{at: workload.replicas, message: first}]\n"
	       "  - says: just stops\n"
	       "notes: [{at: workload, message: second}]\n",
	    "note 11:33 'app' stops by httpGet [5:13 first] [2:7 second]; "
	    "warning 12:17 'logs' just stops [2:7 second]");
	expect("on: container\n"
	       "severity_when: {error: \"true\"}\n"
	       "message: here\n"
	       "cases: [{when: has(container.prestop), severity: note}]\n",
	    "note 10:17 here");
}

/* Without a case that holds there is no finding; what is required keeps them
 * all from being asked. */
Test(rule_check, cases_that_do_not_hold)
{
	expect("on: container\n"
	       "cases: [{when: container.name == 'x', says: a}]\n",
	    "");
	expect("on: container\n"
	       "require: container.name == 'app'\n"
	       "cases: [{says: a}]\n",
	    "warning 12:17 a");
	expect("on: container\n"
	       "require: container.name == 'app'\n"
	       "cases: [{when: container.name == 'app', says: a}]\n",
	    "");
}

/* As with ||: what is unknown or fails does not count when another holds. */
Test(rule_check, cases_that_cannot_be_told)
{
	expect_of("apiVersion: apps/v1\n"
		  "kind: DaemonSet\n"
		  "metadata: {name: web}\n"
		  "spec: {template: {spec: {containers: [{name: a}]}}}\n",
	    "on: workload\n"
	    "cases:\n"
	    "  - {when: workload.effective_replicas > 1, says: many}\n"
	    "  - {when: workload.kind == 'DaemonSet', says: one each}\n",
	    "warning 2:7 one each");
	expect("on: container\n"
	       "cases:\n"
	       "  - {when: container.prestop == 'x', says: a}\n"
	       "  - {when: container.name == 'logs', says: b}\n",
	    "warning 12:17 b");
	expect("on: container\n"
	       "cases:\n"
	       "  - {when: container.prestop == 'x', says: a}\n",
	    "warning 12:17 rule 'a' could not be evaluated: this container "
	    "has no prestop");
}

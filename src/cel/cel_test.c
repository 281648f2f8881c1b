/*
 * The rule language: the cases of testdata/cel line by line, and what a line
 * cannot say: places, offsets, limits, programs cut short.
 */
#include "cel/cel.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct origin origin = {.name = "a.yaml"};

static struct place at_line(uint32_t line)
{
	return (struct place){&origin, {line, 1, line, 2}};
}

/* A release of one workload with two containers. */
struct container {
	const char *name, *image;
};

static const struct container containers[] = {
    {"app", "web:2"},
    {"proxy", "envoy:1"},
};

enum { CONTAINER_NAME, CONTAINER_IMAGE };

static const struct cel_field container_fields[] = {
    {"name", {CEL_STRING, 0, NULL}, "", "name"},
    {"image", {CEL_STRING, 0, NULL}, "", "image"},
};

static bool container_get(const void *context, const void *self, size_t field,
    struct arena *arena, struct cel_value *ret_value)
{
	const struct container *container = self;

	(void)context;
	(void)arena;
	*ret_value = cel_string(slice_of(
	    field == CONTAINER_NAME ? container->name : container->image));
	return true;
}

static struct place container_place(const void *self)
{
	return at_line(self == &containers[0] ? 20 : 30);
}

static void container_spell(const void *self, struct buf *buf)
{
	const struct container *container = self;

	buf_printf(buf, "container %s", container->name);
}

static const struct cel_class container_class = {
    .name = "container",
    .meaning = "a container",
    .fields = container_fields,
    .nfields = COUNT_OF(container_fields),
    .get = container_get,
    .place = container_place,
    .spell = container_spell,
};

enum {
	WORKLOAD_NAME,
	WORKLOAD_REPLICAS,
	WORKLOAD_BUDGET,
	WORKLOAD_TIMEOUT,
	WORKLOAD_PATTERN,
	WORKLOAD_PORTS,
	WORKLOAD_LABELS,
	WORKLOAD_MAIN,
	WORKLOAD_CONTAINERS,
};

static const struct cel_field workload_fields[] = {
    {"name", {CEL_STRING, 0, NULL}, "", "name"},
    {"replicas", {CEL_INT, 0, NULL}, "pods", "absent, 1 by default"},
    {"budget", {CEL_INT, 0, NULL}, "", "unknown"},
    {"timeout", {CEL_INT, 0, NULL}, "", "absent, without a default"},
    {"pattern", {CEL_STRING, 0, NULL}, "", "unknown"},
    {"ports", {CEL_LIST, CEL_INT, NULL}, "", "ports"},
    {"labels", {CEL_MAP, CEL_STRING, NULL}, "", "labels"},
    {"main", {CEL_OBJECT, 0, &container_class}, "", "first container"},
    {"containers", {CEL_LIST, CEL_OBJECT, &container_class}, "", "all"},
};

static struct cel_value container_value(const struct container *container)
{
	return (struct cel_value){.kind = CEL_OBJECT,
	    .place = container_place(container),
	    .object = {&container_class, container}};
}

static struct cel_value list_value(
    struct arena *arena, struct cel_value a, struct cel_value b)
{
	struct cel_value *items = arena_array(arena, 2, sizeof(*items));
	struct cel_list *list = arena_alloc(arena, sizeof(*list));

	items[0] = a;
	items[1] = b;
	*list = (struct cel_list){.n = 2, .items = items};
	return (struct cel_value){
	    .kind = CEL_LIST, .place = at_line(9), .list = list};
}

static struct cel_value labels_value(struct arena *arena)
{
	struct cel_value *entry = arena_array(arena, 2, sizeof(*entry));
	struct cel_map *map = arena_alloc(arena, sizeof(*map));

	entry[0] = cel_string(SLICE("app"));
	entry[1] = cel_string(SLICE("web"));
	map->n = 1;
	map->keys = &entry[0];
	map->values = &entry[1];
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

static bool workload_get(const void *context, const void *self, size_t field,
    struct arena *arena, struct cel_value *ret_value)
{
	(void)context;
	(void)self;
	switch (field) {
	case WORKLOAD_NAME: *ret_value = cel_string(SLICE("web")); break;
	case WORKLOAD_REPLICAS: *ret_value = cel_int(1); return false;
	case WORKLOAD_TIMEOUT:
		*ret_value = cel_error(arena, "nobody wrote timeout");
		return false;
	case WORKLOAD_PORTS:
		*ret_value = list_value(arena, cel_int(80), cel_int(8080));
		break;
	case WORKLOAD_LABELS: *ret_value = labels_value(arena); break;
	case WORKLOAD_MAIN: *ret_value = container_value(containers); break;
	case WORKLOAD_CONTAINERS:
		*ret_value = list_value(arena, container_value(&containers[0]),
		    container_value(&containers[1]));
		break;
	default: *ret_value = (struct cel_value){.kind = CEL_UNKNOWN}; break;
	}
	return true;
}

static struct place workload_place(const void *self)
{
	(void)self;
	return at_line(1);
}

static void workload_spell(const void *self, struct buf *buf)
{
	(void)self;
	buf_add_text(buf, "workload web");
}

static const struct cel_class workload_class = {
    .name = "workload",
    .meaning = "a workload",
    .fields = workload_fields,
    .nfields = COUNT_OF(workload_fields),
    .get = workload_get,
    .place = workload_place,
    .spell = workload_spell,
};

static const struct cel_variable variables[] = {
    {"name", {CEL_STRING, 0, NULL}},
    {"unsure", {CEL_BOOL, 0, NULL}},
    {"workload", {CEL_OBJECT, 0, &workload_class}},
    {"main", {CEL_OBJECT, 0, &container_class}},
    {"object", {CEL_MAP, CEL_DYN, NULL}},
};

static const struct cel_scope scope = {
    .vars = variables, .nvars = COUNT_OF(variables)};
static const struct cel_scope lax_scope = {
    .vars = variables, .nvars = COUNT_OF(variables), .lax = true};

static const struct node *text_node(
    struct arena *arena, const char *text, bool plain, uint32_t line)
{
	struct node *node = arena_alloc(arena, sizeof(*node));

	node->kind = NODE_SCALAR;
	node->plain = plain;
	node->text = slice_of(text);
	node->span = at_line(line).span;
	return node;
}

static const struct node *list_node(struct arena *arena, const struct node *a,
    const struct node *b, uint32_t line)
{
	struct node *node = arena_alloc(arena, sizeof(*node));

	node->kind = NODE_SEQUENCE;
	node->n = 2;
	node->items = arena_array(arena, 2, sizeof(*node->items));
	node->items[0] = a;
	node->items[1] = b;
	node->span = at_line(line).span;
	return node;
}

/* A mapping of n pairs, given as key, value, key, value. */
static const struct node *map_node(struct arena *arena, uint32_t line,
    const struct node *const *keys_and_values, uint32_t n)
{
	struct node *node = arena_alloc(arena, sizeof(*node));
	uint32_t i;

	node->kind = NODE_MAPPING;
	node->n = n;
	node->pairs = arena_array(arena, n, sizeof(*node->pairs));
	for (i = 0; i < n; i++)
		node->pairs[i] = (struct pair){
		    keys_and_values[2 * i], keys_and_values[2 * i + 1]};
	node->span = at_line(line).span;
	return node;
}

/* spec: {replicas: 3, paths: [/a, /b]} */
static const struct node *object_node(struct arena *arena)
{
	const struct node *paths =
	    list_node(arena, text_node(arena, "/a", true, 5),
		text_node(arena, "/b", false, 6), 4);
	const struct node *in_spec[] = {
	    text_node(arena, "replicas", true, 3),
	    text_node(arena, "3", true, 3),
	    text_node(arena, "paths", true, 4),
	    paths,
	};
	const struct node *in_object[] = {
	    text_node(arena, "spec", true, 2),
	    map_node(arena, 3, in_spec, 2),
	};

	return map_node(arena, 2, in_object, 1);
}

static void fill_values(
    struct arena *arena, struct cel_value values[COUNT_OF(variables)])
{
	static const char self;

	values[0] = cel_string(SLICE("n"));
	values[1] = (struct cel_value){.kind = CEL_UNKNOWN};
	values[2] = (struct cel_value){.kind = CEL_OBJECT,
	    .place = at_line(1),
	    .object = {&workload_class, &self}};
	values[3] = container_value(&containers[0]);
	values[4] = cel_from_node(arena, &origin, object_node(arena));
}

/* One expression compiled and evaluated. */
struct run {
	struct arena arena;
	struct cel_problem problem;
	const struct cel_program *program; /* NULL: refused */
	struct cel_value value;
};

static void run_start(
    struct run *run, const struct cel_scope *in, struct slice source)
{
	struct cel_value values[COUNT_OF(variables)];

	*run = (struct run){0};
	run->program = cel_compile(source, in, &run->problem);
	if (!run->program)
		return;
	fill_values(&run->arena, values);
	run->value = cel_eval(run->program, values, NULL, &run->arena);
}

static void run_release(struct run *run)
{
	cel_program_free(run->program);
	fault_release(&run->problem.fault);
	arena_release(&run->arena);
}

/* What became of source, as cases.txt writes it. */
static void spell_outcome(
    const struct cel_scope *in, struct slice source, struct buf *buf)
{
	struct run run;

	run_start(&run, in, source);
	if (run.program)
		cel_print(run.value, buf);
	else
		buf_printf(buf, "refused: %s", fault_text(&run.problem.fault));
	run_release(&run);
}

static struct slice without_end(struct slice line)
{
	while (line.len && line.ptr[line.len - 1] == '\n')
		line.len--;
	return line;
}

/* Whether the outcome is the wanted one; of sentences the beginning counts. */
static bool is_as_wanted(struct slice outcome, struct slice wanted)
{
	if (slice_starts(wanted, SLICE("error: ")) ||
	    slice_starts(wanted, SLICE("refused: ")))
		return slice_starts(outcome, wanted);
	return slice_eq(outcome, wanted);
}

static void try_case(
    const struct cel_scope *in, struct slice line, unsigned number)
{
	static const struct slice arrow = {" => ", 4};
	ptrdiff_t split = slice_find(line, arrow, 0);
	struct buf outcome = {0};
	struct slice source, wanted;

	cr_assert_geq(split, 0, "line %u has no '=>'", number);
	source = (struct slice){line.ptr, (size_t)split};
	wanted = (struct slice){
	    line.ptr + split + arrow.len, line.len - source.len - arrow.len};
	spell_outcome(in, source, &outcome);
	cr_expect(is_as_wanted(buf_slice(&outcome), wanted),
	    "line %u: %.*s\n  gives  %s\n  wanted %.*s", number,
	    SLICE_ARGS(source), buf_text(&outcome), SLICE_ARGS(wanted));
	buf_release(&outcome);
}

static FILE *open_cases(const char *name)
{
	const char *srcdir = getenv("srcdir");
	struct buf path = {0};
	FILE *cases;

	buf_printf(&path, "%s/testdata/cel/%s", srcdir ? srcdir : ".", name);
	cases = fopen(buf_text(&path), "r");
	cr_assert_not_null(cases, "%s", buf_text(&path));
	buf_release(&path);
	return cases;
}

/* "# => ..." is a case too: '#' is no operator. */
static bool is_case(struct slice line)
{
	return line.len &&
	       (line.ptr[0] != '#' || slice_starts(line, SLICE("# => ")));
}

/* Tries each case of that file; returns how many there are. */
static unsigned try_cases(const struct cel_scope *in, const char *name)
{
	FILE *cases = open_cases(name);
	char *text = NULL;
	size_t cap = 0;
	unsigned number = 0, tried = 0;
	ssize_t len;

	while ((len = getline(&text, &cap, cases)) >= 0) {
		struct slice line =
		    without_end((struct slice){text, (size_t)len});

		number++;
		if (!is_case(line))
			continue;
		try_case(in, line, number);
		tried++;
	}
	free(text);
	fclose(cases);
	return tried;
}

Test(cel_cel, cases)
{
	cr_assert_geq(try_cases(&scope, "cases.txt"), 440);
}

Test(cel_cel, the_specification_s_own_cases)
{
	cr_assert_geq(try_cases(&lax_scope, "conformance.txt"), 287);
}

static void expect_outcome(
    const struct cel_scope *in, const char *source, const char *wanted)
{
	struct buf outcome = {0};

	spell_outcome(in, slice_of(source), &outcome);
	cr_expect(is_as_wanted(buf_slice(&outcome), slice_of(wanted)),
	    "%s\n  gives  %s\n  wanted %s", source, buf_text(&outcome), wanted);
	buf_release(&outcome);
}

/* Without its checker CEL meets errors only where it evaluates. */
Test(cel_cel, lax_scope_turns_refusals_into_errors)
{
	expect_outcome(&lax_scope, "nobody || true", "true");
	expect_outcome(&lax_scope, "nobody", "error: unknown name 'nobody'");
	expect_outcome(&lax_scope, "nothing(1) && false", "false");
	expect_outcome(&lax_scope, "a.if(1) || true", "true");
	expect_outcome(&lax_scope, "'x' && false", "false");
	expect_outcome(&lax_scope, "'x' && true", "error: '&&' needs a bool");
	expect_outcome(&lax_scope, "1 == 'x'", "false");
	expect_outcome(&lax_scope, "'x' in [1]", "false");
	expect_outcome(&lax_scope, "1 + 'x' == 2 || true", "true");
	expect_outcome(&lax_scope, "workload.replica > 1 || true", "true");
	expect_outcome(&lax_scope, "false ? 'a'.matches('(') : true", "true");
	expect_outcome(&lax_scope, "{1.5: 2}", "error: the key of a map");
	expect_outcome(&lax_scope, "'abc'.all(x, x)", "error: only a list");
	expect_outcome(&lax_scope, "1 +", "refused: a value expected");
}

Test(cel_cel, source_may_span_lines)
{
	expect_outcome(&scope, "1 + // one\n 2 // two", "3");
	expect_outcome(&scope, "1\r\n+\f2", "3");
	expect_outcome(&scope, "'''a\nb'''", "\"a\\nb\"");
	/* one more of the specification's */
	expect_outcome(&scope, "''' \n '''", "\" \\n \"");
	expect_outcome(
	    &scope, "'a\nb'", "refused: the string does not end on its line");
}

Test(cel_cel, source_may_hold_nul)
{
	struct buf outcome = {0};

	spell_outcome(&scope, SLICE("size('a\0b')"), &outcome);
	cr_assert(slice_is(buf_slice(&outcome), "3"));
	buf_clear(&outcome);
	spell_outcome(&scope, SLICE("1 \0 2"), &outcome);
	cr_assert(slice_starts(
	    buf_slice(&outcome), SLICE("refused: unexpected char")));
	buf_release(&outcome);
}

static void expect_offset(const char *source, size_t offset)
{
	struct run run;

	run_start(&run, &scope, slice_of(source));
	cr_expect_null(run.program, "%s", source);
	cr_expect_eq(run.problem.offset, offset, "%s: at %zu, wanted %zu",
	    source, run.problem.offset, offset);
	run_release(&run);
}

Test(cel_cel, problems_point_at_the_culprit)
{
	expect_offset("", 0);
	expect_offset("1 + + 2", 4);
	expect_offset("true && pdbs", 8);
	expect_offset("workload.replica > 1", 9);
	expect_offset("1 * 2 + 'a'", 6);
	expect_offset("true && 'a'", 8);
	expect_offset("'abc' + 'a\\q'", 10);
	expect_offset("name.matches('(')", 13);
	expect_offset("[1].all(x, x > 'a')", 13);
	expect_offset("'abc'[0]", 5);
	expect_offset("name.startWith('a')", 5);
	expect_offset("{'a': 1, 2.0: 2}", 9);
	expect_offset("1 +\n\n#", 5);
	expect_offset("'no end", 0);
}

static void expect_line(const char *source, uint32_t line)
{
	struct run run;

	run_start(&run, &scope, slice_of(source));
	cr_assert_not_null(run.program, "%s", source);
	cr_expect_eq(run.value.place.span.line, line, "%s: line %u, wanted %u",
	    source, run.value.place.span.line, line);
	cr_expect_eq(place_known(run.value.place), line > 0, "%s", source);
	run_release(&run);
}

Test(cel_cel, values_that_were_read_keep_their_place)
{
	expect_line("workload", 1);
	expect_line("main", 20);
	expect_line("workload.containers", 9);
	expect_line("workload.containers[1]", 30);
	expect_line("(workload.containers)[1]", 30);
	expect_line("object.spec.replicas", 3);
	expect_line("object['spec'].paths[0]", 5);
	expect_line("true ? object.spec.paths[1] : 'x'", 6);
	expect_line("object.spec.paths.filter(p, p == '/b')[0]", 6);
	expect_line("object.spec.paths.map(p, p)[0]", 5);
	expect_line("object.filter(k, true)[0]", 2);
	expect_line("[main][0]", 20);
	expect_line("([] + object.spec.paths)[1]", 6);
}

Test(cel_cel, values_that_were_computed_have_no_place)
{
	expect_line("1", 0);
	expect_line("object.spec.replicas + 0", 0);
	expect_line("-object.spec.replicas", 0);
	expect_line("int(object.spec.replicas)", 0);
	expect_line("dyn(object.spec.replicas)", 0);
	expect_line("size(object.spec.paths)", 0);
	expect_line("[main]", 0);
	expect_line("object.spec.paths.filter(p, true)", 0);
	expect_line("has(object.spec)", 0);
	expect_line("true ? 1 : object.spec.replicas", 0);
}

static void expect_type(const char *source, const char *wanted)
{
	struct buf type = {0};
	struct run run;

	run_start(&run, &scope, slice_of(source));
	cr_assert_not_null(run.program, "%s", source);
	cel_type_spell(cel_program_type(run.program), &type);
	cr_expect_str_eq(buf_text(&type), wanted, "%s", source);
	buf_release(&type);
	run_release(&run);
}

Test(cel_cel, types_are_known_before_evaluation)
{
	expect_type("1 + 2", "int");
	expect_type("1 < 2", "bool");
	expect_type("null", "null");
	expect_type("[1, 2]", "list<int>");
	expect_type("[1, 'a']", "list");
	expect_type("[]", "list");
	expect_type("[[1]]", "list<list>");
	expect_type("[[1]][0]", "list");
	expect_type("{'a': 1.5}", "map<double>");
	expect_type("{'a': 1.5}.a", "double");
	expect_type("workload", "workload");
	expect_type("workload.containers", "list<container>");
	expect_type("workload.containers[0].image", "string");
	expect_type("workload.containers.map(c, c.image)", "list<string>");
	expect_type("workload.ports.filter(p, p > 1)", "list<int>");
	expect_type("workload.ports + ['a']", "list");
	expect_type("true ? 1 : 2", "int");
	expect_type("true ? 1 : 'a'", "dyn");
	expect_type("object.spec.replicas", "dyn");
	expect_type("object.spec.replicas + 1", "int");
	expect_type("object.spec.a + object.spec.b", "dyn");
	expect_type("dyn(1) == 2", "bool");
	expect_type("has(object.spec)", "bool");
}

Test(cel_cel, programs_tell_what_they_read)
{
	struct run run;

	run_start(&run, &scope,
	    SLICE("workload.ports.all(name, name > 0) || has(object.x)"));
	cr_assert(cel_program_uses(run.program, 2));
	cr_assert(cel_program_uses(run.program, 4));
	cr_assert_not(
	    cel_program_uses(run.program, 0), "hidden by a macro's variable");
	cr_assert_not(cel_program_uses(run.program, 3));
	cr_assert_not(cel_program_uses(run.program, 99));
	run_release(&run);
}

/* Schemas and objects of them -> what the API server refuses: classes and
 * paths, in the order in which they are told. */
#include "custom/custom.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct origin origin = {.name = "crd.yaml"};

/* The schema of spec, what spec is, and its faults. */
struct row {
	const char *schema, *spec, *faults;
};

struct told {
	struct buf faults;
	size_t ngaps;
};

static void add_fault(void *context, const struct refusal_fault *fault)
{
	static const char *const classes[] = {
	    [REFUSAL_TYPE] = "type",
	    [REFUSAL_VALUE] = "value",
	    [REFUSAL_MISSING] = "missing",
	    [REFUSAL_UNKNOWN] = "unknown",
	    [REFUSAL_TWICE] = "twice",
	};
	struct told *told = context;
	struct buf path = {0};

	node_path(fault->at, &path);
	buf_printf(&told->faults, "%s%s%s %s", told->faults.len ? ", " : "",
	    fault->is_unsure ? "perhaps " : "", classes[fault->class],
	    buf_text(&path));
	if (fault->was)
		buf_printf(&told->faults, " was %.*s",
		    SLICE_ARGS(fault->was->text));
	if (fault->field.len)
		buf_printf(&told->faults, ".%.*s", SLICE_ARGS(fault->field));
	cr_assert_not(fault->by_controller);
	buf_release(&path);
}

static void add_gap(void *context, const void *about, const char *text)
{
	struct told *told = context;

	(void)about;
	cr_assert_not_null(text);
	told->ngaps++;
}

static const struct node *parse(
    struct buf *yaml, struct arena *arena, struct finding_list *findings)
{
	struct events *events = events_new(buf_slice(yaml), 1);
	const struct node *root = NULL;

	cr_assert_eq(document_load(events, &origin, &default_limits, arena,
			 findings, &root),
	    1, "%s", buf_text(yaml));
	cr_assert_not_null(root);
	events_free(events);
	return root;
}

static void spell_object(const char *spec, struct buf *object)
{
	buf_printf(object,
	    "apiVersion: example.com/v1\n"
	    "kind: Thing\n"
	    "metadata: {name: thing}\n"
	    "status: {whatever: 1}\n"
	    "spec: %s\n",
	    spec);
}

/* As it is, or as a change of what spec was before. */
static void hold(
    const struct row *row, const char *before, struct told *told)
{
	struct buf crd = {0}, object = {0}, earlier = {0};
	struct arena kept = {0}, gone = {0}, nodes = {0};
	struct finding_list findings = {0};
	struct fault fault = {0};
	struct reader reader = {&origin, &kept, &fault};
	struct custom_sink sink = {add_fault, add_gap, told};
	struct custom_kind *kind;

	buf_printf(&crd,
	    "apiVersion: apiextensions.k8s.io/v1\n"
	    "kind: CustomResourceDefinition\n"
	    "spec:\n"
	    "  group: example.com\n"
	    "  names: {kind: Thing}\n"
	    "  versions:\n"
	    "    - name: v1\n"
	    "      served: true\n"
	    "      subresources: {status: {}}\n"
	    "      schema:\n"
	    "        openAPIV3Schema:\n"
	    "          type: object\n"
	    "          properties:\n"
	    "            metadata:\n"
	    "              type: object\n"
	    "              properties:\n"
	    "                name: {type: string, maxLength: 5}\n"
	    "            spec: %s\n",
	    row->schema);
	spell_object(row->spec, &object);
	if (before)
		spell_object(before, &earlier);
	cr_assert_eq(custom_read(&reader, parse(&crd, &gone, &findings), &kind),
	    0, "%s", fault_text(&fault));
	/* Nothing of the tree may be needed any more. */
	arena_release(&gone);
	custom_prepare(kind, &kept);
	if (before)
		custom_hold_change(kind, "v1",
		    parse(&earlier, &nodes, &findings),
		    parse(&object, &nodes, &findings), &sink);
	else
		custom_hold(
		    kind, "v1", parse(&object, &nodes, &findings), &sink);
	cr_assert_eq(findings.n, 0);
	custom_release(kind);
	finding_list_release(&findings);
	arena_release(&nodes);
	arena_release(&kept);
	buf_release(&crd);
	buf_release(&object);
	buf_release(&earlier);
}

static void expect(const struct row *row, const char *before, size_t ngaps)
{
	struct told told = {0};

	hold(row, before, &told);
	cr_assert_str_eq(buf_text(&told.faults), row->faults,
	    "%s\n  of %s:\n  %s", row->spec, row->schema,
	    buf_text(&told.faults));
	cr_assert_eq(told.ngaps, ngaps, "%s: %zu gaps", row->spec, told.ngaps);
	buf_release(&told.faults);
}

#define EXPECT(rows, ngaps)                         \
	for (size_t i = 0; i < COUNT_OF(rows); i++) \
	expect(&(rows)[i], NULL, ngaps)

#define OBJECT(properties) "{type: object, properties: {" properties "}}"

static const struct row type_rows[] = {
    {"{type: string}", "a", ""},
    {"{type: string}", "1", "type spec"},
    {"{type: string}", "'1'", ""},
    {"{type: string}", "on", "type spec"},
    {"{type: integer}", "1.0", ""},
    {"{type: integer}", "1e3", ""},
    {"{type: integer}", "1.5", "type spec"},
    {"{type: integer}", "'1'", "type spec"},
    {"{type: integer, format: int32}", "99999999999", ""},
    {"{type: integer}", "1e30", "type spec"},
    {"{type: number}", "1", ""},
    {"{type: number}", "1.5", ""},
    {"{type: boolean}", "true", ""},
    {"{type: boolean}", "'true'", "type spec"},
    {"{type: array, items: {type: string}}", "[a, 1]", "type spec[1]"},
    {"{type: array, items: {type: string}}", "a", "type spec"},
    {"{type: object}", "[]", "type spec"},
    {"{type: array}", "{a: b}", "type spec"},
    {"{x-kubernetes-int-or-string: true}", "1", ""},
    {"{x-kubernetes-int-or-string: true}", "1%", ""},
    {"{x-kubernetes-int-or-string: true}", "1.5", "type spec"},
    {"{x-kubernetes-int-or-string: true, "
     "anyOf: [{type: integer}, {type: string}]}",
	"a", ""},
    {"{x-kubernetes-preserve-unknown-fields: true}", "[1, {a: b}]", ""},
};

Test(custom_hold, types)
{
	EXPECT(type_rows, 0);
}

/* Nulls of what is not nullable are as if they were left out, but for items of
 * lists; defaults fill in. */
static const struct row null_rows[] = {
    {OBJECT("a: {type: string}"), "{a: null}", ""},
    {OBJECT("a: {type: string, nullable: true}"), "{a: null}", ""},
    {"{type: object, required: [a], properties: {a: {type: string}}}",
	"{a: null}", "missing spec.a"},
    {"{type: object, required: [a], "
     "properties: {a: {type: string, nullable: true}}}",
	"{a: null}", ""},
    {"{type: object, required: [a], "
     "properties: {a: {type: string, default: x}}}",
	"{a: null}", ""},
    {"{type: object, required: [a], "
     "properties: {a: {type: string, default: x}}}",
	"{}", ""},
    {"{type: array, items: {type: string}}", "[null]", "type spec[0]"},
    {"{type: array, items: {type: string, nullable: true}}", "[null]", ""},
    {"{type: array, items: {type: string, default: x}}", "[null]", ""},
    {"{type: object, additionalProperties: {type: string}}", "{a: null}", ""},
    {"{type: object, minProperties: 1, additionalProperties: {type: string}}",
	"{a: null}", "value spec"},
    {OBJECT("a: {type: object, default: {}, required: [b], "
	    "properties: {b: {type: integer, default: 1}}}"),
	"{}", ""},
};

Test(custom_hold, nulls_and_defaults)
{
	EXPECT(null_rows, 0);
}

static const struct row value_rows[] = {
    {"{type: string, enum: [a, b]}", "b", ""},
    {"{type: string, enum: [a, b]}", "c", "value spec"},
    {"{type: string, enum: [a, b]}", "''", "value spec"},
    {"{type: string, enum: ['']}", "''", ""},
    {"{type: integer, enum: [1, 2]}", "2.0", ""},
    {"{type: integer, enum: [1, 2]}", "3", "value spec"},
    {"{type: integer, minimum: 1}", "0", "value spec"},
    {"{type: integer, minimum: 1}", "1", ""},
    {"{type: integer, minimum: 1, exclusiveMinimum: true}", "1", "value spec"},
    {"{type: integer, maximum: 1}", "2", "value spec"},
    {"{type: number, maximum: 1, exclusiveMaximum: true}", "0.99", ""},
    {"{type: number, maximum: 1, exclusiveMaximum: true}", "1", "value spec"},
    {"{type: integer, multipleOf: 5}", "10", ""},
    {"{type: integer, multipleOf: 5}", "11", "value spec"},
    {"{type: string, minLength: 1}", "''", "value spec"},
    {"{type: string, maxLength: 3}", "abcd", "value spec"},
    {"{type: string, maxLength: 3}", "\xC3\xA4\xC3\xB6\xC3\xBC", ""},
    {"{type: string, pattern: '^a+$'}", "aa", ""},
    {"{type: string, pattern: '^a+$'}", "ab", "value spec"},
    {"{type: string, pattern: b}", "abc", ""},
    {"{x-kubernetes-int-or-string: true, pattern: '^[0-9]+%$'}", "5", ""},
    {"{x-kubernetes-int-or-string: true, pattern: '^[0-9]+%$'}", "5m",
	"value spec"},
    {"{type: string, format: ipv4}", "x", "value spec"},
    {"{type: string, format: unheard-of}", "x", ""},
    {"{type: array, minItems: 2, items: {type: string}}", "[a]", "value spec"},
    {"{type: array, maxItems: 1, items: {type: string}}", "[a, b]",
	"value spec"},
    {"{type: object, maxProperties: 1, additionalProperties: {type: string}}",
	"{a: b, c: d}", "value spec"},
    {"{type: object, additionalProperties: {type: string, minLength: 2}}",
	"{a: bc, d: e}", "value spec.d"},
};

Test(custom_hold, values)
{
	EXPECT(value_rows, 0);
}

static const struct row unknown_rows[] = {
    {OBJECT("a: {type: string}"), "{b: c}", "unknown spec.b"},
    {"{type: object}", "{b: c}", "unknown spec.b"},
    {"{type: object, x-kubernetes-preserve-unknown-fields: true, "
     "properties: {a: {type: object}}}",
	"{b: {c: d}, a: {e: f}}", "unknown spec.a.e"},
    {"{type: object, additionalProperties: true}", "{b: {c: d}}", ""},
    {"{type: object, additionalProperties: {type: object}}", "{b: {c: d}}",
	"unknown spec.b.c"},
    {"{type: array, items: {type: object, properties: {a: {type: string}}}}",
	"[{b: c}]", "unknown spec[0].b"},
    /* What is dropped does not count. */
    {"{type: object, minProperties: 1, properties: {a: {type: string}}}",
	"{b: c}", "unknown spec.b, value spec"},
    /* Of what has the wrong type, that is enough. */
    {"{type: array, items: {type: string}}", "{b: c}", "type spec"},
};

Test(custom_hold, unknown_fields)
{
	EXPECT(unknown_rows, 0);
}

static const struct row junctor_rows[] = {
    {"{type: object, oneOf: [{required: [a]}, {required: [b]}], "
     "properties: {a: {type: string}, b: {type: string}}}",
	"{a: x}", ""},
    {"{type: object, oneOf: [{required: [a]}, {required: [b]}], "
     "properties: {a: {type: string}, b: {type: string}}}",
	"{a: x, b: z}", "value spec.b"},
    {"{type: object, oneOf: [{required: [a]}, {required: [b]}], "
     "properties: {a: {type: string}, b: {type: string}}}",
	"{a: x, b: null}", ""},
    {"{type: object, oneOf: [{required: [a]}, {required: [b]}], "
     "properties: {a: {type: string}, b: {type: string}}}",
	"{}", "missing spec"},
    {"{type: object, anyOf: [{required: [a]}, {required: [b]}], "
     "properties: {a: {type: string}, b: {type: string, default: x}}}",
	"{}", ""},
    {"{type: object, not: {required: [a]}, "
     "properties: {a: {type: string}}}",
	"{a: x}", "value spec.a"},
    {"{type: string, allOf: [{minLength: 2}, {pattern: '^a'}]}", "b",
	"value spec"},
    {"{type: object, allOf: [{properties: {a: {maximum: 3}}}], "
     "properties: {a: {type: integer}}}",
	"{a: 4}", "value spec.a"},
    {"{type: string, anyOf: [{enum: [a]}, {maxLength: 3}]}", "abcd",
	"value spec"},
    {"{type: string, anyOf: [{enum: [a]}, {maxLength: 3}]}", "abc", ""},
    {"{type: string, not: {pattern: '^a'}}", "ab", "value spec"},
};

Test(custom_hold, junctors)
{
	EXPECT(junctor_rows, 0);
}

/* A pattern that is not understood may match or not: nothing is refused for
 * it, under "not" and in oneOf, either. */
static const struct row unsure_rows[] = {
    {"{type: string, pattern: '^(?!b)'}", "b", ""},
    {"{type: string, not: {pattern: '^(?!b)'}}", "b", ""},
    {"{type: string, not: {pattern: '^(?!b)'}}", "a", ""},
    {"{type: string, anyOf: [{enum: [a]}, {pattern: '^(?!b)'}]}", "b", ""},
    {"{type: string, oneOf: [{enum: [b]}, {pattern: '^(?!b)'}]}", "b", ""},
    {"{type: string, oneOf: [{enum: [a]}, {pattern: '^(?!b)'}]}", "a", ""},
};

Test(custom_hold, unsure_patterns)
{
	EXPECT(unsure_rows, 1);
}

#define BY_NAME                                            \
	"{type: array, x-kubernetes-list-type: map, "      \
	"x-kubernetes-list-map-keys: [a, b], items: "      \
	"{type: object, properties: {a: {type: integer}, " \
	"b: {type: string, default: x}}}}"

static const struct row key_rows[] = {
    {"{type: array, x-kubernetes-list-type: set, items: {type: string}}",
	"[a, b, a]", "value spec[2]"},
    {"{type: array, items: {type: string}}", "[a, a]", ""},
    {BY_NAME, "[{a: 1, b: x}, {a: 1, b: z}]", ""},
    {BY_NAME, "[{a: 1, b: x}, {a: 1}]", "value spec[1].a"},
    {BY_NAME, "[{a: 1}, {a: 2}]", ""},
};

Test(custom_hold, list_keys)
{
	EXPECT(key_rows, 0);
}

static const struct row embedded_rows[] = {
    {OBJECT("t: {type: object, x-kubernetes-embedded-resource: true, "
	    "x-kubernetes-preserve-unknown-fields: true}"),
	"{t: {apiVersion: v1, kind: Pod, metadata: {x: z}, spec: {}}}", ""},
    {OBJECT("t: {type: object, x-kubernetes-embedded-resource: true}"),
	"{t: {apiVersion: '', metadata: {labels: {}}, data: {}}}",
	"unknown spec.t.data, value spec.t.apiVersion, missing spec.t.kind"},
};

Test(custom_hold, embedded_resources)
{
	EXPECT(embedded_rows, 0);
}

#define RULE(rule)                                                          \
	"{type: object, x-kubernetes-validations: [{rule: \"" rule "\"}], " \
	"properties: {a: {type: integer}, b: {type: number}, "              \
	"c-d: {type: string}, namespace: {type: string}, "                  \
	"e: {type: string, format: date-time}, "                            \
	"f: {type: array, items: {type: string}}, "                         \
	"g: {type: integer, default: 3}}}"

static const struct row rule_rows[] = {
    {RULE("self.a < 3"), "{a: 2}", ""},
    {RULE("self.a < 3"), "{a: 3}", "value spec"},
    {RULE("self.a < 3"), "{}", "value spec"}, /* no such key: refused */
    {RULE("!has(self.a) || self.a < 3"), "{}", ""},
    {RULE("!has(self.a) || self.a < 3"), "{a: null}", ""},
    {RULE("self.b / 2.0 == 2.5"), "{b: 5}", ""},
    {RULE("self.c__dash__d == 'x'"), "{c-d: z}", "value spec"},
    {RULE("self.__namespace__ == 'x'"), "{namespace: x}", ""},
    {RULE("self.g == 3"), "{}", ""},
    {RULE("self.f.all(x, x.startsWith('a'))"), "{f: [a, b]}", "value spec"},
    {RULE("self.f.all(x, x.startsWith('a'))"), "{f: [a, ab]}", ""},
    {RULE("self.f == ['a']"), "{f: [\"a\\n\"]}", "value spec"},
    {RULE("self.f[0].matches('^a$')"), "{f: [\"a\\n\"]}", "value spec"},
    {RULE("self.f[0].matches(self.f[1])"), "{f: [\"a\\n\", a$]}",
	"value spec"},
    /* Without an earlier object there is nothing to compare with. */
    {RULE("self.a == oldSelf.a"), "{a: 1}", ""},
    /* Types come first. */
    {RULE("self.a < 3"), "{a: x}", "type spec.a"},
};

Test(custom_hold, rules)
{
	EXPECT(rule_rows, 0);
}

#define CHANGE(rule) \
	OBJECT("a: {type: integer, x-kubernetes-validations: [" rule "]}")
#define NEVER_LESS "{rule: self >= oldSelf}"
#define OPTIONAL(rule) "{optionalOldSelf: true, rule: \"" rule "\"}"
#define OF_SPEC(rule)                                               \
	"{type: object, x-kubernetes-validations: [{rule: \"" rule  \
	"\"}], properties: {a: {type: integer}, b: {type: integer, " \
	"default: 3}}}"
#define SPEEDS(how)                                                       \
	OBJECT("l: {type: array, " how ", items: {type: object, "         \
	       "properties: {n: {type: string}, s: {type: integer, "      \
	       "x-kubernetes-validations: [{rule: self == oldSelf}]}}}}")
#define ITEMS(how, rule)                                         \
	OBJECT("l: {type: array, x-kubernetes-list-type: " how   \
	       ", items: {type: string}, x-kubernetes-validations: " \
	       "[{rule: \"" rule "\"}]}")
#define BY_N "x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [n]"

struct change {
	struct row row;
	const char *before;
};

#define EXPECT_CHANGES(rows, ngaps)                 \
	for (size_t i = 0; i < COUNT_OF(rows); i++) \
	expect(&(rows)[i].row, (rows)[i].before, ngaps)

static const struct change change_rows[] = {
    {{CHANGE(NEVER_LESS), "{a: 1}", "value spec.a was 2"}, "{a: 2}"},
    {{CHANGE(NEVER_LESS), "{a: 2}", ""}, "{a: 1}"},
    /* What was not there, or is not, has nothing to be compared with. */
    {{CHANGE(NEVER_LESS), "{a: 1}", ""}, "{}"},
    {{CHANGE(NEVER_LESS), "{}", ""}, "{a: 1}"},
    {{CHANGE(NEVER_LESS), "{a: 1}", ""}, "{a: null}"},
    /* Other rules are those of the object by itself. */
    {{CHANGE("{rule: self > 5}"), "{a: 1}", ""}, "{a: 2}"},
    {{CHANGE(OPTIONAL("oldSelf.orValue(self) == self")), "{a: 1}",
	"value spec.a was 2"}, "{a: 2}"},
    {{CHANGE(OPTIONAL("!oldSelf.hasValue() || oldSelf.value() == self")),
	"{a: 1}", ""}, "{a: 1}"},
    /* A default stands on both sides. */
    {{OF_SPEC("self.b == oldSelf.b"), "{b: 3}", ""}, "{}"},
    {{OF_SPEC("self.b == oldSelf.b"), "{}", "value spec"}, "{b: 4}"},
    /* The cluster may have filled in what the manifest lacked. */
    {{OF_SPEC("has(self.a) == has(oldSelf.a)"), "{a: 1}",
	"perhaps value spec"}, "{}"},
    {{OF_SPEC("has(self.a) == has(oldSelf.a)"), "{}", "value spec"}, "{a: 1}"},
    /* Keys tell items apart, whatever their order. */
    {{SPEEDS(BY_N), "{l: [{n: b, s: 3}, {n: a, s: 1}, {n: c, s: 4}]}",
	"value spec.l[0].s was 2"}, "{l: [{n: a, s: 1}, {n: b, s: 2}]}"},
    {{SPEEDS("x-kubernetes-list-type: atomic"), "{l: [{n: a, s: 3}]}", ""},
	"{l: [{n: a, s: 1}]}"},
    /* Equal in any order, but by their numbers as they are written. */
    {{ITEMS("set", "self == oldSelf"), "{l: [b, a]}", ""}, "{l: [a, b]}"},
    {{ITEMS("set", "self == oldSelf"), "{l: [c, a]}", "value spec.l"},
	"{l: [a, b]}"},
    {{ITEMS("set", "self[0] == oldSelf[0]"), "{l: [b, c, a]}", ""},
	"{l: [b, c]}"},
    {{ITEMS("atomic", "self == oldSelf"), "{l: [b, a]}", "value spec.l"},
	"{l: [a, b]}"},
    {{OBJECT("l: {type: array, " BY_N ", items: {type: object, properties: "
	     "{n: {type: string}}}, x-kubernetes-validations: [{rule: self "
	     "== oldSelf}]}"),
	"{l: [{n: b}, {n: a}]}", ""}, "{l: [{n: a}, {n: b}]}"},
};

Test(custom_hold, rules_about_changes)
{
	EXPECT_CHANGES(change_rows, 0);
}

/* Without what was before, there is none. */
static const struct row new_rows[] = {
    {CHANGE(OPTIONAL("oldSelf.hasValue()")), "{a: 1}", "value spec.a"},
    {CHANGE(OPTIONAL("oldSelf.orValue(self) == self")), "{a: 1}", ""},
    {CHANGE(NEVER_LESS), "{a: 1}", ""},
};

Test(custom_hold, rules_about_changes_of_what_is_new)
{
	EXPECT(new_rows, 0);
}

static const struct change change_gap_rows[] = {
    {{CHANGE("{rule: oldSelf.foo(self)}"), "{a: 1}", ""}, "{a: 1}"},
    {{OF_SPEC("self.a == oldSelf.a"), "{}", ""}, "{b: 4}"},
};

Test(custom_hold, rules_about_changes_not_understood)
{
	EXPECT_CHANGES(change_gap_rows, 1);
}

/* Said, not passed over. */
static const struct row gap_rows[] = {
    {RULE("isURL(self.c__dash__d)"), "{c-d: x}", ""},
    {RULE("self.e < 'b'"), "{e: '2026-01-31T12:00:00Z'}", ""},
    {RULE("self.f[0].matches('a(?=b)')"), "{f: [ab]}", ""},
    {RULE("self.f[0].matches(self.f[1])"), "{f: [ab, a(?=b)]}", ""},
};

Test(custom_hold, rules_not_understood)
{
	EXPECT(gap_rows, 1);
}

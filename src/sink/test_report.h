/*
 * For unit tests: a report about hostile input, and what a format makes of it.
 */
#ifndef SINK_TEST_REPORT_H
#define SINK_TEST_REPORT_H

#include "sink/sink.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Quotes, markup, "%", commands of GitHub's runner, controls, what turns text
 * around, an emoji, a character that XML has not, a byte that is no UTF-8. */
#define HOSTILE                                         \
	"\"'<&>]]>% ##[error]\r\n::error::x\x01\x1b[0m" \
	"\xE2\x80\xAE\xF0\x9F\x98\x80\xEF\xBF\xBE\xff#\\"

/* The same as plain_add() has it. */
#define HOSTILE_PLAIN                                              \
	"\"'<&>]]>% #\\#[error]<U+000D><U+000A>::error::x<U+0001>" \
	"<U+001B>[0m<U+202E>\xF0\x9F\x98\x80\xEF\xBF\xBE<ff>#\\"

static const struct diag_kind test_kind = {
    .id = "no-probe",
    .code = "RL1001",
    .name = "NoProbe",
    .group = "probes",
    .invariant = "readiness must reflect serving ability.",
    .message = "container '{name}' has no probe",
    .why = "Why.",
    .fix = "Fix.",
    .severity = SEVERITY_ERROR,
};
static const struct diag_kind *const test_kinds[] = {&test_kind};

static const struct origin test_file = {.name = "./a b,c:d.yaml"};
static const struct origin test_stdin = {
    .name = "<stdin>", .is_stdin = true, .index = 1};
static const struct origin test_contract = {
    .name = "c.json", .role = ORIGIN_CONTRACT, .index = 2};
static const struct origin *const test_origins[] = {
    &test_file, &test_stdin, &test_contract};

static const struct subject test_web = {
    .group = "apps",
    .version = "v1",
    .kind = "Deployment",
    .namespace = "shop",
    .name = "web",
    .source = "",
};
static const struct subject test_evil = {
    .group = HOSTILE,
    .version = HOSTILE,
    .kind = HOSTILE,
    .namespace = HOSTILE,
    .name = HOSTILE,
    .source = HOSTILE,
};

static const struct note test_notes[] = {
    {.place = {&test_contract, {7, 9, 7, 12}},
	.text = "asked here",
	.quote = "01234567abc"},
    {.text = "no place"},
};
static const struct note test_evil_note = {.text = HOSTILE};

/* Two of the one rule about one object, a warning on standard input with a
 * note, and one in which everything is hostile. */
static const struct finding test_findings[] = {
    {
	.kind = &test_kind,
	.severity = SEVERITY_ERROR,
	.place = {&test_file, {3, 6, 3, 7}},
	.text = "container 'x' has no probe",
	.subject = &test_web,
	.path = "spec.x",
	.notes = test_notes,
	.nnotes = 2,
	.quote = "   \xC3\xA9 y",
	.line_hash = "a7f2ff13bc495cf2:6",
    },
    {
	.kind = &test_kind,
	.severity = SEVERITY_ERROR,
	.place = {&test_file, {4, 1, 6, 1}},
	.text = "container 'y' has no probe",
	.subject = &test_web,
	.path = "spec.x",
	.promoted = true,
    },
    {
	.kind = &test_kind,
	.severity = SEVERITY_WARNING,
	.place = {&test_stdin, {1, 1, 1, 2}},
	.text = HOSTILE,
	.subject = &test_evil,
	.path = HOSTILE,
	.notes = &test_evil_note,
	.nnotes = 1,
	.quote = HOSTILE,
    },
    {
	.kind = &test_kind,
	.severity = SEVERITY_NOTE,
	.text = "nowhere",
    },
};

static const struct trouble test_troubles[] = {
    {"cannot read 'x'"},
    {HOSTILE},
};

static inline struct report test_report(size_t nfindings, size_t ntroubles)
{
	return (struct report){
	    .version = "1.2.3",
	    .findings = test_findings,
	    .nfindings = nfindings,
	    .kinds = test_kinds,
	    .nkinds = COUNT_OF(test_kinds),
	    .origins = test_origins,
	    .norigins = COUNT_OF(test_origins),
	    .troubles = test_troubles,
	    .ntroubles = ntroubles,
	    .exit_status = ntroubles   ? 2
			   : nfindings ? 1
				       : 0,
	    .fail_on = SEVERITY_ERROR,
	};
}

/* What the format makes of the report; caller frees. */
static inline char *test_print(const char *format, const struct report *report)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	sink_find(slice_of(format))
	    ->write(out, report, &(struct sink_options){0});
	fclose(out);
	cr_assert_eq(strlen(text), size);
	return text;
}

#endif

/*
 * libyaml's problems -> sentences for people who look at rendered templates.
 */
#include "input/yaml_problem.h"

#include "input/log_line.h"

#include <string.h>

#define TAB_SENTENCE "a tab cannot indent YAML; use spaces"

struct wording {
	const char *what; /* as libyaml has it */
	const char *sentence;
};

static const struct wording wordings[] = {
    {"found a tab character that violates indentation", TAB_SENTENCE},
    {"found a tab character where an indentation space is expected",
	TAB_SENTENCE},
    {"could not find expected ':'",
	"could not find expected ':'; this line is not a 'key: value', or it "
	"is indented too little"},
    {"mapping values are not allowed in this context",
	"a 'key: value' is not allowed here; check the indentation, or quote "
	"a value that contains ': '"},
    {"did not find expected key",
	"did not find expected key; check the indentation of this line and "
	"of those above"},
    {"did not find expected '-' indicator",
	"did not find expected '-' of the list; check the indentation of this "
	"line and of those above"},
    {"block sequence entries are not allowed in this context",
	"a list entry '-' is not allowed here; check the indentation"},
    {"did not find expected <document start>",
	"more text after the end of the document; a '---' line must come "
	"between documents"},
};

static const char *find_wording(const char *what)
{
	for (size_t i = 0; i < COUNT_OF(wordings); i++) {
		if (!strcmp(wordings[i].what, what))
			return wordings[i].sentence;
	}
	return NULL;
}

static bool is_bad_start(const struct problem *problem)
{
	return !strcmp(
	    problem->what, "found character that cannot start any token");
}

/* A quote that is never closed shows only at the end of the text. */
static bool is_open_quote(const struct problem *problem)
{
	return !strcmp(problem->what, "found unexpected end of stream") &&
	       !strcmp(problem->doing, "while scanning a quoted scalar");
}

void explain_yaml_problem(struct buf *text, const struct problem *problem)
{
	const char *sentence = find_wording(problem->what);

	buf_clear(text);
	if (slice_find(problem->line, SLICE("{{"), 0) >= 0)
		buf_add_text(
		    text, "looks like an unrendered template action '{{'");
	else if (is_log_line(problem->line))
		buf_add_text(text, LOG_LINE_SENTENCE);
	else if (is_bad_start(problem) && problem->at == '\t')
		buf_add_text(text, TAB_SENTENCE);
	else if (is_bad_start(problem))
		buf_printf(text,
		    "a value cannot begin with '%c'; put it in quotes",
		    problem->at);
	else if (is_open_quote(problem))
		buf_add_text(text, "the text ends inside quotes");
	else if (sentence)
		buf_add_text(text, sentence);
	else if (problem->has_context)
		buf_printf(text, "%s %s", problem->what, problem->doing);
	else
		buf_add_text(text, problem->what);
}

void problem_of_byte(
    struct buf *text, bool is_control, int code, unsigned char byte)
{
	buf_clear(text);
	if (is_control)
		buf_printf(text,
		    "control character U+%04X is not allowed in YAML",
		    (unsigned)code);
	else
		buf_printf(text, "invalid UTF-8 byte 0x%02X", byte);
}

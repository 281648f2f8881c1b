/* A text -> whether it may be an expression of CEL: brackets and quotes are
 * closed, no operator stands at its end, and its grammar takes the rest, as far
 * as our parser knows it.  What the expression means is for the API server to
 * say. */
#include "schema/form.h"

#include "cel/cel.h"

#include <string.h>

/* As deep as brackets are followed. */
#define MOST_BRACKETS 256

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9');
}

static struct slice behind(struct slice text, size_t n)
{
	return (struct slice){text.ptr + n, text.len - n};
}

/* The length of a literal that begins with a quote, of one or three; 0 when it
 * does not end.  A text of one quote ends on its line. */
static size_t literal_length(struct slice text, bool is_raw)
{
	char quote = *text.ptr;
	size_t marks =
	    text.len > 2 && text.ptr[1] == quote && text.ptr[2] == quote ? 3
									 : 1;

	for (size_t i = marks; i + marks <= text.len; i++) {
		size_t n = 0;

		if (marks == 1 && text.ptr[i] == '\n')
			return 0;
		while (n < marks && text.ptr[i + n] == quote)
			n++;
		if (n == marks)
			return i + marks;
		if (text.ptr[i] == '\\' && !is_raw)
			i++;
	}
	return 0;
}

static size_t comment_length(struct slice text)
{
	const char *end = memchr(text.ptr, '\n', text.len);

	return end ? (size_t)(end - text.ptr) : text.len;
}

/* Whether the letters before a quote say that backslashes are no escapes. */
static bool is_raw_at(struct slice before)
{
	size_t n = before.len;

	while (n && is_word(before.ptr[n - 1]))
		n--;
	return n < before.len && before.len - n <= 2 &&
	       (strchr("rR", before.ptr[n]) ||
		   strchr("rR", before.ptr[before.len - 1]));
}

/* Brackets that are open, from the outside in. */
struct brackets {
	char closing[MOST_BRACKETS];
	size_t n;
};

/* Whether a bracket fits; deeper ones than are followed do. */
static bool take_bracket(struct brackets *brackets, char c)
{
	static const char opening[] = "([{", closing[] = ")]}";
	const char *at = strchr(opening, c);

	if (at && brackets->n < MOST_BRACKETS)
		brackets->closing[brackets->n++] = closing[at - opening];
	else if (strchr(closing, c))
		return brackets->n && brackets->closing[--brackets->n] == c;
	return true;
}

bool form_cel(struct slice text)
{
	struct brackets brackets = {.n = 0};
	char last = '\0';

	for (size_t i = 0; i < text.len;) {
		struct slice rest = behind(text, i);
		char c = *rest.ptr;
		size_t n = 1;

		if (c == '"' || c == '\'')
			n = literal_length(
			    rest, is_raw_at((struct slice){text.ptr, i}));
		else if (slice_starts(rest, SLICE("//")))
			n = comment_length(rest);
		else if (strchr("()[]{}", c) && !take_bracket(&brackets, c))
			return false;
		if (!n)
			return false;
		if (!slice_starts(rest, SLICE("//")) && !strchr(" \t\r\n", c))
			last = c;
		i += n;
	}
	return last && !brackets.n && !strchr("+-*/%&|=<>!.,?:", last) &&
	       cel_may_parse(text);
}

/* isCELIdentifier() of pkg/apis/admissionregistration */
bool form_cel_name(struct slice text)
{
	static const char *const words[] = {"true", "false", "null", "in", "as",
	    "break", "const", "continue", "else", "for", "function", "if",
	    "import", "let", "loop", "package", "namespace", "return", "var",
	    "void", "while"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(text, words[i]))
			return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (!is_word(text.ptr[i]))
			return false;
	}
	return text.len && !(*text.ptr >= '0' && *text.ptr <= '9');
}

/*
 * The lexer: source -> tokens.
 *
 * Literals leave here as values: numbers in range, strings with their escapes
 * resolved.  What CEL has and the subset has not (uint, bytes) is refused here
 * by name, so that nobody looks for a typing error.
 */
#include "cel/lex.h"

#include <stdlib.h>
#include <string.h>

void problem_vset(struct cel_problem *problem, size_t offset,
    const char *format, va_list args)
{
	problem->offset = offset;
	problem->is_syntax = false;
	buf_clear(&problem->fault.text);
	buf_vprintf(&problem->fault.text, format, args);
}

int problem_set(
    struct cel_problem *problem, size_t offset, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	problem_vset(problem, offset, format, args);
	va_end(args);
	return -1;
}

/* Operators and brackets; of two that begin alike the longer comes first. */
static const struct {
	const char *text;
	enum token_kind kind;
} signs[] = {
    {"==", TOKEN_EQ},
    {"!=", TOKEN_NE},
    {"<=", TOKEN_LE},
    {">=", TOKEN_GE},
    {"&&", TOKEN_AND},
    {"||", TOKEN_OR},
    {"<", TOKEN_LT},
    {">", TOKEN_GT},
    {"+", TOKEN_PLUS},
    {"-", TOKEN_MINUS},
    {"*", TOKEN_STAR},
    {"/", TOKEN_SLASH},
    {"%", TOKEN_PERCENT},
    {"!", TOKEN_NOT},
    {".", TOKEN_DOT},
    {",", TOKEN_COMMA},
    {":", TOKEN_COLON},
    {"?", TOKEN_QUESTION},
    {"(", TOKEN_LPAREN},
    {")", TOKEN_RPAREN},
    {"[", TOKEN_LBRACKET},
    {"]", TOKEN_RBRACKET},
    {"{", TOKEN_LBRACE},
    {"}", TOKEN_RBRACE},
};

static const struct {
	const char *text;
	enum token_kind kind;
} words[] = {
    {"true", TOKEN_TRUE},
    {"false", TOKEN_FALSE},
    {"null", TOKEN_NULL},
    {"in", TOKEN_IN},
    {"as", TOKEN_RESERVED},
    {"break", TOKEN_RESERVED},
    {"const", TOKEN_RESERVED},
    {"continue", TOKEN_RESERVED},
    {"else", TOKEN_RESERVED},
    {"for", TOKEN_RESERVED},
    {"function", TOKEN_RESERVED},
    {"if", TOKEN_RESERVED},
    {"import", TOKEN_RESERVED},
    {"let", TOKEN_RESERVED},
    {"loop", TOKEN_RESERVED},
    {"namespace", TOKEN_RESERVED},
    {"package", TOKEN_RESERVED},
    {"return", TOKEN_RESERVED},
    {"var", TOKEN_RESERVED},
    {"void", TOKEN_RESERVED},
    {"while", TOKEN_RESERVED},
};

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The value of a digit of base, or -1. */
static int digit_value(int c, int base)
{
	int value = is_digit(c)		   ? c - '0'
		    : c >= 'a' && c <= 'f' ? c - 'a' + 10
		    : c >= 'A' && c <= 'F' ? c - 'A' + 10
					   : -1;

	return value < base ? value : -1;
}

/* The byte that many places ahead; -1 behind the end. */
static int peek(const struct lexer *lexer, size_t ahead)
{
	size_t at = lexer->at + ahead;

	return at < lexer->source.len ? (unsigned char)lexer->source.ptr[at]
				      : -1;
}

static struct slice rest(const struct lexer *lexer)
{
	return (struct slice){
	    lexer->source.ptr + lexer->at, lexer->source.len - lexer->at};
}

static struct slice written(const struct lexer *lexer, size_t start)
{
	return (struct slice){lexer->source.ptr + start, lexer->at - start};
}

static void skip_blanks(struct lexer *lexer)
{
	for (;;) {
		int c = peek(lexer, 0);

		if (c == ' ' || (c >= '\t' && c <= '\r' && c != '\v')) {
			lexer->at++;
		} else if (c == '/' && peek(lexer, 1) == '/') {
			while (peek(lexer, 0) >= 0 && peek(lexer, 0) != '\n')
				lexer->at++;
		} else {
			return;
		}
	}
}

static void skip_digits(struct lexer *lexer)
{
	while (is_digit(peek(lexer, 0)))
		lexer->at++;
}

/* Digits of base up to where they end, as a magnitude an int can have. */
static int read_magnitude(
    struct lexer *lexer, size_t start, int base, uint64_t *ret_magnitude)
{
	uint64_t value = 0;
	int digit;

	while ((digit = digit_value(peek(lexer, 0), base)) >= 0) {
		if (__builtin_mul_overflow(value, (uint64_t)base, &value) ||
		    __builtin_add_overflow(value, (uint64_t)digit, &value) ||
		    value > (uint64_t)INT64_MAX + 1) {
			lexer->lacks = true;
			return problem_set(lexer->problem, start,
			    "the number is too large for an int");
		}
		lexer->at++;
	}
	*ret_magnitude = value;
	return 0;
}

/* What must not stand right behind a number. */
static int check_number_end(struct lexer *lexer, size_t start)
{
	int c = peek(lexer, 0);

	if ((c == 'u' || c == 'U') && !is_letter(peek(lexer, 1)) &&
	    !is_digit(peek(lexer, 1))) {
		lexer->lacks = true;
		return problem_set(lexer->problem, start,
		    "uint numbers are not in this subset of CEL; "
		    "leave out the '%c'",
		    c);
	}
	if (is_letter(c))
		return problem_set(lexer->problem, lexer->at,
		    "a number cannot continue with '%c'", c);
	return 0;
}

static int lex_hexadecimal(struct lexer *lexer, struct token *token)
{
	token->kind = TOKEN_INT;
	lexer->at += 2;
	if (digit_value(peek(lexer, 0), 16) < 0)
		return problem_set(lexer->problem, token->offset,
		    "0x must be followed by hexadecimal digits");
	if (read_magnitude(lexer, token->offset, 16, &token->magnitude))
		return -1;
	return check_number_end(lexer, token->offset);
}

/* Behind 'e' and its sign; false when no exponent stands here. */
static bool skip_exponent(struct lexer *lexer)
{
	size_t digits = 1;

	if (peek(lexer, 0) != 'e' && peek(lexer, 0) != 'E')
		return false;
	if (peek(lexer, 1) == '+' || peek(lexer, 1) == '-')
		digits = 2;
	if (!is_digit(peek(lexer, digits)))
		return false;
	lexer->at += digits;
	skip_digits(lexer);
	return true;
}

static int lex_number(struct lexer *lexer, struct token *token)
{
	bool whole = true;

	if (peek(lexer, 0) == '0' && (peek(lexer, 1) | 0x20) == 'x')
		return lex_hexadecimal(lexer, token);
	skip_digits(lexer);
	if (peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
		whole = false;
		lexer->at++;
		skip_digits(lexer);
	}
	if (skip_exponent(lexer))
		whole = false;
	if (whole) {
		token->kind = TOKEN_INT;
		lexer->at = token->offset;
		if (read_magnitude(lexer, token->offset, 10, &token->magnitude))
			return -1;
	} else {
		struct slice text = written(lexer, token->offset);

		token->kind = TOKEN_DOUBLE;
		token->real = strtod(slice_copy(lexer->arena, text).ptr, NULL);
	}
	return check_number_end(lexer, token->offset);
}

static void add_code_point(struct buf *buf, uint32_t code)
{
	if (code < 0x80) {
		buf_add_char(buf, (char)code);
		return;
	}
	if (code < 0x800) {
		buf_add_char(buf, (char)(0xC0 | code >> 6));
	} else if (code < 0x10000) {
		buf_add_char(buf, (char)(0xE0 | code >> 12));
		buf_add_char(buf, (char)(0x80 | (code >> 6 & 0x3F)));
	} else {
		buf_add_char(buf, (char)(0xF0 | code >> 18));
		buf_add_char(buf, (char)(0x80 | (code >> 12 & 0x3F)));
		buf_add_char(buf, (char)(0x80 | (code >> 6 & 0x3F)));
	}
	buf_add_char(buf, (char)(0x80 | (code & 0x3F)));
}

/* The escapes that stand for one character each. */
static const char simple_escapes[][2] = {
    {'a', '\a'},
    {'b', '\b'},
    {'f', '\f'},
    {'n', '\n'},
    {'r', '\r'},
    {'t', '\t'},
    {'v', '\v'},
    {'\\', '\\'},
    {'?', '?'},
    {'"', '"'},
    {'\'', '\''},
    {'`', '`'},
};

static bool read_simple_escape(int c, struct buf *buf)
{
	size_t i;

	for (i = 0; i < COUNT_OF(simple_escapes); i++) {
		if (simple_escapes[i][0] == c) {
			buf_add_char(buf, simple_escapes[i][1]);
			return true;
		}
	}
	return false;
}

/* digits of base at the reading position as a code point. */
static int read_coded_escape(
    struct lexer *lexer, size_t start, int digits, int base, struct buf *buf)
{
	uint32_t code = 0;

	for (; digits; digits--) {
		int digit = digit_value(peek(lexer, 0), base);

		if (digit < 0)
			return problem_set(lexer->problem, start,
			    "the escape ends too early; \\x takes 2, \\u 4 and "
			    "\\U 8 hexadecimal digits, \\ alone 3 octal ones");
		code = code * (uint32_t)base + (uint32_t)digit;
		lexer->at++;
	}
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return problem_set(lexer->problem, start,
		    "the escape is not a Unicode character");
	add_code_point(buf, code);
	return 0;
}

static int read_escape(struct lexer *lexer, struct buf *buf)
{
	size_t start = lexer->at++;
	int c = peek(lexer, 0);

	if (c >= '0' && c <= '3')
		return read_coded_escape(lexer, start, 3, 8, buf);
	if (c >= 0)
		lexer->at++;
	if (c == 'x' || c == 'X')
		return read_coded_escape(lexer, start, 2, 16, buf);
	if (c == 'u')
		return read_coded_escape(lexer, start, 4, 16, buf);
	if (c == 'U')
		return read_coded_escape(lexer, start, 8, 16, buf);
	if (read_simple_escape(c, buf))
		return 0;
	return problem_set(lexer->problem, start,
	    "unknown escape; write \\\\ for a backslash, or r'...' for a text "
	    "without escapes");
}

static int read_string(struct lexer *lexer, size_t start, bool raw,
    struct slice quotes, struct buf *buf)
{
	while (!slice_starts(rest(lexer), quotes)) {
		int c = peek(lexer, 0);

		if (c < 0 || (quotes.len == 1 && (c == '\n' || c == '\r')))
			return problem_set(lexer->problem, start,
			    "the string does not end%s",
			    c < 0 ? "" : " on its line");
		if (c == '\\' && !raw) {
			if (read_escape(lexer, buf))
				return -1;
			continue;
		}
		buf_add_char(buf, (char)c);
		lexer->at++;
	}
	lexer->at += quotes.len;
	return 0;
}

/* At the opening quotes, behind the prefix. */
static int lex_string(struct lexer *lexer, struct token *token, bool raw)
{
	struct slice quotes = {lexer->source.ptr + lexer->at, 1};
	struct buf buf = {0};
	int status;

	if (peek(lexer, 1) == quotes.ptr[0] && peek(lexer, 2) == quotes.ptr[0])
		quotes.len = 3;
	lexer->at += quotes.len;
	token->kind = TOKEN_STRING;
	status = read_string(lexer, token->offset, raw, quotes, &buf);
	token->value = slice_copy(lexer->arena, buf_slice(&buf));
	buf_release(&buf);
	return status;
}

static bool is_in_quoted(int c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '-' ||
	       c == '/' || c == ' ';
}

static int lex_quoted(struct lexer *lexer, struct token *token)
{
	token->kind = TOKEN_QUOTED;
	lexer->at++;
	while (is_in_quoted(peek(lexer, 0)))
		lexer->at++;
	token->value = written(lexer, token->offset + 1);
	if (peek(lexer, 0) != '`' || !token->value.len)
		return problem_set(lexer->problem, token->offset,
		    "a field in backquotes is made of letters, digits and "
		    "'_', '.', '-', '/' or blank");
	lexer->at++;
	return 0;
}

static bool is_quote(int c)
{
	return c == '"' || c == '\'';
}

/* How many letters of a string's prefix stand here: r, b, rb or br. */
static size_t string_prefix(
    const struct lexer *lexer, bool *ret_raw, bool *ret_bytes)
{
	size_t n;

	*ret_raw = *ret_bytes = false;
	for (n = 0; n < 2 && !is_quote(peek(lexer, n)); n++) {
		int c = peek(lexer, n) | 0x20;

		if (c != 'r' && c != 'b')
			return 0;
		*ret_raw |= c == 'r';
		*ret_bytes |= c == 'b';
	}
	return is_quote(peek(lexer, n)) ? n : 0;
}

static int lex_word(struct lexer *lexer, struct token *token)
{
	size_t i;

	while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)))
		lexer->at++;
	token->kind = TOKEN_NAME;
	for (i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(written(lexer, token->offset), words[i].text))
			token->kind = words[i].kind;
	}
	return 0;
}

static int lex_sign(struct lexer *lexer, struct token *token)
{
	struct slice left = rest(lexer);
	uint32_t code;
	size_t i;

	for (i = 0; i < COUNT_OF(signs); i++) {
		struct slice sign = slice_of(signs[i].text);

		if (slice_starts(left, sign)) {
			token->kind = signs[i].kind;
			lexer->at += sign.len;
			return 0;
		}
	}
	if (left.ptr[0] == '=' || left.ptr[0] == '&' || left.ptr[0] == '|')
		return problem_set(lexer->problem, lexer->at,
		    "'%c' is not an operator; write '%c%c'", left.ptr[0],
		    left.ptr[0], left.ptr[0]);
	left.len = utf8_next(left, &code);
	if (code <= ' ' || code == 0x7F || code == 0xFFFD)
		return problem_set(
		    lexer->problem, lexer->at, "unexpected character");
	return problem_set(
	    lexer->problem, lexer->at, "unexpected '%.*s'", SLICE_ARGS(left));
}

static int lex_token(struct lexer *lexer, struct token *token)
{
	int c = peek(lexer, 0);
	bool raw, bytes;
	size_t prefix;

	if (c < 0)
		return 0;
	if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1))))
		return lex_number(lexer, token);
	if (c == '`')
		return lex_quoted(lexer, token);
	prefix = string_prefix(lexer, &raw, &bytes);
	if (prefix && bytes) {
		lexer->lacks = true;
		return problem_set(lexer->problem, lexer->at,
		    "bytes are not in this subset of CEL; leave out the 'b'");
	}
	if (is_quote(c) || prefix) {
		lexer->at += prefix;
		return lex_string(lexer, token, raw);
	}
	return is_letter(c) ? lex_word(lexer, token) : lex_sign(lexer, token);
}

void lexer_next(struct lexer *lexer, struct token *ret_token)
{
	struct token token = {.kind = TOKEN_END};

	skip_blanks(lexer);
	token.offset = lexer->at;
	if (lex_token(lexer, &token)) {
		token.kind = TOKEN_BAD;
		lexer->problem->is_syntax = !lexer->lacks;
	}
	token.text = written(lexer, token.offset);
	*ret_token = token;
}

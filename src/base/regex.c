/* The only file that sees PCRE2. */
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

/* Enough for any honest pattern over a manifest's strings; a hostile one
 * stops after some milliseconds. */
#define MATCH_LIMIT 1000000
#define DEPTH_LIMIT 10000
#define HEAP_LIMIT_KIB 16384

/* What matching costs for each KiB of text that the text has KiB. */
#define KIB_SQUARED_STEPS 512

/* Matches of one pattern from which on machine code is worth its making, which
 * costs as much as some hundred matches of a short text, and pages of its own.
 */
#define MANY_MATCHES 64

struct regex {
	pcre2_code *code;
	pcre2_match_context *limits;
	unsigned nmatches; /* of regex_matches_own() */
	bool is_fast;	   /* there may be machine code */
};

static void make_fast(struct regex *regex)
{
	pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
	regex->is_fast = true;
}

struct regex *regex_new_own(
    struct slice pattern, size_t *ret_offset, struct fault *fault)
{
	struct regex *regex;
	PCRE2_SIZE offset = 0;
	PCRE2_UCHAR message[160];
	pcre2_code *code;
	int error = 0;

	code = pcre2_compile((PCRE2_SPTR)(pattern.ptr ? pattern.ptr : ""),
	    pattern.len, PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &error, &offset,
	    NULL);
	if (!code) {
		/* That is no fault of the pattern. */
		if (error == PCRE2_ERROR_HEAP_FAILED ||
		    error == PCRE2_ERROR_NOMEMORY)
			out_of_memory();
		pcre2_get_error_message(error, message, sizeof(message));
		*ret_offset = offset;
		fault_set(fault, "bad pattern '%.*s': %s", SLICE_ARGS(pattern),
		    (const char *)message);
		return NULL;
	}
	regex = xcalloc(1, sizeof(*regex));
	regex->code = code;
	regex->limits = pcre2_match_context_create(NULL);
	if (!regex->limits)
		out_of_memory();
	pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->limits, HEAP_LIMIT_KIB);
	return regex;
}

struct regex *regex_new(
    struct slice pattern, size_t *ret_offset, struct fault *fault)
{
	struct regex *regex = regex_new_own(pattern, ret_offset, fault);

	if (regex)
		make_fast(regex);
	return regex;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_match_context_free(regex->limits);
	pcre2_code_free(regex->code);
	free(regex);
}

static int match(const struct regex *regex, struct slice text, uint32_t options)
{
	pcre2_match_data *data =
	    pcre2_match_data_create_from_pattern(regex->code, NULL);
	int found;

	if (!data)
		out_of_memory();
	found = pcre2_match(regex->code, (PCRE2_SPTR)(text.ptr ? text.ptr : ""),
	    text.len, 0, options, data, regex->limits);
	pcre2_match_data_free(data);
	if (found == PCRE2_ERROR_NOMEMORY)
		out_of_memory();
	if (found == PCRE2_ERROR_NOMATCH)
		return 0;
	return found >= 0 ? 1 : -1;
}

int regex_matches(const struct regex *regex, struct slice text)
{
	int found = match(regex, text, 0);

	return found < 0 ? match(regex, text, PCRE2_NO_JIT) : found;
}

int regex_matches_own(struct regex *regex, struct slice text)
{
	bool is_rare = !regex->is_fast && ++regex->nmatches < MANY_MATCHES;
	int found = is_rare ? match(regex, text, PCRE2_NO_JIT) : -1;

	if (found >= 0)
		return found;
	if (!regex->is_fast)
		make_fast(regex);
	/* What the interpreter has given up it will give up again. */
	return is_rare ? match(regex, text, 0) : regex_matches(regex, text);
}

uint64_t regex_steps(struct slice text)
{
	uint64_t kib = text.len / 1024;

	return kib * kib * KIB_SQUARED_STEPS;
}

/* The text of a command -> its words: see words.h. */
#include "base/words.h"

#include <string.h>

struct cutter {
	const char *name; /* of the option, for messages */
	const char *rest;
	struct buf word;
	struct fault *fault;
};

static int refuse_shell(struct cutter *cutter, char c)
{
	return fault_set(cutter->fault,
	    "%s: no shell reads it, so '%c' has no meaning; put it between "
	    "single quotes if it is part of an argument",
	    cutter->name, c);
}

/* What stands between two quotes; rest is behind the first of them. */
static int read_quoted(struct cutter *cutter, char quote)
{
	for (; *cutter->rest != quote; cutter->rest++) {
		char c = *cutter->rest;

		if (!c)
			return fault_set(cutter->fault,
			    "%s: a quote %c is not closed", cutter->name,
			    quote);
		if (quote == '"' && (c == '$' || c == '`'))
			return refuse_shell(cutter, c);
		if (quote == '"' && c == '\\' &&
		    (cutter->rest[1] == '"' || cutter->rest[1] == '\\'))
			c = *++cutter->rest;
		buf_add_char(&cutter->word, c);
	}
	cutter->rest++;
	return 0;
}

/* The word that begins at rest, which is no blank. */
static int read_word(struct cutter *cutter)
{
	while (*cutter->rest && !char_is_blank(*cutter->rest)) {
		char c = *cutter->rest++;

		if (c == '\'' || c == '"') {
			if (read_quoted(cutter, c))
				return -1;
			continue;
		}
		if (strchr("|&;<>$`", c))
			return refuse_shell(cutter, c);
		if (c == '\\' && *cutter->rest)
			c = *cutter->rest++;
		buf_add_char(&cutter->word, c);
	}
	return 0;
}

static int cut(struct cutter *cutter, struct arena *arena, struct words *words)
{
	for (;;) {
		while (char_is_blank(*cutter->rest))
			cutter->rest++;
		if (!*cutter->rest)
			return 0;
		buf_clear(&cutter->word);
		if (read_word(cutter))
			return -1;
		words->items[words->n++] =
		    slice_copy(arena, buf_slice(&cutter->word)).ptr;
	}
}

int words_cut(const char *name, const char *text, struct arena *arena,
    struct words *ret_words, struct fault *fault)
{
	struct cutter cutter = {.name = name, .rest = text, .fault = fault};
	int result;

	/* No word is shorter than a character and the blank behind it. */
	*ret_words = (struct words){
	    .items = arena_array(arena, strlen(text) / 2 + 2, sizeof(char *)),
	};
	result = cut(&cutter, arena, ret_words);
	buf_release(&cutter.word);
	if (!result && !ret_words->n)
		result = fault_set(fault, "%s: there is no command", name);
	return result;
}

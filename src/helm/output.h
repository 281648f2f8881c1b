/*
 * What an action that prints can print, as far as its text tells: which
 * helper it includes, how far it moves it, what is certain about the words.
 */
#ifndef HELM_OUTPUT_H
#define HELM_OUTPUT_H

#include "helm/action.h"

/* A shift whose amount is computed, so it is unknown here. */
#define SHIFT_UNKNOWN (-1)

/* Part of what is printed: these very bytes, or anything. */
struct fragment {
	bool is_wild;
	struct slice text;
};

struct output {
	struct slice text;     /* the action */
	struct slice include;  /* the helper it prints, or empty */
	struct slice argument; /* what the helper is given, or empty */
	struct slice variable; /* "." or "$x" when it prints just that, or
				  that through tpl */
	bool is_shifted;       /* by indent or nindent */
	bool is_own_block;     /* nindent: begins a line whatever is before */
	int shift;	       /* columns, or SHIFT_UNKNOWN */
	bool is_rewritten;     /* a helper's text does not come out as it was */
	bool is_altered;       /* nor does it for certain: by default, lower */
	bool is_multiline;     /* may well print several lines */
	bool is_yaml, is_tpl;  /* through toYaml, through tpl */
	bool is_quoted;	       /* by quote or squote at the end: one line */
	bool is_mere_yaml;     /* what toYaml gives, merely moved */
	bool has_yaml;	       /* toYaml stands somewhere in it */
	int trimmed;	       /* columns that trimPrefix (repeat N " ") takes
				  off the first line */
	bool is_silent;	       /* prints nothing: fail */
	const struct fragment *fragments; /* never none */
	size_t nfragments;
	size_t nliteral; /* bytes of the fragments that are not wild */
};

/* Reads the text of an action; all in arena, texts may point into action. */
const struct output *output_read(struct slice action, struct arena *arena);

#endif

/*
 * What people read, in one of three media: text for a terminal, Markdown, HTML.
 */
#ifndef PAGE_MEDIUM_H
#define PAGE_MEDIUM_H

#include "base/text.h"

enum medium {
	MEDIUM_TEXT, /* what is below a heading is indented by two */
	MEDIUM_MARKDOWN,
	MEDIUM_HTML,
};

/* What is being written, and how; out is the caller's. */
struct writing {
	struct buf *out;
	enum medium medium;
};

/* A heading, behind a blank line. */
void put_heading(const struct writing *writing, const char *title);

/* A heading and the Markdown of a rule below it; nothing for NULL or blank
 * text. */
void put_prose(
    const struct writing *writing, const char *title, const char *markdown);

/* A heading and lines that stand as they are; language: of Markdown's fences.
 * Nothing for NULL or "". */
void put_literal(const struct writing *writing, const char *title,
    const char *language, const char *lines);

/* A heading and a list of words of code, or of addresses; nothing for none. */
void put_words(const struct writing *writing, const char *title,
    const char *const *words, size_t n);
void put_links(const struct writing *writing, const char *title,
    const char *const *addresses, size_t n);

#endif

/*
 * What several formats say in the same words.  All of it is plain text: what
 * comes from a manifest or a name is as sink_add_plain() makes it.
 */
#ifndef SINK_WORDS_H
#define SINK_WORDS_H

#include "base/map.h"
#include "sink/sink.h"

/* "Deployment 'shop/web'" */
void words_add_object(struct buf *buf, const struct subject *subject);

/* "FILE:LINE:COL" */
void words_add_place(struct buf *buf, struct place place);

/* "MESSAGE [-Wid]", as text for people has it. */
void words_add_message(struct buf *buf, const struct finding *finding);

/* "note: TEXT (FILE:LINE:COL)", after before, for each note. */
void words_add_notes(
    struct buf *buf, const struct finding *finding, const char *before);

/*
 * What a finding is called in a list of tests: its object and the path in it,
 * or its place when it is about no object.  Stays when lines move.
 */
void words_add_title(struct buf *buf, const struct finding *finding);

/* The first input, which stands for a report about no file at all; NULL
 * without any. */
const struct origin *words_some_origin(const struct report *report);

/* Keys that must differ.  All zero is empty and ready. */
struct unique {
	struct map numbers; /* how often each key has come */
	struct arena arena;
};

void unique_release(struct unique *unique);

/* Appends separator and a number to what buf holds when that has come before:
 * "x", "x:2", "x:3". */
void unique_make(struct unique *unique, struct buf *buf, const char *separator);

#endif

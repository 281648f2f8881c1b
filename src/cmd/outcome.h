/*
 * The end of a run: its outputs, the sentences on standard error, and the
 * exit status.
 */
#ifndef CMD_OUTCOME_H
#define CMD_OUTCOME_H

#include "diag/verdict.h"
#include "run/program.h"
#include "run/run.h"

enum { STATUS_CLEAN, STATUS_FINDINGS, STATUS_TROUBLE };

/* One sentence on standard error, fit for a terminal and a log: a file's name
 * may hold anything. */
void complain(const char *sentence);

/* The same for what is no error. */
void remark(const char *sentence);

/* The same for what kept the run from something; a line that has a place
 * begins with it, so that editors find it. */
void complain_trouble(const struct run_trouble *trouble);

/* Lines that show where in an expression the sentence before is about. */
void complain_lines(const char *lines);

/* Says the program's fault; returns STATUS_TROUBLE. */
int trouble(struct program *program);

/* Writes what standard output still holds and returns status; a disk that is
 * full is trouble, which is told once, and so is a reader that is gone, without
 * a word. */
int finish_stdout(struct program *program, int status);

/* Prints text and releases it; then as finish_stdout(). */
int print(struct program *program, struct buf *text, int status);

/* The same for text that people read, made plain line by line. */
int print_lines(struct program *program, struct buf *text, int status);

/* Whether anything shows lines of the input or tells findings by them. */
bool report_wants_quotes(const struct options *options);

/* Whether GitHub's hash of each finding's line is, too. */
bool report_wants_hashes(const struct options *options);

/* Writes every output asked for, the tables of verdicts (one for each profile
 * that was judged), the troubles and the summary; returns the exit status.
 * What the run came to is added to ret_remark, if any, in a few words. */
int report_run(struct program *program, struct run *run,
    const struct verdicts *verdicts, size_t nverdicts, struct buf *ret_remark);

/* Writes every output asked for, of a run that the program's fault, told
 * already, has kept from being done: with the fault, and with all rules as far
 * as they are known.  Returns STATUS_TROUBLE. */
int report_unjudged(struct program *program);

/* Says which profile the text is about that follows on out, on standard output
 * when that is NULL. */
void write_heading(FILE *out, const char *profile);

/* Where tables for people go; NULL when nobody wants them. */
FILE *summary_stream(const struct options *options);

/* Has write() fill standard output, and its exit status: a reader that has gone
 * is trouble without a word. */
int print_by(struct program *program,
    void (*write)(FILE *out, const void *context), const void *context);

/* Has write() fill the file of that name, or standard output when that is NULL.
 * A regular file is the new one or the old one, never a part: it is written in
 * place only where its folder may not be, or something is mounted at it.  -1
 * with the fault set when it cannot be written. */
MUST_CHECK int output_write(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault);

#endif

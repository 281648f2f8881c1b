/* Findings whose fixes are chosen -> files, or what would be in them. */
#include "cmd/mend.h"

#include "cmd/choose_fixes.h"
#include "cmd/input.h"
#include "cmd/lint.h"
#include "cmd/mend_targets.h"
#include "cmd/outcome.h"
#include "input/source.h"
#include "report/unified_diff.h"
#include "run/replace.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define READ_BYTES 65536

/* Adds all of it to buf. */
static int read_source(
    struct source *source, struct buf *buf, struct fault *fault)
{
	char *bytes = xmalloc(READ_BYTES);
	ssize_t n;

	while ((n = source_read(source, bytes, READ_BYTES, fault)) > 0)
		buf_add(buf, bytes, (size_t)n);
	free(bytes);
	return n < 0 ? -1 : 0;
}

/* The text of a file that was read, or of standard input once more. */
static int read_text(
    const struct mending *mending, const struct origin *origin, struct buf *buf)
{
	struct fault *fault = &mending->program->fault;
	const struct run *run = mending->run;
	struct source source;
	int result;

	for (size_t i = 0; i < run->nkept; i++) {
		if (run->kept[i]->origin != origin)
			continue;
		return source_reread(run->kept[i])
			   ? fault_set(fault, "'%s' cannot be read again",
				 origin->name)
			   : read_source(run->kept[i], buf, fault);
	}
	if (source_open(&source, origin, false, fault))
		return -1;
	result = read_source(&source, buf, fault);
	source_release(&source);
	return result;
}

static int read_texts(struct mending *mending)
{
	const struct run_options *options = mending->options;

	mending->texts = xcalloc(options->ninputs + 1, sizeof(*mending->texts));
	for (size_t i = 0; i < options->ninputs; i++) {
		if (read_text(mending, options->inputs[i], &mending->texts[i]))
			return -1;
	}
	return 0;
}

static void write_text(FILE *out, const void *context)
{
	const struct buf *text = context;

	if (text->len)
		fwrite(text->ptr, 1, text->len, out);
}

/* Appends the bytes in front of the text in its file: a byte order mark.
 * False for what is not UTF-8 there. */
static bool find_mark(const char *name, struct slice text, struct buf *mark)
{
	static const char bom[] = "\xef\xbb\xbf";
	char *bytes = xmalloc(text.len + 4);
	FILE *in = xmade(fopen(name, "r"));
	size_t n = in ? fread(bytes, 1, text.len + 4, in) : 0;
	bool found =
	    n >= text.len && n - text.len <= 3 &&
	    (n == text.len || (n - text.len == 3 && !memcmp(bytes, bom, 3))) &&
	    !memcmp(bytes + n - text.len, text.ptr, text.len);

	if (found)
		buf_add(mark, bytes, n - text.len);
	free(bytes);
	if (in)
		fclose(in);
	return found;
}

/* Standard input and pipes are shown, whatever they were written in. */
static bool is_file(const struct origin *origin)
{
	struct stat status;

	return !origin->is_stdin && !stat(origin->name, &status) &&
	       S_ISREG(status.st_mode);
}

/* -1 with the fault set when what was read is not what the file holds. */
static int check_text(const struct mending *mending, const struct origin *file,
    const struct buf *text, struct buf *mark)
{
	struct fault *fault = &mending->program->fault;
	struct slice read = buf_slice(text);

	if (file->role == ORIGIN_MANIFEST &&
	    !slice_eq(read, buf_slice(&mending->texts[file->index])))
		return fault_set(fault,
		    "'%s' is not changed any more: it is another text than "
		    "the one that was read",
		    file->name);
	if (!is_file(file) || find_mark(file->name, read, mark))
		return 0;
	return fault_set(fault,
	    "'%s' is not changed: it is not UTF-8, or has changed by itself",
	    file->name);
}

/* The file as it will be, written or shown; -1 when it stays as it is. */
static int mend_file(struct mending *mending, const struct origin *file,
    struct buf *diff, size_t *nmended)
{
	struct buf text = {0}, changed = {0};
	int result = read_text(mending, file, &text);

	if (!result)
		result = check_text(mending, file, &text, &changed);
	if (diff)
		buf_clear(&changed);
	if (!result) {
		*nmended += fixes_make(
		    mending, file, false, buf_slice(&text), &changed);
		if (diff)
			unified_diff_add(diff, file->name, buf_slice(&text),
			    buf_slice(&changed));
		else
			result = replace_file(file->name, write_text, &changed,
			    &mending->program->fault);
	}
	buf_release(&text);
	buf_release(&changed);
	return result;
}

/* Whether the file has chosen fixes. */
static bool is_to_mend(const struct mending *mending, const struct origin *file)
{
	const struct finding_list *list = &mending->run->result.findings;

	for (size_t i = 0; i < list->n; i++) {
		if (mending->is_chosen[i] &&
		    list->items[i].fixes->place.origin == file)
			return true;
	}
	return false;
}

/* -1 when one of the files cannot be replaced, each of which is told: fixes
 * were tried together, so either all files are changed or none. */
static int check_targets(const struct mending *mending)
{
	struct program *program = mending->program;
	int result = 0;

	for (size_t i = 0; i < program->norigins; i++) {
		const struct origin *file = program->origins[i];

		if (!is_to_mend(mending, file) ||
		    !mend_target_check(
			&program->options, file->name, &program->fault))
			continue;
		trouble(program);
		fault_release(&program->fault);
		result = -1;
	}
	return result;
}

/* All files with chosen fixes, in the order in which they were read. */
static int mend_files(
    struct mending *mending, struct buf *diff, size_t *nfiles, size_t *nmended)
{
	const struct program *program = mending->program;
	int result = 0;

	if (!diff && check_targets(mending)) {
		complain("no file is changed");
		return -1;
	}
	for (size_t i = 0; i < program->norigins; i++) {
		const struct origin *file = program->origins[i];

		if (!is_to_mend(mending, file))
			continue;
		if (mend_file(mending, file, diff, nmended)) {
			trouble(mending->program);
			result = -1;
		} else {
			++*nfiles;
		}
	}
	return result;
}

static void add_mended(
    const struct options *options, struct buf *buf, size_t n, size_t nfiles)
{
	const char *what = options->ncharts ? "template" : "file";

	if (!n) {
		buf_printf(buf, "there is nothing to fix%s",
		    options->ncharts ? " in the lines of templates" : "");
		return;
	}
	buf_printf(buf, "%zu finding%s %sfixed in %zu %s%s", n,
	    n == 1 ? "" : "s", options->diff ? "would be " : "", nfiles, what,
	    nfiles == 1 ? "" : "s");
	if (options->ncharts && !options->diff)
		buf_add_text(buf, "; render again to see what is left");
}

static void tell(const struct mending *mending, size_t nmended, size_t nfiles)
{
	const struct options *options = &mending->program->options;
	bool one = mending->nleft == 1;
	struct buf line = {0};

	if (options->quiet)
		return;
	add_mended(options, &line, nmended, nfiles);
	remark(buf_text(&line));
	buf_clear(&line);
	buf_printf(&line,
	    "%zu finding%s left as %s: fixing %s would cause others",
	    mending->nleft, one ? " is" : "s are", one ? "it is" : "they are",
	    one ? "it" : "them");
	if (mending->nleft)
		remark(buf_text(&line));
	buf_release(&line);
}

/* The report of what was read, or of what is left in the files that were
 * changed. */
static int report(
    struct mending *mending, const struct verdicts *verdicts, size_t nfiles)
{
	struct program *program = mending->program;

	if (program->options.ncharts || !nfiles)
		return report_run(program, mending->run, verdicts, 1, NULL);
	return lint(program, NULL);
}

static int finish(struct mending *mending, const struct verdicts *verdicts)
{
	struct program *program = mending->program;
	bool shows = program->options.diff;
	struct buf diff = {0};
	size_t nfiles = 0, nmended = 0;
	int failed = 0, status;

	if (!mending->run->ntroubles)
		failed = mend_files(
		    mending, shows ? &diff : NULL, &nfiles, &nmended);
	else
		complain("no file is changed: not all of the input could be "
			 "checked");
	if (shows && !mending->run->ntroubles)
		status = print(
		    program, &diff, nmended ? STATUS_FINDINGS : STATUS_CLEAN);
	else
		status = report(mending, verdicts, nfiles);
	buf_release(&diff);
	if (!mending->run->ntroubles && (!failed || nfiles))
		tell(mending, nmended, nfiles);
	return failed ? STATUS_TROUBLE : status;
}

int mend(struct program *program)
{
	struct run_options options = input_run_options(program);
	struct run run = {0};
	struct mending mending = {
	    .program = program, .options = &options, .run = &run};
	struct verdicts verdicts;
	int status;

	if (input_check(program))
		return trouble(program);
	lint_judge(program, &options, &run, &verdicts);
	if (!run.ntroubles && read_texts(&mending)) {
		status = trouble(program);
	} else {
		if (!run.ntroubles)
			fixes_choose(&mending);
		status = finish(&mending, &verdicts);
	}
	for (size_t i = 0; mending.texts && i < options.ninputs; i++)
		buf_release(&mending.texts[i]);
	free(mending.texts);
	free(mending.is_chosen);
	run_release(&run);
	return status;
}

/* The end of a run: outputs, sentences on standard error, exit status. */
#include "cmd/outcome.h"

#include "base/parallel.h"
#include "cli/check_options.h"
#include "cmd/clause_table.h"
#include "cmd/passages.h"
#include "cmd/seal.h"
#include "cmd/show_timelines.h"
#include "report/counts.h"
#include "report/fold.h"
#include "report/plain.h"
#include "run/baseline_write.h"
#include "run/has_read.h"
#include "run/kind_filter.h"
#include "run/replace.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *before, const char *sentence)
{
	struct buf plain = {0};

	plain_add(&plain, slice_of(sentence));
	fprintf(stderr, "rolloutlint: %s%s\n", before, buf_text(&plain));
	buf_release(&plain);
}

void complain(const char *sentence)
{
	say("error: ", sentence);
}

void remark(const char *sentence)
{
	say("", sentence);
}

void complain_trouble(const struct run_trouble *trouble)
{
	struct buf plain = {0};
	const char *line = trouble->text;

	if (!trouble->is_placed) {
		complain(trouble->text);
		return;
	}
	while (*line) {
		size_t len = strcspn(line, "\n");

		buf_clear(&plain);
		plain_add(&plain, (struct slice){line, len});
		fprintf(stderr, "%s\n", buf_text(&plain));
		line += len + (line[len] == '\n');
	}
	buf_release(&plain);
}

void complain_lines(const char *lines)
{
	struct buf plain = {0};

	plain_add_lines(&plain, slice_of(lines));
	fputs(buf_text(&plain), stderr);
	buf_release(&plain);
}

int trouble(struct program *program)
{
	complain_trouble(&(struct run_trouble){
	    fault_text(&program->fault), program->fault.is_placed});
	return STATUS_TROUBLE;
}

/* Nobody reads what is printed: "| head" has seen enough. */
static bool is_reader_gone(void)
{
	struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

int finish_stdout(struct program *program, int status)
{
	errno = 0;
	if (program->stdout_lost)
		return STATUS_TROUBLE;
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	program->stdout_lost = true;
	if (errno == EPIPE || (!errno && is_reader_gone()))
		return STATUS_TROUBLE;
	fault_set(&program->fault, "cannot write to standard output: %s",
	    errno ? strerror(errno)
		  : "an earlier write failed, and part of it is missing; is "
		    "the disk full?");
	return trouble(program);
}

int print(struct program *program, struct buf *text, int status)
{
	if (text->len)
		fwrite(text->ptr, 1, text->len, stdout);
	buf_release(text);
	return finish_stdout(program, status);
}

int print_lines(struct program *program, struct buf *text, int status)
{
	struct buf plain = {0};

	plain_add_lines(&plain, buf_slice(text));
	buf_release(text);
	return print(program, &plain, status);
}

int print_by(struct program *program,
    void (*write)(FILE *out, const void *context), const void *context)
{
	write(stdout, context);
	return finish_stdout(program, STATUS_CLEAN);
}

/* Whether something for people is wanted on a stream. */
static bool wanted(enum when when, FILE *stream)
{
	const char *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return isatty(fileno(stream)) && (!term || strcmp(term, "dumb") != 0);
}

static struct sink_options sink_options_for(
    const struct options *options, FILE *out)
{
	const char *no_color = getenv("NO_COLOR");
	bool forbidden = options->color == WHEN_AUTO && no_color && *no_color;

	return (struct sink_options){
	    .color = !forbidden && wanted(options->color, out),
	    .quote = wanted(options->excerpt, out),
	    .fixits = options->fixits,
	    .is_summary = options->markdown_summary,
	    .njobs = parallel_jobs(options->njobs),
	};
}

/* Where text for people goes when no file is named. */
static FILE *text_stream(const struct options *options)
{
	return options->gate ? stderr : stdout;
}

bool report_wants_quotes(const struct options *options)
{
	if (options->baseline || options->update_baseline || options->fix ||
	    options->diff)
		return true;
	for (size_t i = 0; i < options->noutputs; i++) {
		const struct output *output = &options->outputs[i];

		if (output->sink->is_machine || options->fixits ||
		    options->excerpt == WHEN_ALWAYS ||
		    (!output->file &&
			wanted(options->excerpt, text_stream(options))))
			return true;
	}
	return false;
}

bool report_wants_hashes(const struct options *options)
{
	if (options->baseline || options->update_baseline)
		return true;
	for (size_t i = 0; i < options->noutputs; i++) {
		if (options->outputs[i].sink->has_line_hashes)
			return true;
	}
	return false;
}

/* Whether it is what standard output or error go to already. */
static bool is_stream(const struct stat *file)
{
	struct stat stream;

	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		if (!fstat(fd, &stream) && stream.st_dev == file->st_dev &&
		    stream.st_ino == file->st_ino)
			return true;
	}
	return false;
}

/* Whether a file is written beside the old one and renamed: not what is no
 * regular file, such as a pipe, nor one that the shell has opened. */
static bool is_replaced(const char *name)
{
	struct stat file;

	return stat(name, &file) ||
	       (S_ISREG(file.st_mode) && !is_stream(&file));
}

/* Whether only the file may be written, not its folder, or something is mounted
 * at it: it is then written as it is. */
static bool is_fixed(const char *name, int error)
{
	return (error == EACCES || error == EPERM || error == EBUSY) &&
	       !access(name, W_OK);
}

/* name: NULL for standard output. */
static int write_in_place(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault)
{
	FILE *out = name ? fopen(name, "w") : stdout;
	bool failed = !out;

	if (out) {
		write(out, context);
		errno = 0;
		failed = ferror(out);
		failed |= (name ? fclose(out) : fflush(out)) != 0;
	}
	if (!failed)
		return 0;
	return fault_set(fault, "cannot write %s%s%s: %s", name ? "'" : "",
	    name ? name : "to standard output", name ? "'" : "",
	    strerror(errno ? errno : EIO));
}

int output_write(const char *name,
    void (*write)(FILE *out, const void *context), const void *context,
    struct fault *fault)
{
	if (!name || !is_replaced(name))
		return write_in_place(name, write, context, fault);
	if (!replace_file(name, write, context, fault))
		return 0;
	if (!is_fixed(name, errno))
		return -1;
	fault_release(fault);
	return write_in_place(name, write, context, fault);
}

/* A report and what writes it. */
struct writing {
	const struct options *options;
	const struct sink *sink;
	const struct report *report;
};

static void write_report(FILE *out, const void *context)
{
	const struct writing *writing = context;
	struct sink_options how = sink_options_for(writing->options, out);

	writing->sink->write(out, writing->report, &how);
}

static int write_part(struct program *program, const struct output *output,
    const struct writing *writing)
{
	write_report(output->part, writing);
	if (!fflush(output->part) && !ferror(output->part))
		return 0;
	return fault_set(&program->fault, "cannot write a temporary file: %s",
	    strerror(errno));
}

static int write_file(struct program *program, const struct output *output,
    const struct writing *writing)
{
	if (output->part)
		return write_part(program, output, writing);
	if (program_has_read(program, output->file))
		return fault_set(&program->fault,
		    "'%s' was not overwritten because it is part of the input",
		    output->file);
	return output_write(
	    output->file, write_report, writing, &program->fault);
}

/* All outputs; the one to standard output is flushed and checked too. */
static int write_outputs(struct program *program, const struct report *report)
{
	int status = report->exit_status;

	for (size_t i = 0; i < program->options.noutputs; i++) {
		const struct output *output = &program->options.outputs[i];
		const struct writing writing = {
		    &program->options, output->sink, report};

		if (output->file || output->part) {
			if (write_file(program, output, &writing))
				status = trouble(program);
			continue;
		}
		write_report(text_stream(&program->options), &writing);
		status = finish_stdout(program, status);
	}
	return status;
}

static void write_baseline(FILE *out, const void *context)
{
	baseline_write(out, context);
}

/* A run that has not seen everything would forget what is known. */
static int update_baseline(struct program *program, struct report report)
{
	const char *name = program->options.update_baseline;

	if (!name)
		return STATUS_CLEAN;
	if (report.ntroubles)
		fault_set(&program->fault,
		    "the baseline '%s' was not written because part of the "
		    "input could not be checked",
		    name);
	else if (program_has_read(program, name))
		fault_set(&program->fault,
		    "'%s' was not overwritten because it is part of the input",
		    name);
	else if (!replace_file(name, write_baseline, &report, &program->fault))
		return STATUS_CLEAN;
	return trouble(program);
}

/* part NULL: all are of it. */
static bool is_of_part(
    const struct finding *finding, const struct run_part *part)
{
	const struct origin *input = finding_rendered(finding)->origin;

	return !part || (input && input->index >= part->first &&
			    input->index < part->first + part->n);
}

/* "1 error, 2 warnings (9 with repeats)"; "nothing found" or new.  Of one part
 * of the run, each by itself, or with NULL of all. */
static void count_findings(const struct report *report,
    const struct run_part *part, const char *nothing, struct buf *buf)
{
	struct report whole = *report;
	struct counts counts = {0};

	if (part)
		whole.folds = NULL;
	for (size_t i = 0; i < report->nfindings; i++) {
		if (is_of_part(&report->findings[i], part))
			counts_add_one(&counts, &whole, i);
	}
	counts_add_words(buf, &counts, nothing);
}

/* Objects or, when only the contract is checked, profiles. */
static size_t subject_count(
    const struct program *program, const struct run *run)
{
	if (run->nparts)
		return run_object_count(run);
	return program->options.profile ? 1 : program->contract.nprofiles;
}

/* A line for each release of --separate. */
static void summarise_parts(const struct run *run, const struct report *report)
{
	struct buf line = {0};

	for (size_t i = 0; i < run->nparts; i++) {
		const struct run_part *part = &run->parts[i];
		size_t n = part->release->lists[ENTITY_manifest].n;

		buf_clear(&line);
		plain_add(&line, slice_of(part->name));
		buf_printf(&line, ": %zu object%s: ", n, n == 1 ? "" : "s");
		count_findings(report, part,
		    !n			  ? "nothing checked"
		    : report->is_compared ? "nothing new"
					  : "nothing found",
		    &line);
		fprintf(stderr, "rolloutlint: %s\n", buf_text(&line));
	}
	buf_release(&line);
}

static size_t count_objects(const struct run *run, const struct origin *file)
{
	size_t n = 0;

	for (size_t i = 0; i < run->nparts; i++) {
		const struct entity_list *list =
		    &run->parts[i].release->lists[ENTITY_manifest];

		for (size_t j = 0; j < list->n; j++) {
			const struct manifest *manifest = list->items[j];

			n += manifest->origin == file;
		}
	}
	return n;
}

/* What was read, a line for each file. */
static void tell_files(const struct program *program, const struct run *run)
{
	static const char *const roles[] = {
	    [ORIGIN_MANIFEST] = "manifests",
	    [ORIGIN_PREVIOUS] = "the release that runs now",
	    [ORIGIN_TEMPLATE] = "part of the chart",
	    [ORIGIN_CONTRACT] = "contract, values or settings",
	};
	struct buf line = {0};

	for (size_t i = 0; i < program->norigins; i++) {
		const struct origin *file = program->origins[i];

		buf_clear(&line);
		buf_printf(
		    &line, "read '%s': %s", file->name, roles[file->role]);
		if (file->role == ORIGIN_MANIFEST)
			buf_printf(
			    &line, ", objects: %zu", count_objects(run, file));
		remark(buf_text(&line));
	}
	buf_release(&line);
}

static void summarise(const struct program *program, const struct run *run,
    const struct report *report, size_t nheld)
{
	bool compared = program->options.baseline;
	size_t n = subject_count(program, run);
	size_t nskipped = kinds_skipped_count(run, &program->options);
	struct buf counts = {0}, line = {0};

	if (program->options.quiet ||
	    (run->ntroubles && !run->result.findings.n && (!n || !run->nparts)))
		return;
	count_findings(
	    report, NULL, compared ? "nothing new" : "nothing found", &counts);
	if (compared)
		buf_printf(&counts, "; %zu known, %zu gone", report->nknown,
		    report->ngone);
	if (nheld)
		buf_printf(&counts, "; %zu suppressed", nheld);
	if (nskipped)
		buf_printf(&counts, "; %zu object%s skipped", nskipped,
		    nskipped == 1 ? "" : "s");
	if (run->nparts > 1)
		summarise_parts(run, report);
	if (run->nparts)
		buf_printf(&line, "%zu object%s held to profile '%s': ",
		    n - nskipped, n - nskipped == 1 ? "" : "s",
		    program->profile->id.text);
	else
		buf_printf(
		    &line, "%zu profile%s checked: ", n, n == 1 ? "" : "s");
	buf_add_slice(&line, buf_slice(&counts));
	remark(buf_text(&line));
	buf_release(&line);
	buf_release(&counts);
}

static int status_of(const struct program *program, const struct run *run)
{
	if (run->ntroubles)
		return STATUS_TROUBLE;
	for (size_t i = 0; i < run->result.findings.n; i++) {
		if (run->result.findings.items[i].severity >=
		    program->options.fail_on)
			return STATUS_FINDINGS;
	}
	return STATUS_CLEAN;
}

/* Where people read the findings; a format for machines has standard output
 * for itself. */
static FILE *table_stream(const struct options *options)
{
	for (size_t i = 0; i < options->noutputs; i++) {
		const struct output *output = &options->outputs[i];

		if (!output->file && !output->sink->is_machine)
			return text_stream(options);
	}
	return stderr;
}

/* Of all findings of the run, those that are held back already aside. */
static struct report make_report(struct program *program, const struct run *run,
    const struct verdicts *verdicts, size_t nverdicts)
{
	struct trouble *troubles =
	    arena_array(&program->arena, run->ntroubles, sizeof(*troubles));

	for (size_t i = 0; i < run->ntroubles; i++)
		troubles[i].text = run->troubles[i].text;
	return (struct report){
	    .version = PACKAGE_VERSION,
	    .docs_url = program->options.docs_url,
	    .source_url = program->options.source_url,
	    .kinds = program->kinds,
	    .nkinds = program->nkinds,
	    .origins = program->origins,
	    .norigins = program->norigins,
	    .troubles = troubles,
	    .ntroubles = run->ntroubles,
	    .findings = run->result.findings.items,
	    .nfindings = run->result.findings.n,
	    .exit_status = status_of(program, run),
	    .fail_on = program->options.fail_on,
	    .category = program->options.sarif_category,
	    .verdicts = program->options.contract ? verdicts : NULL,
	    .nverdicts = program->options.contract ? nverdicts : 0,
	};
}

/* What nobody held to anything is no success. */
static void tell_undescribed(const struct run *run)
{
	size_t n = run_undescribed_count(run);

	if (n)
		fprintf(stderr,
		    "rolloutlint: the fields of %zu object%s were not checked "
		    "because %s unknown\n",
		    n, n == 1 ? "" : "s",
		    n == 1 ? "its kind is" : "their kinds are");
}

static void write_tables(const struct program *program,
    const struct verdicts *verdicts, size_t nverdicts,
    const struct passages *passages)
{
	FILE *out = table_stream(&program->options);

	for (size_t i = 0; program->options.contract && i < nverdicts; i++)
		clause_table_write(out, &verdicts[i]);
	if (program->options.action == ACTION_LINT &&
	    program->options.contract && !program->options.nevidence)
		fputs("evidence: not asked; pass --evidence\n", out);
	if (passages)
		passages_write(out, passages);
}

int report_unjudged(struct program *program)
{
	struct run run = {0};
	struct report report;
	int status;

	program_know_rules(program);
	run_add_fault(&run, &program->fault);
	report = make_report(program, &run, NULL, 0);
	status = write_outputs(program, &report);
	run_release(&run);
	return status;
}

void write_heading(FILE *out, const char *profile)
{
	struct buf plain = {0};

	plain_add(&plain, slice_of(profile));
	fprintf(out ? out : stdout, "In profile '%s':\n", buf_text(&plain));
	buf_release(&plain);
}

FILE *summary_stream(const struct options *options)
{
	FILE *out = table_stream(options);

	return options->quiet && out == stderr ? NULL : out;
}

/* "2 errors, 1 note; 3 clauses not checked", or what kept us from it. */
static void add_remark(
    const struct run *run, const struct report *report, struct buf *remark)
{
	size_t nunchecked = 0;

	if (run->ntroubles) {
		const char *text = run->troubles[0].text;

		buf_add(remark, text, strcspn(text, "\n"));
		return;
	}
	count_findings(report, NULL,
	    report->is_compared ? "nothing new" : "nothing found", remark);
	for (size_t i = 0; i < report->nverdicts; i++) {
		const struct verdicts *verdicts = &report->verdicts[i];

		for (size_t j = 0; j < verdicts->n; j++)
			nunchecked +=
			    verdicts->items[j].status == VERDICT_UNCHECKED;
	}
	if (nunchecked)
		buf_printf(remark, "; %zu clause%s not checked", nunchecked,
		    nunchecked == 1 ? "" : "s");
}

/* The findings as formats have them, of which nheld are held back. */
static void finish_report(struct report *report, struct program *program,
    struct run *run, size_t nheld)
{
	struct finding_list *findings = &run->result.findings;

	if (program->options.show_suppressed) {
		report->suppressed = findings->items + findings->n;
		report->nsuppressed = nheld;
	}
	report->nknown = finding_list_hold_known(findings);
	report->nfindings = findings->n;
	if (!program->options.no_fold)
		report->folds = fold_findings(&program->arena, findings->items,
		    findings->n, parallel_jobs(program->options.njobs));
	report->is_compared = program->options.baseline;
	report->ngone = run->ngone;
	report->exit_status = status_of(program, run);
	if (options_show_timelines(&program->options))
		report_add_timelines(program, run, report);
}

/* Behind all that is for standard output. */
static void tell_run(struct program *program, struct run *run,
    const struct report *report, size_t nheld)
{
	for (size_t i = 0; i < run->ntroubles; i++)
		complain_trouble(&run->troubles[i]);
	if (program->options.summary && !program->options.quiet)
		tell_undescribed(run);
	if (program->options.verbose)
		tell_files(program, run);
	summarise(program, run, report, nheld);
}

int report_run(struct program *program, struct run *run,
    const struct verdicts *verdicts, size_t nverdicts, struct buf *ret_remark)
{
	size_t nheld = finding_list_hold_back(&run->result.findings);
	struct report report = make_report(program, run, verdicts, nverdicts);
	struct passages passages;
	int baseline_status = update_baseline(program, report), status;

	if (run->previous.release) {
		passages = run_passages(run);
		report.passages = &passages;
	}
	finish_report(&report, program, run, nheld);
	status = write_outputs(program, &report);
	if (program->options.write_evidence &&
	    seal_write(program, &report, run, verdicts))
		status = trouble(program);
	if (baseline_status)
		status = baseline_status;
	if (program->options.summary)
		write_tables(program, verdicts, nverdicts, report.passages);
	if (program->options.timeline)
		timelines_write(table_stream(&program->options), &report);
	status = finish_stdout(program, status);
	tell_run(program, run, &report, nheld);
	if (ret_remark)
		add_remark(run, &report, ret_remark);
	return status;
}

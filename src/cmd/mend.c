/* Findings with fixes, tried out on the texts in memory, then written. */
#include "cmd/mend.h"

#include "cmd/input.h"
#include "cmd/lint.h"
#include "cmd/outcome.h"
#include "input/source.h"
#include "report/fingerprint.h"
#include "report/unified_diff.h"
#include "run/fixes.h"
#include "run/replace.h"

#include <stdlib.h>
#include <string.h>

#define READ_BYTES 65536

/* How often each finding is there, by what it is recognised by. */
struct counts {
	struct map by_finding, by_kind; /* key -> number */
	struct arena arena;
};

struct mending {
	struct program *program;
	const struct run_options *options;
	struct run *run;
	struct buf *texts; /* the inputs */
	bool *is_chosen;   /* by finding: its fixes are to be made */
	size_t nchosen, nleft;
	struct counts before;
};

static void count(struct map *map, struct arena *arena, struct slice key)
{
	void **slot = map_find(map, key)
			  ? map_slot(map, key)
			  : map_slot(map, slice_copy(arena, key));

	*slot = (void *)((uintptr_t)*slot + 1);
}

static size_t count_of(const struct map *map, struct slice key)
{
	return (uintptr_t)map_find(map, key);
}

static void add_key(struct buf *buf, const struct finding *finding)
{
	buf_clear(buf);
	buf_printf(buf, "%s ", finding->kind->id);
	if (finding->subject)
		fingerprint_add(buf, finding);
	else
		buf_add_text(buf, finding->text);
}

static void count_findings(
    struct counts *counts, const struct finding_list *list)
{
	struct buf key = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *finding = &list->items[i];

		if (finding->suppression)
			continue;
		add_key(&key, finding);
		count(&counts->by_finding, &counts->arena, buf_slice(&key));
		count(&counts->by_kind, &counts->arena,
		    slice_of(finding->kind->id));
	}
	buf_release(&key);
}

static void counts_release(struct counts *counts)
{
	map_release(&counts->by_finding);
	map_release(&counts->by_kind);
	arena_release(&counts->arena);
}

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

static const struct place *place_of(const struct fix *fix, bool rendered)
{
	return rendered && place_known(fix->rendered) ? &fix->rendered
						      : &fix->place;
}

/*
 * Appends text, which is the file's, with all chosen fixes in it; rendered: of
 * what was moved to a template where it was before.  Returns how many findings
 * that mends.
 */
static size_t apply(const struct mending *mending, const struct origin *file,
    bool rendered, struct slice text, struct buf *buf)
{
	const struct finding_list *all = &mending->run->result.findings;
	struct finding_list some = {0};
	struct arena arena = {0};
	size_t n;

	some.items = xcalloc(all->n + 1, sizeof(*some.items));
	for (size_t i = 0; i < all->n; i++) {
		struct finding *copy = &some.items[some.n];
		struct fix *fixes;

		if (!mending->is_chosen[i] ||
		    place_of(all->items[i].fixes, rendered)->origin != file)
			continue;
		*copy = all->items[i];
		fixes = arena_copy(
		    &arena, copy->fixes, copy->nfixes * sizeof(*copy->fixes));
		for (size_t j = 0; j < copy->nfixes; j++)
			fixes[j].place = *place_of(&fixes[j], rendered);
		copy->fixes = fixes;
		some.n++;
	}
	n = fixes_apply(&some, text, buf);
	free(some.items);
	arena_release(&arena);
	return n;
}

/* The lowest level of the chosen findings. */
static enum severity least_severity(const struct mending *mending)
{
	const struct finding_list *list = &mending->run->result.findings;
	enum severity least = SEVERITY_ERROR;

	for (size_t i = 0; i < list->n; i++) {
		if (mending->is_chosen[i] && list->items[i].severity < least)
			least = list->items[i].severity;
	}
	return least;
}

/* Whether there is a finding of that level or above that was not there. */
static bool is_worse(const struct mending *mending,
    const struct finding_list *list, const struct counts *after)
{
	enum severity least = least_severity(mending);
	struct buf key = {0};
	bool worse = false;

	for (size_t i = 0; i < list->n && !worse; i++) {
		const struct finding *finding = &list->items[i];

		if (finding->suppression || finding->severity < least)
			continue;
		add_key(&key, finding);
		worse = count_of(&after->by_finding, buf_slice(&key)) >
			count_of(&mending->before.by_finding, buf_slice(&key));
	}
	buf_release(&key);
	return worse;
}

/* Whether each kind with a chosen finding has fewer of them. */
static bool is_mended(const struct mending *mending, const struct counts *after)
{
	const struct finding_list *list = &mending->run->result.findings;

	for (size_t i = 0; i < list->n; i++) {
		struct slice id = slice_of(list->items[i].kind->id);

		if (mending->is_chosen[i] &&
		    count_of(&after->by_kind, id) >=
			count_of(&mending->before.by_kind, id))
			return false;
	}
	return true;
}

/* Lints the inputs with the chosen fixes in memory. */
static bool is_good(struct mending *mending)
{
	const struct run_options *options = mending->options;
	struct run_options again = *options;
	struct buf *texts = xcalloc(options->ninputs + 1, sizeof(*texts));
	struct run run = {0};
	struct counts after = {0};
	bool good;

	for (size_t i = 0; i < options->ninputs; i++)
		apply(mending, options->inputs[i], true,
		    buf_slice(&mending->texts[i]), &texts[i]);
	again.texts = texts;
	again.keep_sources = false;
	lint_rendered(mending->program, &again, &run);
	count_findings(&after, &run.result.findings);
	good = !run.ntroubles && is_mended(mending, &after) &&
	       !is_worse(mending, &run.result.findings, &after);
	counts_release(&after);
	run_release(&run);
	for (size_t i = 0; i < options->ninputs; i++)
		buf_release(&texts[i]);
	free(texts);
	return good;
}

/* Whether its fixes could be written where --fix writes. */
static bool is_candidate(
    const struct mending *mending, const struct finding *finding)
{
	bool has_chart = mending->program->options.ncharts > 0;

	return finding->nfixes && !finding->suppression && !finding->known &&
	       finding->fixes->place.origin->role ==
		   (has_chart ? ORIGIN_TEMPLATE : ORIGIN_MANIFEST);
}

static void choose(
    struct mending *mending, const struct diag_kind *kind, bool is_chosen)
{
	const struct finding_list *list = &mending->run->result.findings;

	for (size_t i = 0; i < list->n; i++) {
		if ((!kind || list->items[i].kind == kind) &&
		    is_candidate(mending, &list->items[i]))
			mending->is_chosen[i] = is_chosen;
	}
}

/* Kind by kind: one that makes something worse is left out. */
static void choose_by_kind(struct mending *mending)
{
	const struct finding_list *list = &mending->run->result.findings;
	struct map tried = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct diag_kind *kind = list->items[i].kind;

		if (!is_candidate(mending, &list->items[i]) ||
		    map_find(&tried, slice_of(kind->id)))
			continue;
		*map_slot(&tried, slice_of(kind->id)) = mending;
		choose(mending, kind, true);
		if (!is_good(mending))
			choose(mending, kind, false);
	}
	map_release(&tried);
}

/* What would be reported of the texts as they are. */
static void count_before(struct mending *mending)
{
	struct run_options again = *mending->options;
	struct run run = {0};

	again.texts = mending->texts;
	again.keep_sources = false;
	lint_rendered(mending->program, &again, &run);
	count_findings(&mending->before, &run.result.findings);
	run_release(&run);
}

static void choose_all(struct mending *mending)
{
	const struct finding_list *list = &mending->run->result.findings;
	size_t ncandidates = 0;

	mending->is_chosen = xcalloc(list->n + 1, sizeof(bool));
	for (size_t i = 0; i < list->n; i++)
		ncandidates += is_candidate(mending, &list->items[i]);
	if (ncandidates) {
		count_before(mending);
		choose(mending, NULL, true);
		if (!is_good(mending)) {
			choose(mending, NULL, false);
			choose_by_kind(mending);
		}
	}
	for (size_t i = 0; i < list->n; i++)
		mending->nchosen += mending->is_chosen[i];
	mending->nleft = ncandidates - mending->nchosen;
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
	FILE *in = fopen(name, "r");
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

/* The file as it will be, written or shown; 1 when it stays as it is. */
static int mend_file(struct mending *mending, const struct origin *file,
    struct buf *diff, size_t *nmended)
{
	struct fault *fault = &mending->program->fault;
	struct buf text = {0}, changed = {0};
	int result = read_text(mending, file, &text);

	if (!result && file->role == ORIGIN_MANIFEST &&
	    !slice_eq(
		buf_slice(&text), buf_slice(&mending->texts[file->index])))
		result = fault_set(fault,
		    "'%s' is not changed any more: it is another text than "
		    "the one that was read",
		    file->name);
	if (!result && !diff &&
	    !find_mark(file->name, buf_slice(&text), &changed))
		result = fault_set(fault,
		    "'%s' is not changed: it is not UTF-8, or has changed by "
		    "itself",
		    file->name);
	if (!result) {
		*nmended +=
		    apply(mending, file, false, buf_slice(&text), &changed);
		if (diff)
			unified_diff_add(diff, file->name, buf_slice(&text),
			    buf_slice(&changed));
		else
			result = replace_file(
			    file->name, write_text, &changed, fault);
	}
	buf_release(&text);
	buf_release(&changed);
	return result;
}

/* All files with chosen fixes, in the order in which they were read. */
static int mend_files(
    struct mending *mending, struct buf *diff, size_t *nfiles, size_t *nmended)
{
	const struct program *program = mending->program;
	const struct finding_list *list = &mending->run->result.findings;
	int result = 0;

	for (size_t i = 0; i < program->norigins; i++) {
		const struct origin *file = program->origins[i];
		bool any = false;

		for (size_t j = 0; j < list->n && !any; j++)
			any = mending->is_chosen[j] &&
			      list->items[j].fixes->place.origin == file;
		if (!any)
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

/* The report of what was read, or of what is left in the files. */
static int report(struct mending *mending, const struct verdicts *verdicts)
{
	struct program *program = mending->program;

	if (program->options.ncharts || mending->run->ntroubles)
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
		status = report(mending, verdicts);
	buf_release(&diff);
	if (!mending->run->ntroubles)
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
			choose_all(&mending);
		status = finish(&mending, &verdicts);
	}
	for (size_t i = 0; mending.texts && i < options.ninputs; i++)
		buf_release(&mending.texts[i]);
	free(mending.texts);
	free(mending.is_chosen);
	counts_release(&mending.before);
	run_release(&run);
	return status;
}

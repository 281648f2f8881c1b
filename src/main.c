/*
 * rolloutlint: the command line in, the exit status out.  The only file that
 * sees argv.
 */
#include "batch/merge_logs.h"
#include "batch/profiles.h"
#include "cli/command_line.h"
#include "cmd/completion.h"
#include "cmd/contract_check.h"
#include "cmd/evaluate.h"
#include "cmd/init.h"
#include "cmd/lint.h"
#include "cmd/mend.h"
#include "cmd/outcome.h"
#include "cmd/print_config.h"
#include "cmd/print_map.h"
#include "cmd/print_schema.h"
#include "page/describe.h"
#include "page/examples.h"
#include "page/print_docs.h"
#include "page/print_html.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/*
 * Files opened later must not become standard streams: a closed one is filled
 * with /dev/null, which for output fails as a closed one would.
 */
static bool fill_standard_streams(bool *ret_stdin_closed)
{
	*ret_stdin_closed = fcntl(0, F_GETFD) < 0;
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
			return false;
	}
	return true;
}

/* The day suppressions are judged by, in UTC: that of a reproducible build when
 * there is one, so that a run can be repeated. */
static int read_today(struct program *program)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	bool given = epoch && *epoch;
	int64_t seconds = time(NULL);
	struct tm day;
	time_t now;

	if (!given || slice_to_int(slice_of(epoch), &seconds)) {
		now = (time_t)seconds;
		program->now = seconds;
		if (now >= 0 && gmtime_r(&now, &day) &&
		    strftime(program->today, sizeof(program->today), "%Y-%m-%d",
			&day))
			return 0;
	}
	return fault_set(&program->fault,
	    "SOURCE_DATE_EPOCH must be a number of seconds since 1970, before "
	    "the year 10000, not '%s'",
	    given ? epoch : "");
}

static void tell_config(const struct program *program)
{
	struct buf text = {0};

	if (program->options.verbose &&
	    program->options.action != ACTION_PRINT_CONFIG)
		describe_config(program, &text);
	complain_lines(buf_text(&text));
	buf_release(&text);
}

static int act(struct program *program)
{
	struct buf text = {0};

	switch (program->options.action) {
	case ACTION_HELP:
		options_help(&text);
		return print(program, &text, STATUS_CLEAN);
	case ACTION_VERSION:
		buf_printf(&text, "rolloutlint %s\n", PACKAGE_VERSION);
		return print(program, &text, STATUS_CLEAN);
	case ACTION_LIST_FACTS: return list_facts(program);
	case ACTION_INIT: return init(program);
	case ACTION_MERGE_SARIF: return merge_logs(program);
	case ACTION_LIST_RULES:
	case ACTION_EXPLAIN:
	case ACTION_TEST_RULES:
	case ACTION_MAP_LINES:
	case ACTION_PRINT_CONFIG:
	case ACTION_PRINT_SCHEMA:
	case ACTION_PRINT_DOCS:
	case ACTION_PRINT_HTML:
	case ACTION_COMPLETION:
	case ACTION_CHECK_CONTRACT:
	case ACTION_LINT:
	case ACTION_EVAL: break;
	}
	if (read_today(program))
		return trouble(program);
	if (program->options.all_profiles)
		return lint_profiles(program);
	if (program_load(program))
		return trouble(program);
	if (!program->options.quiet)
		complain_lines(buf_text(&program->remarks));
	tell_config(program);
	switch (program->options.action) {
	case ACTION_LIST_RULES: return list_rules(program);
	case ACTION_EXPLAIN: return explain_rule(program);
	case ACTION_TEST_RULES: return test_rules(program);
	case ACTION_EVAL: return evaluate(program);
	case ACTION_MAP_LINES: return print_map(program);
	case ACTION_PRINT_CONFIG: return print_config(program);
	case ACTION_PRINT_SCHEMA: return print_schema(program);
	case ACTION_PRINT_DOCS: return print_docs(program);
	case ACTION_PRINT_HTML: return print_html(program);
	case ACTION_COMPLETION: return print_completion(program);
	case ACTION_CHECK_CONTRACT:
		return check_contract(program, program->today);
	case ACTION_INIT:
	case ACTION_MERGE_SARIF:
	case ACTION_LINT:
	case ACTION_LIST_FACTS:
	case ACTION_VERSION:
	case ACTION_HELP: break;
	}
	return program->options.fix || program->options.diff
		   ? mend(program)
		   : lint(program, NULL);
}

int main(int argc, char **argv)
{
	struct program program = {0};
	int status;

	/* A reader that goes away is an error of write(), not our death. */
	signal(SIGPIPE, SIG_IGN);
	if (!fill_standard_streams(&program.stdin_closed))
		return STATUS_TROUBLE;
	if (options_parse(&program.options, argc, argv, &program.fault))
		status = trouble(&program);
	else
		status = act(&program);
	program_release(&program);
	return status;
}

/*
 * What the user asked for, as data: the command line, read.
 */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include "diag/finding.h"
#include "sink/sink.h"

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

enum action {
	ACTION_LINT,
	ACTION_CHECK_CONTRACT,
	ACTION_EVAL,
	ACTION_LIST_RULES,
	ACTION_LIST_FACTS,
	ACTION_EXPLAIN,
	ACTION_TEST_RULES,
	ACTION_MAP_LINES,
	ACTION_PRINT_SCHEMA,
	ACTION_PRINT_DOCS,
	ACTION_PRINT_HTML,
	ACTION_PRINT_CONFIG,
	ACTION_COMPLETION,
	ACTION_INIT,
	ACTION_MERGE_SARIF,
	ACTION_VERSION,
	ACTION_HELP,
};

/* One --format; file NULL is standard output. */
struct output {
	const struct sink *sink;
	const char *file;
	FILE *part; /* where this run writes instead, as one of several whose
		       reports make the file together; or NULL */
};

/* All texts are the command line's own. */
struct options {
	enum action action;
	const char *contract, *profile, *namespace, *stdin_filename;
	const char *config, *sarif_category, *baseline, *update_baseline;
	const char *docs_url;	/* where pages of rules are, or NULL */
	const char *source_url; /* where lines of files are, or NULL */
	const char *docs;	/* the folder of --print-docs, --print-html */
	const char *root, *matrix, *scenarios;
	const char **evidence; /* files and folders of --evidence */
	size_t nevidence;
	int64_t evidence_max_age;   /* seconds; 0: not asked */
	const char *write_evidence; /* a folder, or NULL */
	const char *applied_by;		/* NULL: not said */
	unsigned kube_least, kube_most; /* minors; 0: not said */
	const char *previous;		/* the release that runs now, or NULL */
	int nodes; /* that run a DaemonSet; 0: not said */
	const char *eval, *on, *explain;
	const char *facts_of; /* of --list-facts: an entity, or NULL */
	const char *schema;   /* of --print-schema: its name */
	const char *shell;    /* of --completion */
	/* Of --all-profiles: a command, what {release} is in it, a folder. */
	const char *render, *release, *renders;
	const char **rules, **warnings, **files;
	size_t nrules, nwarnings, nfiles;
	const char **charts, **values;	  /* of --chart and --values */
	const char **ignore_patterns;	  /* of paths that are not read */
	const char **skipped, **rejected; /* lists of kinds */
	size_t nignore_patterns, nskipped, nrejected;
	const char **crds; /* files and folders of --crds */
	const char **sets, **set_strings;
	size_t ncrds, ncharts, nvalues, nsets, nset_strings;
	struct output *outputs; /* at least one: gcc when none is asked for */
	size_t noutputs;
	enum severity fail_on; /* SEVERITY_MAX: never */
	enum when color, excerpt;
	bool fixits, fix, diff, markdown_summary;
	unsigned njobs; /* 0: as many as there are processors */
	bool allow_empty, quiet, no_config, summary, strict, no_suppress,
	    show_suppressed, timeline, no_fold, verbose, separate, gate,
	    all_profiles;
	struct arena arena; /* of the arrays */
};

#endif

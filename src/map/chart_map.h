/*
 * From a rendered line back to the line of the chart's template that made it.
 *
 * Neither Helm nor values are needed: the rendered text is held against the
 * templates.  A place is a line of the file that "# Source:" names and, when a
 * helper printed the line, the line in that helper; next to it stands what is
 * as likely.  What cannot be told is left unmapped.
 */
#ifndef MAP_CHART_MAP_H
#define MAP_CHART_MAP_H

#include "base/fault.h"
#include "helm/template_file.h"
#include "helm/values_evaluator.h"

struct call;
struct step;

#define MOST_OTHERS 3

/* Where one rendered line comes from. */
struct mapped_line {
	struct slice text; /* of the document, without outer blanks */
	uint32_t number;   /* in the stream */
	uint32_t line;	   /* of the Source file; 0: unknown */
	bool is_certain;   /* no other way through the template prints it */
	uint32_t others[MOST_OTHERS]; /* lines of it that may have printed it,
					 too; 0: no more */
	const struct template_file *inner; /* whose own words the line is */
	uint32_t inner_line;
	bool inner_doubtful; /* other lines than inner_line may be meant: */
	uint32_t inner_others[MOST_OTHERS]; /* those of the same file */
	const struct call *calls; /* of helpers, innermost first, or NULL */
	struct slice helper;	  /* the define inner_line is in; empty: none */
	struct slice action; /* that printed the line among others, or empty */
	struct slice only;   /* the one action on the line, or empty */
	const struct output *const *outputs; /* all actions on it ... */
	size_t noutputs;
	struct go_scope scope;	  /* ... and what "." is there */
	const struct step *steps; /* that lead there, for round_find() */
	uint32_t order;		  /* of the lines of one round */
};

/* A document's lines that are not blank, without its "# Source:". */
struct mapped_document {
	const struct template_file *file; /* NULL: no chart has it */
	const struct mapped_line *lines;  /* in order */
	size_t n;
	size_t nmisfits; /* of them: fit the template badly or not at all */
	bool gave_up;	 /* there are too many ways through the template */
};

struct document_text {
	struct slice source; /* what "# Source:" names */
	struct slice text;
	uint32_t first_line;
	bool have_lists_drifted; /* see rendered_lines_read() */
	bool wanted; /* false: only its end matters, for those after it, and
			it does not count for chart_map_is_stale() */
};

/* Charts, and what has been learnt of their templates. */
struct chart_map;

struct chart_map *chart_map_new(void);
void chart_map_free(struct chart_map *map);

/* Adds the chart in dir; -1 with a sentence when there is none. */
MUST_CHECK int chart_map_add(
    struct chart_map *map, const char *dir, struct fault *fault);

/*
 * Lets the values, which must outlive the map, tell which branches are taken:
 * they are those of the first chart, and what that writes into them becomes
 * unknown.  To be called before any document.
 */
void chart_map_use_values(
    struct chart_map *map, struct values_evaluator *values_evaluator);

/*
 * The Source name of a document: what the stream says, or else the annotation
 * that Helm 4 gives documents on their way through a post-renderer.
 */
struct slice document_source(struct slice said, struct slice text);

/* The file of that Source name in any of the charts, or NULL. */
const struct template_file *chart_map_find(
    const struct chart_map *map, struct slice source);

/* Its path in a chart when it is there but was not read, or NULL. */
const char *chart_map_find_unread(
    const struct chart_map *map, struct slice source);

/* Why the packed subchart that it is in was not read: a sentence, or NULL. */
const char *chart_map_find_refused(
    const struct chart_map *map, struct slice source);

/* The path of the outermost archive that a path is in; the path itself when it
 * is in none. */
struct slice chart_map_archive(const struct chart_map *map, struct slice path);

/* What a file in a packed chart holds, as long as the map lives; NULL: the path
 * is not in one. */
const struct slice *chart_map_packed(
    const struct chart_map *map, const char *path);

/*
 * Maps a document.  Documents of one file must come in the order of the
 * stream: Helm keeps those of one kind in the order of the file.  What is
 * returned is valid until the next call.
 */
void chart_map_document(struct chart_map *map,
    const struct document_text *document, struct mapped_document *ret_mapped);

/*
 * Whether too many lines of the documents mapped so far fit nothing in the
 * chart this file is of: they were rendered from another version of it.
 */
bool chart_map_is_stale(const struct template_file *file);

/* The number of charts, and the path of the Chart.yaml of the i-th when that
 * is stale, else NULL. */
size_t chart_map_count(const struct chart_map *map);
const char *chart_map_stale(const struct chart_map *map, size_t i);

/* The line of that number, or NULL. */
const struct mapped_line *mapped_document_find(
    const struct mapped_document *mapped, uint32_t number);

#endif

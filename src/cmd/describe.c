/* The catalogue of rules as text. */
#include "cmd/describe.h"

#include <string.h>

void describe_list(
    FILE *out, const struct diag_kind *const *kinds, size_t nkinds)
{
	size_t widest = 0;

	for (size_t i = 0; i < nkinds; i++) {
		size_t len = strlen(kinds[i]->id);

		widest = len > widest ? len : widest;
	}
	for (size_t i = 0; i < nkinds; i++)
		fprintf(out, "%-*s  %-7s  %-8s  %s\n", (int)widest,
		    kinds[i]->id, severity_name(kinds[i]->severity),
		    kinds[i]->group, kinds[i]->message);
}

/* A text of several lines, each indented by two. */
static void print_block(FILE *out, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	fprintf(out, "\n%s\n", title);
	while (*text) {
		size_t len = strcspn(text, "\n");

		fprintf(out, "%s%.*s\n", len ? "  " : "", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

void describe_kind(FILE *out, const struct diag_kind *kind)
{
	fprintf(out, "%s (%s): %s, group %s\n", kind->id, kind->code,
	    severity_name(kind->severity), kind->group);
	print_block(out, "Guards", kind->invariant);
	print_block(out, "Says", kind->message);
	print_block(
	    out, "Parameters, to be set in .rolloutlint.yaml", kind->params);
	print_block(out, "Why", kind->why);
	print_block(out, "What to do", kind->fix);
	print_block(out, "What --fixits proposes to write", kind->edits);
	print_block(out, "Found here, on the lines marked #!", kind->bad);
	print_block(out, "Not found here", kind->good);
	fprintf(out,
	    "\nTurn it off with -Wno-%s, make it an error with -Werror=%s.\n",
	    kind->id, kind->id);
}

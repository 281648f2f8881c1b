/* Fixes -> one fix object of SARIF: one file, a replacement for each edit. */
#include "sink/sarif_fix.h"

static bool inserts(const struct fix *fix)
{
	return fix->byte_col == fix->end_byte_col;
}

/* "Insert 'replicas: 2'. Write 'Rollout' instead." */
static struct json *new_description(const struct finding *finding)
{
	struct buf text = {0};
	struct json *message;

	for (size_t i = 0; i < finding->nfixes; i++) {
		const struct fix *fix = &finding->fixes[i];
		struct slice words = slice_trim(slice_of(fix->text));

		if (inserts(fix) && slice_ends(words, SLICE(",")))
			words.len--;
		buf_printf(&text, "%s%s '%.*s'%s.", i ? " " : "",
		    inserts(fix) ? "Insert" : "Write", SLICE_ARGS(words),
		    inserts(fix) ? "" : " instead");
	}
	message = json_new_object();
	json_set(message, "text", json_new_text(buf_slice(&text)));
	buf_release(&text);
	return message;
}

/* As it is: one that is empty is where something is inserted. */
static struct json *new_exact_region(struct span span)
{
	struct json *region = json_new_object();

	json_set_number(region, "startLine", span.line);
	json_set_number(region, "startColumn", span.col);
	json_set_number(region, "endLine", span.end_line);
	json_set_number(region, "endColumn", span.end_col);
	return region;
}

static struct json *new_replacement(const struct fix *fix)
{
	struct json *replacement = json_new_object(),
		    *content = json_new_object();

	json_set(
	    replacement, "deletedRegion", new_exact_region(fix->place.span));
	json_set_text(content, "text", fix->text);
	json_set(replacement, "insertedContent", content);
	return replacement;
}

struct json *sarif_fixes(const struct finding *finding, struct json *location)
{
	struct json *fixes = json_new_array(), *fix = json_new_object(),
		    *changes = json_new_array(), *change = json_new_object(),
		    *replacements = json_new_array();

	for (size_t i = 0; i < finding->nfixes; i++)
		json_push(replacements, new_replacement(&finding->fixes[i]));
	json_set(change, "artifactLocation", location);
	json_set(change, "replacements", replacements);
	json_push(changes, change);
	json_set(fix, "description", new_description(finding));
	json_set(fix, "artifactChanges", changes);
	json_push(fixes, fix);
	return fixes;
}

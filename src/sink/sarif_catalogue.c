/*
 * SARIF's catalogue of rules: kinds of findings into reportingDescriptors,
 * with the texts that code scanning shows beside a result.
 */
#include "sink/sarif_catalogue.h"

#include "report/rule_url.h"
#include "sink/sarif_names.h"
#include "sink/sarif_text.h"

#include <string.h>

enum { DESCRIPTION_MAX = 1024 }; /* services refuse or cut longer ones */

/* A description: first letter large, full stop, not too long for services. */
static struct json *new_description(struct buf *text)
{
	struct buf short_text = {0};
	struct slice kept = buf_slice(text);

	if (kept.len > DESCRIPTION_MAX) {
		kept.len = DESCRIPTION_MAX - 3;
		while (kept.len && (kept.ptr[kept.len] & 0xC0) == 0x80)
			kept.len--;
	}
	buf_add_slice(&short_text, kept);
	if (kept.len < text->len)
		buf_add_text(&short_text, "...");
	if (short_text.len && short_text.ptr[0] >= 'a' &&
	    short_text.ptr[0] <= 'z')
		short_text.ptr[0] -= 'a' - 'A';
	sarif_add_full_stop(&short_text);
	buf_release(text);
	return sarif_message_of(&short_text);
}

/* The title.  Without one, the message tells kinds apart better than the
 * invariant, which a group shares, unless it is nothing but what was found. */
static struct json *new_short_description(const struct diag_kind *kind)
{
	struct buf text = {0};

	if (kind->title)
		buf_add_text(&text, kind->title);
	else if (kind->message[0] == '{')
		buf_add_text(&text, kind->invariant);
	else
		sarif_add_readable(&text, kind->message);
	return new_description(&text);
}

/* The first paragraph of why; of a rule without one the invariant. */
static struct json *new_full_description(const struct diag_kind *kind)
{
	struct slice why = slice_trim(slice_of(kind->why));
	ptrdiff_t end = slice_find(why, SLICE("\n\n"), 0);
	struct buf text = {0};

	if (end >= 0)
		why.len = (size_t)end;
	buf_add_slice(&text, why.len ? why : slice_of(kind->invariant));
	return new_description(&text);
}

/* A fenced block; the fence is longer than any in the example. */
static void add_example(
    struct buf *buf, const char *heading, const char *example)
{
	struct buf fence = {0};

	if (!example)
		return;
	buf_add_text(&fence, "```");
	while (strstr(example, buf_text(&fence)))
		buf_add_char(&fence, '`');
	buf_printf(
	    buf, "\n\n%s\n\n%syaml\n%s", heading, buf_text(&fence), example);
	if (!slice_ends(buf_slice(buf), SLICE("\n")))
		buf_add_char(buf, '\n');
	buf_add_text(buf, buf_text(&fence));
	buf_release(&fence);
}

static void add_links(struct buf *buf, const struct diag_kind *kind)
{
	for (size_t i = 0; i < kind->nsee; i++)
		buf_printf(buf, "%s- <%s>", i ? "\n" : "\n\n## Read more\n\n",
		    kind->see[i]);
}

static const char *title_of(const struct diag_kind *kind)
{
	return kind->title ? kind->title : kind->invariant;
}

/* How to turn it off, with the id that people type. */
static void add_suppressions(
    struct buf *text, struct buf *markdown, const struct diag_kind *kind)
{
	if (kind->locked) {
		buf_add_text(markdown,
		    "\n\n## How to turn it off\n\nThe rule is locked: its "
		    "findings cannot be suppressed.");
		return;
	}
	buf_printf(text,
	    "\n\nHow to turn it off: write '# rolloutlint:ignore %s REASON' "
	    "beside the line, or run with -Wno-%s.",
	    kind->id, kind->id);
	buf_printf(markdown,
	    "\n\n## How to turn it off\n\nFor one line: `# "
	    "rolloutlint:ignore %s REASON`. For one object: the annotation "
	    "`ignore.rolloutlint/%s: REASON`. Everywhere: `-Wno-%s`.",
	    kind->id, kind->id, kind->id);
}

static struct json *new_help(const struct diag_kind *kind)
{
	struct slice why = slice_trim(slice_of(kind->why));
	struct slice fix = slice_trim(slice_of(kind->fix));
	struct json *help = json_new_object();
	struct buf text = {0}, markdown = {0};

	buf_printf(&text, "%s\n\n%.*s\n\nHow to fix it: %.*s", title_of(kind),
	    SLICE_ARGS(why), SLICE_ARGS(fix));
	buf_printf(&markdown, "**%s**\n\n%.*s\n\n## How to fix it\n\n%.*s",
	    title_of(kind), SLICE_ARGS(why), SLICE_ARGS(fix));
	add_example(&markdown, "## Good example", kind->good);
	add_example(&markdown, "## Bad example", kind->bad);
	add_suppressions(&text, &markdown, kind);
	add_links(&markdown, kind);
	json_set_text(help, "text", buf_text(&text));
	json_set_text(help, "markdown", buf_text(&markdown));
	buf_release(&text);
	buf_release(&markdown);
	return help;
}

static struct json *new_configuration(const struct diag_kind *kind)
{
	struct json *configuration = json_new_object();
	bool off = kind->severity == SEVERITY_OFF;

	if (off)
		json_set_bool(configuration, "enabled", false);
	json_set_text(configuration, "level",
	    severity_name(off ? SEVERITY_WARNING : kind->severity));
	return configuration;
}

/* The message, or what it is in each case. */
static struct json *new_message_strings(const struct diag_kind *kind)
{
	struct json *strings = json_new_object();

	for (size_t i = 0; i < kind->ncases || i == 0; i++) {
		struct buf id = {0}, text = {0};

		sarif_message_id(kind, i, &id);
		sarif_add_numbered(
		    &text, kind->ncases ? kind->cases[i] : kind->message);
		json_set_copied(
		    strings, buf_text(&id), sarif_message_of(&text));
		buf_release(&id);
	}
	return strings;
}

static struct json *new_properties(const struct diag_kind *kind)
{
	struct json *properties = json_new_object(), *tags = json_new_array();

	/* GitHub takes a rule with that tag for one about attacks. */
	if (strcmp(kind->group, "security") != 0)
		json_push(tags, json_new_text(slice_of(kind->group)));
	json_set(properties, "tags", tags);
	json_set_text(properties, "precision", "high");
	json_set_text(properties, "problem.severity",
	    kind->severity == SEVERITY_NOTE    ? "recommendation"
	    : kind->severity == SEVERITY_ERROR ? "error"
					       : "warning");
	return properties;
}

static struct json *new_rule(const struct diag_kind *kind, const char *docs_url)
{
	struct json *rule = json_new_object();
	struct buf help = {0};

	json_set_text(rule, "id", kind->code);
	json_set_text(rule, "name", kind->name);
	json_set(rule, "shortDescription", new_short_description(kind));
	json_set(rule, "fullDescription", new_full_description(kind));
	json_set(rule, "help", new_help(kind));
	rule_url_add(&help, docs_url, kind);
	json_set_text(rule, "helpUri", buf_text(&help));
	buf_release(&help);
	json_set(rule, "defaultConfiguration", new_configuration(kind));
	json_set(rule, "messageStrings", new_message_strings(kind));
	json_set(rule, "properties", new_properties(kind));
	return rule;
}

struct json *sarif_rules(const struct report *report)
{
	struct json *rules = json_new_array();

	for (size_t i = 0; i < report->nkinds; i++)
		json_push(rules, new_rule(report->kinds[i], report->docs_url));
	return rules;
}

/* Entries of the configuration into suppressions. */
#include "rule/config_suppressions.h"

#include "doc/scalar.h"

const char *const suppression_fields[SUPPRESSION_FIELDS] = {
    "rule", "kind", "name", "reason", "expires"};

static int read_field(const struct reader *reader, const struct node *entry,
    const char *name, const char **ret_text)
{
	const struct node *node = node_get(entry, name);

	return node ? reader_text(reader, name, node, ret_text) : 0;
}

static int read_fields(const struct reader *reader, const struct node *entry,
    struct suppression *suppression)
{
	if (read_field(reader, entry, "rule", &suppression->rule) ||
	    read_field(reader, entry, "kind", &suppression->kind) ||
	    read_field(reader, entry, "name", &suppression->name) ||
	    read_field(reader, entry, "reason", &suppression->reason) ||
	    read_field(reader, entry, "expires", &suppression->expires))
		return -1;
	if (!suppression->rule)
		return reader_refuse(
		    reader, entry, "a suppression must name its 'rule'");
	if (suppression->expires &&
	    !suppression_is_date(slice_of(suppression->expires)))
		return reader_refuse(reader, node_get(entry, "expires"),
		    "expires must be a date of the form YYYY-MM-DD, not %s",
		    reader_quote(reader, slice_of(suppression->expires)));
	return 0;
}

static int read_entry(const struct reader *reader, const struct node *entry,
    struct suppression_list *suppressions)
{
	struct suppression suppression = {
	    .form = SUPPRESS_PATTERN,
	    .reason = "",
	};

	if (reader_check_keys(reader, "a suppression", entry,
		suppression_fields, SUPPRESSION_FIELDS) ||
	    read_fields(reader, entry, &suppression))
		return -1;
	suppression.place = node_place(reader->origin, node_get(entry, "rule"));
	suppression_add(suppressions, &suppression);
	return 0;
}

int config_suppressions_read(const struct reader *reader,
    const struct node *node, struct suppression_list *suppressions)
{
	int result = 0;

	if (node_is_null(node))
		return 0;
	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(reader, node,
		    "suppressions must be a list, not %s",
		    reader_describe(reader, node));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_entry(reader, node->items[i], suppressions))
			result = -1;
	}
	return result;
}

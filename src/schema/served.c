/* The name of a kind that no Kubernetes serves -> the one that was meant. */
#include "schema/schema.h"

#include "base/nearest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* As strcmp() and strcasecmp() tell it: nearly all names differ in their first
 * letter already. */
static bool is_equal(const char *a, const char *b)
{
	return *a == *b && !strcmp(a, b);
}

static bool is_equal_but_case(const char *a, const char *b)
{
	return (*a | 0x20) == (*b | 0x20) && !strcasecmp(a, b);
}

/* v1, v2; nothing else is served without being turned on. */
static bool may_be_turned_on(const char *version)
{
	return strstr(version, "alpha") || strstr(version, "beta");
}

/* Groups to which nobody else adds kinds. */
static bool is_closed(const char *group)
{
	return !strchr(group, '.') ||
	       slice_ends(slice_of(group), SLICE(".k8s.io"));
}

static bool has_group(const char *group)
{
	for (size_t i = 0; i < schema_nserved; i++) {
		if (is_equal(api_text(schema_served[i].group), group))
			return true;
	}
	return false;
}

static bool has_group_but_case(const char *group)
{
	for (size_t i = 0; i < schema_nserved; i++) {
		if (is_equal_but_case(api_text(schema_served[i].group), group))
			return true;
	}
	return false;
}

/* The name of the kind is compared first: nearly every row has another. */
typedef bool likeness(const struct served *row, const char *group,
    const char *version, const char *kind);

static bool is_same(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	return is_equal(api_text(row->kind), kind) &&
	       is_equal(api_text(row->group), group) &&
	       !strcmp(api_text(row->version), version);
}

static bool is_of_other_version(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	return is_equal(api_text(row->kind), kind) &&
	       is_equal(api_text(row->group), group) &&
	       !may_be_turned_on(version);
}

static bool is_of_other_case(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	(void)version;
	return is_equal_but_case(api_text(row->kind), kind) &&
	       is_equal_but_case(api_text(row->group), group) &&
	       (strcmp(api_text(row->group), group) ||
		   strcmp(api_text(row->kind), kind));
}

static bool is_misspelt(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	return is_equal(api_text(row->group), group) &&
	       !may_be_turned_on(version) &&
	       is_one_letter_off(slice_of(api_text(row->kind)), slice_of(kind));
}

static bool is_of_other_group(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	return is_equal_but_case(api_text(row->kind), kind) &&
	       is_closed(api_text(row->group)) && is_closed(group) &&
	       has_group(group) && !may_be_turned_on(version);
}

static bool is_of_misspelt_group(const struct served *row, const char *group,
    const char *version, const char *kind)
{
	return is_equal(api_text(row->kind), kind) &&
	       !strchr(api_text(row->group), '.') && !strchr(group, '.') &&
	       *api_text(row->group) && *group && !may_be_turned_on(version) &&
	       is_one_letter_off(
		   slice_of(api_text(row->group)), slice_of(group));
}

static const struct served *find(
    likeness *is_like, const char *group, const char *version, const char *kind)
{
	for (size_t i = 0; i < schema_nserved; i++) {
		if (is_like(&schema_served[i], group, version, kind))
			return &schema_served[i];
	}
	return NULL;
}

const struct served *schema_meant(
    const char *group, const char *version, const char *kind)
{
	static likeness *const ways[] = {is_of_other_version, is_of_other_case,
	    is_misspelt, is_of_other_group, is_of_misspelt_group};
	const struct served *found = NULL;

	/* Of a group of somebody else's nothing was meant. */
	if (!is_closed(group) && !has_group_but_case(group))
		return NULL;
	if (find(is_same, group, version, kind))
		return NULL;
	for (size_t i = 0; !found && i < sizeof(ways) / sizeof(*ways); i++)
		found = find(ways[i], group, version, kind);
	return found;
}

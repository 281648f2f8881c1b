/* Routes of the Gateway API: the rules of their CustomResourceDefinitions that
 * a line of data cannot say. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

/* A duration of GEP-2257, such as 1m30s, in milliseconds; false when it is
 * none. */
static bool read_duration(struct slice text, int64_t *ret_milliseconds)
{
	int64_t number = 0, sum = 0;

	if (!form_gateway_duration(text))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool is_milli = text.ptr[i] == 'm' && i + 1 < text.len &&
				text.ptr[i + 1] == 's';

		if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
			number = number * 10 + (text.ptr[i] - '0');
			continue;
		}
		if (is_milli)
			i++;
		else
			number *= text.ptr[i] == 'h'   ? 3600000
				  : text.ptr[i] == 'm' ? 60000
						       : 1000;
		sum += number;
		number = 0;
	}
	*ret_milliseconds = sum;
	return true;
}

/* A request of 0s waits forever, so that nothing is longer. */
void check_request_timeouts(const struct checking *checking)
{
	const struct node *timeouts = checking->frame->node;
	const struct node *backend = given(timeouts, "backendRequest");
	struct slice request = given_text_at(timeouts, "request");
	int64_t whole, part;

	if (read_duration(request, &whole) && whole &&
	    read_duration(given_text(backend), &part) && part > whole)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, backend,
		    "must be at most 'request' (%.*s), not %.*s",
		    SLICE_ARGS(request), SLICE_ARGS(backend->text));
}

static struct slice text_or(
    const struct node *parent, const char *key, const char *otherwise)
{
	struct slice text = given_text_at(parent, key);

	return text.len ? text : slice_of(otherwise);
}

static bool are_one_parent(const struct node *one, const struct node *other)
{
	static const char *const group = "gateway.networking.k8s.io";

	return slice_eq(text_or(one, "group", group),
		   text_or(other, "group", group)) &&
	       slice_eq(text_or(one, "kind", "Gateway"),
		   text_or(other, "kind", "Gateway")) &&
	       slice_eq(text_or(one, "namespace", ""),
		   text_or(other, "namespace", "")) &&
	       slice_eq(text_or(one, "name", ""), text_or(other, "name", ""));
}

/* Whether both channels of releases refuse two references to one parent: of one
 * section, or of a section and of all; the experimental one tells ports of a
 * section apart, too. */
static bool are_mixed_up(const struct node *one, const struct node *other)
{
	struct slice section = given_text_at(one, "sectionName");
	struct slice other_section = given_text_at(other, "sectionName");
	struct slice port = given_text_at(one, "port");
	struct slice other_port = given_text_at(other, "port");

	if (!section.len != !other_section.len)
		return true;
	return slice_eq(section, other_section) &&
	       (slice_eq(port, other_port) || !port.len || !other_port.len);
}

void check_parents_apart(const struct checking *checking)
{
	const struct node *parents = given(checking->frame->node, "parentRefs");

	for (uint32_t i = 1; i < given_length(parents); i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (!are_one_parent(
				parents->items[j], parents->items[i]) ||
			    !are_mixed_up(parents->items[j], parents->items[i]))
				continue;
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, parents->items[i],
			    "is the parent of an earlier item: each needs a "
			    "sectionName of its own");
			break;
		}
	}
}

/* Each filter of a list that has that field, from the second on. */
static void check_once(const struct checking *checking,
    const struct node *filters, const char *key)
{
	bool was_there = false;

	for (uint32_t i = 0; i < given_length(filters); i++) {
		const struct node *filter = given(filters->items[i], key);

		if (filter && was_there)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, filter,
			    "may be given once in a list of filters");
		was_there |= filter != NULL;
	}
}

static const struct node *first_with(
    const struct node *filters, const char *key)
{
	for (uint32_t i = 0; i < given_length(filters); i++) {
		const struct node *filter = given(filters->items[i], key);

		if (filter)
			return filter;
	}
	return NULL;
}

void check_route_filters(const struct checking *checking)
{
	static const char *const keys[] = {"requestRedirect", "urlRewrite",
	    "requestHeaderModifier", "responseHeaderModifier"};
	const struct node *filters = given(checking->frame->node, "filters");
	const struct node *rewrite = first_with(filters, "urlRewrite");

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		check_once(checking, filters, keys[i]);
	if (rewrite && first_with(filters, "requestRedirect"))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, rewrite,
		    "may not be given beside a requestRedirect");
}

/* Whether a rule matches one prefix, as it does when it says nothing. */
static bool matches_prefix(const struct node *rule)
{
	const struct node *matches = given(rule, "matches");
	struct slice type;

	if (!matches)
		return true;
	if (given_length(matches) != 1)
		return false;
	type = given_text_at(given(matches->items[0], "path"), "type");
	return !type.len || slice_is(type, "PathPrefix");
}

void check_replaced_prefix(const struct checking *checking)
{
	static const char *const keys[] = {"requestRedirect", "urlRewrite"};
	const struct node *rule = checking->frame->node;

	for (size_t i = 0; i < COUNT_OF(keys) && !matches_prefix(rule); i++) {
		const struct node *filter =
		    first_with(given(rule, "filters"), keys[i]);
		const struct node *prefix =
		    given(given(filter, "path"), "replacePrefixMatch");

		if (prefix)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, prefix,
			    "is for rules with one match, of type PathPrefix");
	}
}

static bool are_one_listener(const struct node *one, const struct node *other)
{
	const struct node *host = given(one, "hostname");
	const struct node *other_host = given(other, "hostname");

	return slice_eq(given_text_at(one, "port"),
		   given_text_at(other, "port")) &&
	       slice_eq(given_text_at(one, "protocol"),
		   given_text_at(other, "protocol")) &&
	       !host == !other_host &&
	       slice_eq(given_text(host), given_text(other_host));
}

void check_listeners_apart(const struct checking *checking)
{
	const struct node *list = given(checking->frame->node, "listeners");

	for (uint32_t i = 1; i < given_length(list); i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (!are_one_listener(list->items[j], list->items[i]))
				continue;
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, list->items[i],
			    "has the port, protocol and hostname of an "
			    "earlier one");
			break;
		}
	}
}

/* Conditions of Jobs that a line of data cannot say, as the validation of
 * k8s.io/kubernetes/pkg/apis/batch has them. */
#include "schema/special.h"

#include "schema/form.h"
#include "schema/given.h"
#include "schema/walk.h"

/* Takes a whole number off the front of text, which begins with one. */
static int64_t take_number(struct slice *text)
{
	int64_t number = 0;
	size_t n = 0;

	while (n < text->len && text->ptr[n] >= '0' && text->ptr[n] <= '9')
		n++;
	slice_to_int((struct slice){text->ptr, n}, &number);
	text->ptr += n;
	text->len -= n;
	return number;
}

/* The last of indexes, such as 0,2-4, and how many there are. */
static int64_t last_index(struct slice text, int64_t *ret_total)
{
	int64_t last = -1;

	for (*ret_total = 0; text.len; ++*ret_total) {
		bool is_range = *text.ptr == '-';
		int64_t first = last;

		if (last >= 0) {
			text.ptr++;
			text.len--;
		}
		last = take_number(&text);
		if (is_range)
			*ret_total += last - first - 1;
	}
	return last;
}

static void check_rule(const struct checking *checking, const struct node *rule,
    int64_t completions)
{
	const struct node *indexes = given(rule, "succeededIndexes");
	const struct node *count = given(rule, "succeededCount");
	int64_t wanted = 0, total, last;

	if (!indexes || !form_indexes(given_text(indexes)))
		return;
	last = last_index(given_text(indexes), &total);
	if (last >= completions)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, indexes,
		    "has the index %lld, and with %lld completions the last "
		    "one is %lld",
		    (long long)last, (long long)completions,
		    (long long)completions - 1);
	else if (node_to_int(count, &wanted) && wanted > total)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, count,
		    "must be at most %lld, the number of 'succeededIndexes', "
		    "not %lld",
		    (long long)total, (long long)wanted);
}

/* validateSuccessPolicyRule */
void check_success_indexes(const struct checking *checking)
{
	const struct node *spec = checking->frame->node;
	const struct node *rules = given(given(spec, "successPolicy"), "rules");
	int64_t completions;

	if (!node_to_int(given(spec, "completions"), &completions))
		return;
	for (uint32_t i = 0; i < given_length(rules); i++)
		check_rule(checking, rules->items[i], completions);
}

/* ValidateJob: the last of its pods is called after the Job and its index,
 * which a label of a domain must hold. */
void check_indexed_name(const struct checking *checking)
{
	const struct node *job = checking->frame->node;
	const struct node *name = given(given(job, "metadata"), "name");
	const struct node *spec = given(job, "spec");
	struct buf host = {0};
	int64_t completions;

	if (!slice_is(given_text_at(spec, "completionMode"), "Indexed") ||
	    !node_to_int(given(spec, "completions"), &completions) ||
	    completions < 1 || !given_text(name).len)
		return;
	buf_printf(&host, "%.*s-%lld", SLICE_ARGS(given_text(name)),
	    (long long)completions - 1);
	if (!form_dns_label(buf_slice(&host)))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, name,
		    "must be up to %d lower case alphanumeric characters or "
		    "'-', as its pods are called after it and an index",
		    (int)(63 - (host.len - given_text(name).len)));
	buf_release(&host);
}

/* A label of the pods that the API server adds itself; wanted is its value, ""
 * where that is not known before. */
static void check_made_label(const struct checking *checking,
    const struct node *labels, const char *key, struct slice wanted)
{
	const struct node *label = given(labels, key);

	if (!label || slice_eq(given_text(label), wanted))
		return;
	if (wanted.len)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, label,
		    "must be the name of the Job, '%.*s', which the API "
		    "server sets; leave it out",
		    SLICE_ARGS(wanted));
	else
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, label,
		    "may not be set: the API server sets it to the uid of the "
		    "Job");
}

/* ValidateGeneratedSelector: unless the selector is chosen by hand. */
void check_made_labels(const struct checking *checking)
{
	const struct node *job = checking->frame->node;
	const struct node *metadata = given(job, "metadata");
	const struct node *spec = given(job, "spec");
	const struct node *labels =
	    given(given(given(spec, "template"), "metadata"), "labels");
	struct slice name = given_text_at(metadata, "name");
	static const struct slice unknown = {"", 0};
	bool is_manual = false;

	node_to_bool(given(spec, "manualSelector"), &is_manual);
	if (!labels || is_manual || given(metadata, "uid"))
		return;
	if (name.len) {
		check_made_label(checking, labels, "job-name", name);
		check_made_label(
		    checking, labels, "batch.kubernetes.io/job-name", name);
	}
	check_made_label(checking, labels, "controller-uid", unknown);
	check_made_label(
	    checking, labels, "batch.kubernetes.io/controller-uid", unknown);
}

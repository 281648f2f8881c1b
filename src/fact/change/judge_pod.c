/*
 * Pods that change -> what is refused beyond the fields that nobody may change:
 * ValidatePodUpdate() of pkg/apis/core/validation.
 */
#include "fact/change/denial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char way_out[] = "delete the Pod before the upgrade";

/* A deadline may be set or come down. */
static void judge_deadline(struct judging *judging)
{
	static const char path[] = "spec.activeDeadlineSeconds";
	const struct kept_leaf *from =
	    kept_find(judging->before->seldom->kept, path);
	const struct kept_leaf *to =
	    kept_find(judging->after->seldom->kept, path);

	if (from && (!to || to->number > from->number))
		deny_change(judging, path,
		    "in a running pod it can only be set or lowered", way_out);
}

static void note_policy(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	bool *is_told = context;

	/* One that is left out is the API's to fill in. */
	if (*is_told || !from || !to || !strstr(to->path, "imagePullPolicy"))
		return;
	*is_told = true;
	deny_change(
	    judging, to->path, "it is immutable in a running pod", way_out);
}

/* An item of a list as it is compared: all that is kept below its path but for
 * the field that may change. */
static bool is_in_item(const struct kept_leaf *leaf, const char *list, int i)
{
	char item[64];

	snprintf(item, sizeof(item), "%s[%d]", list, i);
	return leaf->value && path_is_within(leaf->path, item) &&
	       !strstr(leaf->path, "].tolerationSeconds");
}

/* What is behind the number of an item. */
static const char *below_item(const struct kept_leaf *leaf)
{
	return strchr(leaf->path, ']');
}

static bool has_same_field(const struct kept *kept, const char *list, int i,
    const struct kept_leaf *field)
{
	for (size_t j = 0; j < kept->n; j++) {
		const struct kept_leaf *leaf = &kept->leaves[j];

		if (is_in_item(leaf, list, i) &&
		    !strcmp(below_item(leaf), below_item(field)))
			return !strcmp(leaf->value, field->value);
	}
	return false;
}

/* How many fields of an item of one list are the same in an item of another;
 * ret_n: of how many. */
static size_t count_same(const struct kept *of, int i, const struct kept *in,
    int j, const char *list, size_t *ret_n)
{
	size_t n = 0;

	*ret_n = 0;
	for (size_t k = 0; k < of->n; k++) {
		if (!is_in_item(&of->leaves[k], list, i))
			continue;
		++*ret_n;
		n += has_same_field(in, list, j, &of->leaves[k]);
	}
	return n;
}

static int count_items(const struct kept *kept, const char *list)
{
	size_t len = strlen(list);
	int n = 0;

	for (size_t i = 0; i < kept->n; i++) {
		const char *path = kept->leaves[i].path;

		if (!strncmp(path, list, len) && path[len] == '[' &&
		    atoi(path + len + 1) >= n)
			n = atoi(path + len + 1) + 1;
	}
	return n;
}

static bool has_item(
    const struct kept *of, int i, const struct kept *in, const char *list)
{
	for (int j = 0; j < count_items(in, list); j++) {
		size_t n, other;
		size_t same = count_same(of, i, in, j, list, &n);

		if (same == n && count_same(in, j, of, i, list, &other) == n &&
		    other == n)
			return true;
	}
	return false;
}

/* Denies that a list of one side has an item that the other one has not. */
static void judge_items(struct judging *judging, const struct kept *of,
    const struct kept *in, const char *list, const char *text)
{
	for (int i = 0; i < count_items(of, list); i++) {
		struct denied denied = {
		    .path = list, .text = text, .way_out = way_out};

		if (has_item(of, i, in, list))
			continue;
		deny(judging, &denied);
		return;
	}
}

void judge_pod(struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	bool is_told = false;

	judge_deadline(judging);
	visit_differences(judging, note_policy, &is_told);
	judge_items(judging, old, new, "spec.tolerations",
	    "a pod that is there keeps those that it has");
	judge_items(judging, new, old, "spec.schedulingGates",
	    "a pod that is there may only lose some");
}

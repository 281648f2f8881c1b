/*
 * Suppressions against findings: by object and by line through a map, so that
 * a thousand of each cost no more than their sum; patterns, which only the
 * configuration has, one by one.
 */
#include "diag/suppression.h"

#include "base/map.h"
#include "base/nearest.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct applying {
	struct suppression_list *list;
	struct finding_list *findings;
	const struct diag_kind *const *kinds;
	size_t nkinds;
	const char *today;
	struct arena arena; /* of the keys */
	struct map by_key;  /* of objects and lines, to struct suppression */
	struct map by_rule; /* id or code, to struct diag_kind */
	struct map nearest; /* to ids that are none: what may be meant, or "" */
	bool *is_right;	    /* of list's items */
	struct suppression **patterns; /* those that may work */
	size_t npatterns;
};

void suppression_list_release(struct suppression_list *list)
{
	arena_release(&list->arena);
	free(list->items);
	*list = (struct suppression_list){0};
}

void suppression_add(
    struct suppression_list *list, const struct suppression *suppression)
{
	struct suppression *new;

	list->items =
	    grow(list->items, list->n, &list->cap, sizeof(*list->items));
	new = &list->items[list->n++];
	*new = *suppression;
	new->rule = text_copy(&list->arena, suppression->rule);
	new->reason = text_copy(&list->arena, suppression->reason);
	new->kind = text_copy(&list->arena, suppression->kind);
	new->name = text_copy(&list->arena, suppression->name);
	new->expires = text_copy(&list->arena, suppression->expires);
	if (suppression->subject)
		new->subject = subject_copy(&list->arena, suppression->subject);
}

static int days_of(int year, int month)
{
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month == 2)
		return leap ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The number that n digits at text are. */
static int digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

bool suppression_is_date(struct slice text)
{
	static const char form[] = "dddd-dd-dd";
	int month, day;

	if (text.len != strlen(form))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';

		if (form[i] == 'd' ? !digit : text.ptr[i] != form[i])
			return false;
	}
	month = digits(text.ptr + 5, 2);
	day = digits(text.ptr + 8, 2);
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_of(digits(text.ptr, 4), month);
}

/* An object of the same name in another file is another one. */
static struct slice object_key(
    struct arena *arena, const char *rule, const struct subject *subject)
{
	return slice_of(arena_printf(arena, "o\n%s\n%u\n%s\n%s\n%s\n%s", rule,
	    subject->file ? subject->file->index : 0, subject->group,
	    subject->kind, subject->namespace, subject->name));
}

static struct slice line_key(struct arena *arena, const char *rule,
    const struct origin *origin, uint32_t line)
{
	return slice_of(
	    arena_printf(arena, "l\n%s\n%u\n%u", rule, origin->index, line));
}

static void list_rules(struct applying *applying)
{
	for (size_t i = 0; i < applying->nkinds; i++) {
		const struct diag_kind *kind = applying->kinds[i];

		*map_slot(&applying->by_rule, slice_of(kind->id)) =
		    (void *)(uintptr_t)kind;
		*map_slot(&applying->by_rule, slice_of(kind->code)) =
		    (void *)(uintptr_t)kind;
		for (size_t j = 0; j < kind->naliases; j++)
			*map_slot(
			    &applying->by_rule, slice_of(kind->aliases[j])) =
			    (void *)(uintptr_t)kind;
	}
}

static const struct diag_kind *rule_of(
    const struct applying *applying, const struct suppression *suppression)
{
	return map_find(&applying->by_rule, slice_of(suppression->rule));
}

/* Why "a,b" is no rule, or "". */
static const char *why_unknown(const char *rule)
{
	return strchr(rule, ',') ? "; a suppression names only one rule" : "";
}

/* The id that may be meant, or NULL.  A slip is often copied: it is looked for
 * once. */
static const char *nearest_id(struct applying *applying, const char *rule)
{
	const char *near = map_find(&applying->nearest, slice_of(rule));
	const char **names;

	if (near)
		return *near ? near : NULL;
	names = xcalloc(applying->nkinds + 1, sizeof(*names));
	for (size_t i = 0; i < applying->nkinds; i++)
		names[i] = applying->kinds[i]->id;
	near = nearest(slice_of(rule), names, applying->nkinds);
	free(names);
	*map_slot(&applying->nearest, slice_of(rule)) =
	    (void *)(uintptr_t)(near ? near : "");
	return near;
}

static void report_unknown(
    struct applying *applying, const struct suppression *suppression)
{
	const char *near;

	if (!*suppression->rule) {
		finding_own(applying->findings, KIND_SUPPRESSION_UNKNOWN,
		    suppression->place,
		    "suppression without a rule: name the rule to ignore");
		return;
	}
	near = nearest_id(applying, suppression->rule);
	finding_own(applying->findings, KIND_SUPPRESSION_UNKNOWN,
	    suppression->place,
	    near ? "suppression of unknown rule '%s'%s; did you mean '%s'?"
		 : "suppression of unknown rule '%s'%s",
	    suppression->rule, why_unknown(suppression->rule), near);
}

/* Whether there is a word in it, in whatever script: "--" says nothing. */
static bool is_reason(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x80 || isalnum(c))
			return true;
	}
	return false;
}

/* Whether the suppression may work; what keeps it from that is reported. */
static bool check(
    struct applying *applying, const struct suppression *suppression)
{
	const struct diag_kind *kind = rule_of(applying, suppression);
	struct finding_list *findings = applying->findings;
	struct place place = suppression->place;

	if (suppression->form == SUPPRESS_MISSPELT) {
		finding_own(findings, KIND_SUPPRESSION_UNKNOWN, place,
		    "'%s' suppresses nothing; write '%s'", suppression->rule,
		    suppression->reason);
		return false;
	}
	if (!kind) {
		report_unknown(applying, suppression);
		return false;
	}
	if (kind->locked)
		finding_own(findings, KIND_SUPPRESSION_LOCKED, place,
		    "'%s' is locked: its findings cannot be suppressed",
		    kind->id);
	else if (!is_reason(suppression->reason))
		finding_own(findings, KIND_SUPPRESSION_WITHOUT_REASON, place,
		    "suppression of '%s' has no reason and is therefore not "
		    "applied",
		    kind->id);
	else if (suppression->expires &&
		 strcmp(applying->today, suppression->expires) > 0)
		finding_own(findings, KIND_SUPPRESSION_EXPIRED, place,
		    "suppression of '%s' expired on %s", kind->id,
		    suppression->expires);
	else
		return true;
	return false;
}

/* Whether a suppression of that name holds findings of the kind back: by a
 * name it had, or that of a rule whose findings it says in its own words. */
static bool is_meant(const struct diag_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->nsuppressed_by; i++) {
		if (!strcmp(kind->suppressed_by[i], name))
			return !kind->locked;
	}
	return !kind->locked && kind_is_called(kind, slice_of(name));
}

/* Of two for the same thing the first one counts, the other is unused. */
static void index_rule(struct applying *applying,
    struct suppression *suppression, const char *rule)
{
	struct slice key;
	void **slot;

	if (suppression->form == SUPPRESS_OBJECT)
		key = object_key(&applying->arena, rule, suppression->subject);
	else
		key = line_key(&applying->arena, rule,
		    suppression->place.origin, suppression->line);
	slot = map_slot(&applying->by_key, key);
	if (!*slot)
		*slot = suppression;
}

static void index_one(
    struct applying *applying, struct suppression *suppression)
{
	if (suppression->form == SUPPRESS_PATTERN) {
		applying->patterns[applying->npatterns++] = suppression;
		return;
	}
	for (size_t i = 0; i < applying->nkinds; i++) {
		const struct diag_kind *kind = applying->kinds[i];

		if (is_meant(kind, suppression->rule))
			index_rule(applying, suppression, kind->id);
	}
}

static bool fits(
    const struct suppression *suppression, const struct finding *finding)
{
	const struct subject *subject = finding->subject;

	if (suppression->kind &&
	    (!subject || strcmp(suppression->kind, subject->kind) != 0))
		return false;
	return !suppression->name ||
	       (subject && !fnmatch(suppression->name, subject->name, 0));
}

static struct suppression *find_pattern(
    const struct applying *applying, const struct finding *finding)
{
	for (size_t i = 0; i < applying->npatterns; i++) {
		struct suppression *suppression = applying->patterns[i];

		if (is_meant(finding->kind, suppression->rule) &&
		    fits(suppression, finding))
			return suppression;
	}
	return NULL;
}

static struct suppression *find(
    const struct applying *applying, const struct finding *finding)
{
	struct arena scratch = {0};
	struct suppression *found = NULL;

	if (place_known(finding->place))
		found = map_find(&applying->by_key,
		    line_key(&scratch, finding->kind->id, finding->place.origin,
			finding->place.span.line));
	if (!found && finding->subject)
		found = map_find(&applying->by_key,
		    object_key(&scratch, finding->kind->id, finding->subject));
	arena_release(&scratch);
	return found ? found : find_pattern(applying, finding);
}

/* What a rule that is off would find is not known. */
static bool is_of_off(const struct applying *applying, const char *rule)
{
	for (size_t i = 0; i < applying->nkinds; i++) {
		if (applying->kinds[i]->severity == SEVERITY_OFF &&
		    kind_is_called(applying->kinds[i], slice_of(rule)))
			return true;
	}
	return false;
}

static void report_unused(const struct applying *applying)
{
	for (size_t i = 0; i < applying->list->n; i++) {
		const struct suppression *item = &applying->list->items[i];

		if (applying->is_right[i] && !item->nused &&
		    !is_of_off(applying, item->rule))
			finding_own(applying->findings, KIND_SUPPRESSION_UNUSED,
			    item->place,
			    "suppression of '%s' matches no finding",
			    item->rule);
	}
}

void suppressions_apply(struct suppression_list *list,
    struct finding_list *findings, const struct diag_kind *const *kinds,
    size_t nkinds, const char *today)
{
	size_t nfindings = findings->n;
	struct applying applying = {
	    .list = list,
	    .findings = findings,
	    .kinds = kinds,
	    .nkinds = nkinds,
	    .today = today,
	    .is_right = xcalloc(list->n + 1, sizeof(bool)),
	    .patterns = xcalloc(list->n + 1, sizeof(*applying.patterns)),
	};

	if (list->n)
		list_rules(&applying);
	for (size_t i = 0; i < list->n; i++) {
		applying.is_right[i] = check(&applying, &list->items[i]);
		if (applying.is_right[i])
			index_one(&applying, &list->items[i]);
	}
	for (size_t i = 0; i < nfindings && list->n; i++) {
		struct finding *finding = &findings->items[i];
		struct suppression *found = find(&applying, finding);

		finding->suppression = found;
		if (found)
			found->nused++;
	}
	report_unused(&applying);
	map_release(&applying.by_key);
	map_release(&applying.by_rule);
	arena_release(&applying.arena);
	map_release(&applying.nearest);
	free(applying.is_right);
	free(applying.patterns);
}

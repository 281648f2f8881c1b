/* Metrics, thresholds and tables of thresholds -> the first flaw. */
#include "fact/evidence/limits_met.h"

/* Names of one number: of a metric, and of what limits it. */
static const char *const same_names[][5] = {
    {"error_rate", "fail_rate", "error_rate_max", "fail_rate_max", NULL},
    {"p95_ms", "p95", "p95_ms_max", "p95_max", NULL},
    {"p99_ms", "p99", "p99_ms_max", "p99_max", NULL},
};

/* The numbers that a scenario is about, whatever it is. */
static const char *const usual[] = {"p95_ms", "p99_ms", "error_rate"};

static bool is_named(const char *const *names, const char *name)
{
	for (; *names; names++) {
		if (!strcmp(*names, name))
			return true;
	}
	return false;
}

/* Whether a limit of that name is one of the metric: the same name, with _max
 * behind it, or another name of it. */
static bool limits(const char *limit, const char *metric)
{
	size_t len = strlen(metric);

	if (!strncmp(limit, metric, len) &&
	    (!limit[len] || !strcmp(limit + len, "_max")))
		return true;
	for (size_t i = 0; i < COUNT_OF(same_names); i++) {
		if (is_named(same_names[i], metric) &&
		    is_named(same_names[i], limit))
			return true;
	}
	return false;
}

static const struct paper_number *limit_of(
    const struct paper_numbers *numbers, const char *metric)
{
	for (size_t i = 0; numbers && i < numbers->n; i++) {
		if (limits(numbers->items[i].name, metric))
			return &numbers->items[i];
	}
	return NULL;
}

static void tell(struct judging *judging, struct limit_flaw *flaw,
    const char *fault, struct place place, const char *format, ...)
    PRINTF_LIKE(5, 6);
static void tell(struct judging *judging, struct limit_flaw *flaw,
    const char *fault, struct place place, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	if (flaw->n++)
		return;
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	flaw->fault = fault;
	flaw->place = place;
	flaw->text =
	    slice_copy(&judging->release->arena, buf_slice(&text)).ptr;
	buf_release(&text);
}

/* The scenario's thresholds, and the table that has them or should. */
static const struct paper_numbers *table_of(const struct judging *judging,
    const char *scenario, const struct paper **ret_table)
{
	*ret_table = NULL;
	for (size_t i = 0; scenario && i < judging->dossier->n; i++) {
		const struct paper *paper = &judging->dossier->papers[i];

		if (paper->form != PAPER_THRESHOLDS || paper->malformed)
			continue;
		*ret_table = paper;
		for (size_t j = 0; j < paper->nscenarios; j++) {
			if (!strcmp(paper->scenarios[j].name, scenario))
				return &paper->scenarios[j].allowed;
		}
	}
	return NULL;
}

/* One number held against what its report and its scenario allow.  A report
 * that allows itself more than its scenario was held to the wrong thresholds,
 * one that allows less than it has says two things. */
static void hold_metric(struct judging *judging,
    const struct paper_number *metric, const struct paper_number *own,
    const struct paper_number *allowed, const char *scenario,
    struct limit_flaw *flaw)
{
	bool over_own = own && metric->value > own->value;
	bool over = allowed && metric->value > allowed->value;

	if (over_own && allowed && !over)
		tell(judging, flaw, "contradictory", own->place,
		    "%s is %s, though %s is %s and '%s' allows %s", own->name,
		    own->text, metric->name, metric->text, scenario,
		    allowed->text);
	else if (over_own)
		tell(judging, flaw, "contradictory", metric->place,
		    "%s is %s, above its own %s of %s, and the report has no "
		    "violation",
		    metric->name, metric->text, own->name, own->text);
	else if (over)
		tell(judging, flaw, "failing", metric->place,
		    "%s is %s, and '%s' allows %s", metric->name, metric->text,
		    scenario, allowed->text);
	else if (own && allowed && own->value > allowed->value)
		tell(judging, flaw, "contradictory", own->place,
		    "%s is %s, and '%s' allows %s", own->name, own->text,
		    scenario, allowed->text);
}

/* Whether any scenario of the table limits the metric. */
static bool table_limits(const struct paper *table, const char *metric)
{
	for (size_t i = 0; i < table->nscenarios; i++) {
		if (limit_of(&table->scenarios[i].allowed, metric))
			return true;
	}
	return false;
}

/* A table that is given has the scenario, and of it what others have. */
static void hold_table(struct judging *judging, const struct paper *table,
    const struct paper_numbers *allowed, const char *scenario,
    struct limit_flaw *flaw)
{
	if (!table)
		return;
	if (!allowed) {
		tell(judging, flaw, "missing", table->place,
		    "the table of thresholds has no scenario '%s'", scenario);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(usual); i++) {
		if (!limit_of(allowed, usual[i]) &&
		    table_limits(table, usual[i]))
			tell(judging, flaw, "missing", allowed->place,
			    "scenario '%s' has no threshold of %s", scenario,
			    usual[i]);
	}
}

static bool has_metric(const struct paper_numbers *metrics, const char *name)
{
	for (size_t i = 0; i < metrics->n; i++) {
		if (limits(name, metrics->items[i].name))
			return true;
	}
	return false;
}

/* A number that was not measured is below no threshold: k6, for one, has no
 * p(99) unless its option summaryTrendStats has it. */
static void hold_measured(struct judging *judging, const struct paper *paper,
    const struct paper_numbers *allowed, const char *scenario,
    struct limit_flaw *flaw)
{
	for (size_t i = 0; i < COUNT_OF(usual); i++) {
		const struct paper_number *limit = limit_of(allowed, usual[i]);

		if (limit && !has_metric(&paper->metrics, usual[i]))
			tell(judging, flaw, "missing",
			    place_known(paper->metrics.place)
				? paper->metrics.place
				: paper->place,
			    "the report has no %s, and '%s' allows %s",
			    usual[i], scenario, limit->text);
	}
}

bool limits_met(struct judging *judging, const struct paper *paper,
    const char *scenario, struct limit_flaw *ret_flaw)
{
	const struct paper *table;
	const struct paper_numbers *allowed =
	    table_of(judging, scenario, &table);

	*ret_flaw = (struct limit_flaw){0};
	for (size_t i = 0; i < paper->metrics.n; i++) {
		const struct paper_number *metric = &paper->metrics.items[i];

		hold_metric(judging, metric,
		    limit_of(&paper->thresholds, metric->name),
		    limit_of(allowed, metric->name), scenario, ret_flaw);
	}
	hold_measured(judging, paper, allowed, scenario, ret_flaw);
	hold_table(judging, table, allowed, scenario, ret_flaw);
	if (!table && !place_known(paper->thresholds.place))
		tell(judging, ret_flaw, "missing", paper->metrics.place,
		    "nothing says how high these numbers may be: neither the "
		    "report nor a table of thresholds");
	return ret_flaw->n;
}

/* Verdicts as JSON. */
#include "report/verdict_json.h"

void json_set_optional(struct json *object, const char *key, const char *text)
{
	json_set(object, key, text ? json_new_text(slice_of(text)) : NULL);
}

struct json *json_new_place(struct place place)
{
	struct json *json;

	if (!place_known(place))
		return NULL;
	json = json_new_object();
	json_set_text(json, "file", place.origin->name);
	json_set_number(json, "line", place.span.line);
	json_set_number(json, "column", place.span.col);
	json_set_number(json, "end_line", place.span.end_line);
	json_set_number(json, "end_column", place.span.end_col);
	return json;
}

/* What there is not is left out: SARIF takes no null. */
static struct json *new_clause(const struct verdict *verdict)
{
	struct json *json = json_new_object();
	bool violated = verdict->status == VERDICT_VIOLATED;

	json_set_text(json, "clause", verdict->clause);
	json_set_text(json, "value", verdict->value);
	json_set_text(json, "status", verdict_status_name(verdict->status));
	if (place_known(verdict->asked))
		json_set(json, "asked", json_new_place(verdict->asked));
	if (violated)
		json_set_text(json, "rule", verdict->rule);
	if (place_known(verdict->place))
		json_set(json, "location", json_new_place(verdict->place));
	json_set_number(json, "others", verdict->nothers);
	json_set_text(json, "remark", verdict->remark);
	return json;
}

struct json *json_new_verdicts(const struct verdicts *verdicts)
{
	struct json *json, *clauses;

	if (!verdicts)
		return NULL;
	json = json_new_object();
	clauses = json_new_array();
	json_set_text(json, "profile", verdicts->profile);
	json_set_bool(json, "allowed", verdicts->allowed);
	json_set_text(json, "sentence", verdicts->sentence);
	for (size_t i = 0; i < verdicts->n; i++)
		json_push(clauses, new_clause(&verdicts->items[i]));
	json_set(json, "clauses", clauses);
	return json;
}

struct json *json_list_verdicts(const struct report *report)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < report->nverdicts; i++)
		json_push(list, json_new_verdicts(&report->verdicts[i]));
	return list;
}

struct json *json_new_passage(const struct passage *passage)
{
	static const char *const words[] = {
	    [PASSAGE_FREE] = "accepted",
	    [PASSAGE_UNKNOWN] = "unknown",
	    [PASSAGE_UNREAD] = "unread",
	    [PASSAGE_BY_ONE] = "refused by Helm 4",
	    [PASSAGE_REFUSED] = "refused",
	};
	struct json *json = json_new_object();

	json_set_text(json, "verdict", words[passage->verdict]);
	json_set_optional(
	    json, "because", *passage->because ? passage->because : NULL);
	return json;
}

/*
 * Findings into a baseline: a SARIF log of what each is recognised by and what
 * it says, for those who review a change of the file, and nothing else.
 */
#include "run/baseline_write.h"

#include "report/fingerprint.h"
#include "report/json_tree.h"
#include "sink/sarif_names.h"

static struct json *new_prints(const struct finding *finding)
{
	struct json *prints = json_new_object();
	struct buf digits = {0};

	if (finding->line_hash)
		json_set_text(prints, SARIF_LINE_PRINT, finding->line_hash);
	fingerprint_add(&digits, finding);
	json_set_text(prints, SARIF_OBJECT_PRINT, buf_text(&digits));
	buf_release(&digits);
	return prints;
}

static struct json *new_result(const struct finding *finding)
{
	struct json *result = json_new_object();
	struct json *message = json_new_object();
	struct buf text = {0};

	json_set_text(result, "ruleId", finding->kind->code);
	json_set_text(result, "level", severity_name(finding->severity));
	json_set_text(message, "text", finding_text(finding, &text));
	buf_release(&text);
	json_set(result, "message", message);
	json_set(result, "partialFingerprints", new_prints(finding));
	return result;
}

static struct json *new_run(const struct report *report)
{
	struct json *run = json_new_object();
	struct json *tool = json_new_object();
	struct json *driver = json_new_object();
	struct json *results = json_new_array();

	json_set_text(driver, "name", SARIF_TOOL);
	json_set_text(driver, "version", report->version);
	json_set(tool, "driver", driver);
	json_set(run, "tool", tool);
	for (size_t i = 0; i < report->nfindings; i++)
		json_push(results, new_result(&report->findings[i]));
	json_set(run, "results", results);
	return run;
}

void baseline_write(FILE *out, const struct report *report)
{
	struct json *log = json_new_object();
	struct json *runs = json_new_array();

	json_set_text(log, "version", SARIF_VERSION);
	json_push(runs, new_run(report));
	json_set(log, "runs", runs);
	json_write_out(log, 1, out);
}

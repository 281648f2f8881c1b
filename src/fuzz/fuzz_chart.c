/*
 * A fuzz target: a chart's template, its helpers and values, and a stream whose
 * lines are traced back to them.  Charts are read from folders, so a folder of
 * this process holds them, in memory where there is /dev/shm.
 */
#include "fuzz/fuzz.h"
#include "helm/values_evaluator.h"
#include "run/map_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static char in_memory[] = "/dev/shm/rolloutlint-fuzz.XXXXXX";
static char on_disk[] = "/tmp/rolloutlint-fuzz.XXXXXX";
static const char *folder = in_memory;

static void put(const char *name, struct slice text)
{
	char path[sizeof(in_memory) + 64];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "w");
	if (!out)
		BUG("the folder of the fuzz target cannot be written to");
	fwrite(text.ptr, 1, text.len, out);
	fclose(out);
}

static void remove_folder(void)
{
	static const char *const names[] = {"templates/a.yaml",
	    "templates/_b.tpl", "templates", "Chart.yaml", "render", ""};
	char path[sizeof(in_memory) + 64];

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		remove(path);
	}
}

static void make_folder(void)
{
	static bool is_made;
	char path[sizeof(in_memory) + 64];

	if (is_made)
		return;
	is_made = true;
	if (!mkdtemp(in_memory))
		folder = mkdtemp(on_disk);
	if (!folder)
		BUG("no folder for the fuzz target");
	atexit(remove_folder);
	snprintf(path, sizeof(path), "%s/templates", folder);
	mkdir(path, 0700);
	put("Chart.yaml", SLICE("apiVersion: v2\nname: c\nversion: 1.0.0\n"));
}

static void map(struct slice render, struct slice text, struct fault *fault)
{
	const char *dirs[] = {folder};
	struct chart_map *charts = load_charts(dirs, 1, fault);
	struct origin origin = {.name = folder};
	struct values values = {0};
	struct values_evaluator evaluator;
	struct buf out = {0}, path = {0};

	if (!values_add_text(&values, &origin, text, fault))
		values_without_chart(&values);
	values_evaluator_init(&evaluator, &values);
	buf_printf(&path, "%s/render", folder);
	origin.name = buf_text(&path);
	put("render", render);
	if (charts) {
		chart_map_use_values(charts, &evaluator);
		(void)!print_map_lines(charts, &origin, &out, fault);
		chart_map_free(charts);
	}
	buf_release(&out);
	buf_release(&path);
	values_evaluator_release(&evaluator);
	values_release(&values);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct slice parts[4];
	struct fault fault = {0};

	make_folder();
	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	put("templates/a.yaml", parts[0]);
	put("templates/_b.tpl", parts[1]);
	map(parts[3], parts[2], &fault);
	fault_release(&fault);
	return 0;
}

/* The charts and the inputs -> a table of lines. */
#include "cmd/print_map.h"

#include "cmd/input.h"
#include "cmd/outcome.h"
#include "helm/values_evaluator.h"
#include "run/map_lines.h"

int print_map(struct program *program)
{
	const struct options *options = &program->options;
	struct chart_map *map = NULL;
	struct values_evaluator values_evaluator;
	struct buf out = {0};
	int status = STATUS_CLEAN;

	values_evaluator_init(&values_evaluator, program->evidence.values);
	if (!input_check(program))
		map = load_charts(
		    options->charts, options->ncharts, &program->fault);
	if (map && program->evidence.values)
		chart_map_use_values(map, &values_evaluator);
	for (size_t i = 0; map && i < program->ninputs; i++) {
		if (print_map_lines(
			map, program->inputs[i], &out, &program->fault))
			status = trouble(program);
	}
	if (!map)
		status = trouble(program);
	chart_map_free(map);
	values_evaluator_release(&values_evaluator);
	return print_lines(program, &out, status);
}

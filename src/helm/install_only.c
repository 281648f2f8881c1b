/* The conditions of a template, decided as for an upgrade: whether anything is
 * left that it would print. */
#include "helm/install_only.h"

#include "helm/branch.h"
#include "helm/chart.h"
#include "helm/values_evaluator.h"

/* A line that is no more than a comment or the mark between documents. */
static bool says_nothing(struct slice line)
{
	line = slice_trim(line);
	return !line.len || *line.ptr == '#' || slice_is(line, "---");
}

static bool text_says_nothing(const struct template_part *part)
{
	for (size_t i = 0; i < part->nsegments; i++) {
		if (!says_nothing(part->segments[i].text))
			return false;
	}
	return true;
}

static bool prints_nothing(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct template_part *part);

/* Of an if the first branch that is taken; of with and range, any. */
static bool control_prints_nothing(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct template_part *part)
{
	const struct branch *branch = part->branches;

	for (; branch; branch = branch->next) {
		enum tri taken = branch_is_taken(evaluator, scope, branch);
		struct go_scope inside =
		    scope_in_branch(evaluator, scope, branch);

		if (taken == TRI_NO)
			continue;
		if (!prints_nothing(evaluator, &inside, branch->parts))
			return false;
		if (taken == TRI_YES)
			return true;
	}
	return true;
}

static bool prints_nothing(const struct evaluator *evaluator,
    const struct go_scope *scope, const struct template_part *part)
{
	for (; part; part = part->next) {
		switch (part->kind) {
		case PART_ASSIGN:
	case PART_LEAVE: break;
		case PART_TEXT:
			if (!text_says_nothing(part))
				return false;
			break;
		case PART_OUTPUT: return false;
		case PART_CONTROL:
			if (!control_prints_nothing(evaluator, scope, part))
				return false;
			break;
		}
	}
	return true;
}

static void add_templates(const struct chart *chart,
    const struct evaluator *evaluator, struct arena *arena, struct map *sources)
{
	for (size_t i = 0; i < chart->nfiles; i++) {
		const struct template_file *file = chart->files[i];
		struct go_scope scope =
		    evaluator->begin(evaluator->context, file->name);

		if (file->is_plain || !file->parts ||
		    !prints_nothing(evaluator, &scope, file->parts))
			continue;
		*map_slot(sources, slice_copy(arena, file->name)) = sources;
	}
}

void find_install_only(const char *dir, const struct values *values,
    struct arena *arena, struct map *sources)
{
	struct values_evaluator upgrade;
	struct chart chart = {0};
	struct fault ignored = {0};

	values_evaluator_init(&upgrade, values);
	upgrade.is_upgrade = true;
	if (!chart_load(&chart, dir, &ignored)) {
		add_templates(&chart, &upgrade.evaluator, arena, sources);
		chart_release(&chart);
	}
	fault_release(&ignored);
	values_evaluator_release(&upgrade);
}

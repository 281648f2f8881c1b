/* Parts of a template -> what they would print, roughly. */
#include "map/shape.h"

bool prints_nothing(const struct template_part *control)
{
	for (const struct branch *b = control->branches; b; b = b->next) {
		const struct template_part *part = b->parts;

		for (; part; part = part->next) {
			if (part->kind == PART_OUTPUT)
				return false;
			if (part->kind == PART_TEXT && part->nsegments == 1)
				return false;
			if (part->kind == PART_TEXT)
				for (size_t i = 0; i < part->nsegments; i++) {
					if (slice_trim(part->segments[i].text)
						.len)
						return false;
				}
			if (part->kind == PART_CONTROL && !prints_nothing(part))
				return false;
		}
	}
	return true;
}

bool begins_plainly(const struct template_part *part)
{
	for (; part; part = part->next) {
		if (part->kind == PART_OUTPUT)
			return !part->output->is_own_block;
		if (part->kind == PART_TEXT &&
		    (part->nsegments > 1 ||
			slice_trim(part->segments[0].text).len))
			return true;
		if (part->kind == PART_CONTROL && !prints_nothing(part))
			return false;
	}
	return false;
}

bool may_leave(const struct template_part *control)
{
	for (const struct branch *b = control->branches; b; b = b->next) {
		for (const struct template_part *part = b->parts; part;
		     part = part->next) {
			if (part->kind == PART_LEAVE ||
			    (part->kind == PART_CONTROL && may_leave(part)))
				return true;
		}
	}
	return false;
}

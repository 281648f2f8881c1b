/* Two releases that are compared -> what old pods meet on the way. */
#include "fact/overlap/overlap.h"

void relate_overlap(struct release *release)
{
	list_exclusions(release);
	list_emptied(release);
	list_inherited(release);
	list_skipped(release);
}

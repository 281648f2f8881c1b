/* Keys as they come -> keys that differ, by a number behind those that came
 * before. */
#include "report/unique.h"

void unique_release(struct unique *unique)
{
	map_release(&unique->numbers);
	arena_release(&unique->arena);
}

void unique_number(
    struct unique *unique, struct buf *buf, const char *separator)
{
	void **slot = map_slot(
	    &unique->numbers, slice_copy(&unique->arena, buf_slice(buf)));
	uintptr_t number = (uintptr_t)*slot + 1;

	*slot = (void *)number;
	if (number > 1)
		buf_printf(buf, "%s%zu", separator, (size_t)number);
}

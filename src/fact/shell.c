/* Programs that read commands from a text. */
#include "fact/shell.h"

bool is_shell(struct slice program)
{
	static const char *const shells[] = {
	    "sh", "bash", "ash", "dash", "ksh", "zsh"};
	size_t start = program.len;

	while (start && program.ptr[start - 1] != '/')
		start--;
	program = (struct slice){program.ptr + start, program.len - start};
	for (size_t i = 0; i < COUNT_OF(shells); i++) {
		if (slice_is(program, shells[i]))
			return true;
	}
	return false;
}

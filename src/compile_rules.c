/*
 * compile_rules: a program of the build.  Loads the rules that are part of the
 * linter, by its own loader, and prints them as the constant tables that the
 * linter starts with.
 */
#include "rule/write_rules.h"

#include <stdio.h>

int main(void)
{
	struct ruleset ruleset = {0};
	struct buf text = {0};
	bool written;

	ruleset_add_sources(&ruleset);
	write_rules(&text, &ruleset);
	written = fwrite(text.ptr, 1, text.len, stdout) == text.len &&
		  !fclose(stdout);
	buf_release(&text);
	ruleset_release(&ruleset);
	return written ? 0 : 1;
}

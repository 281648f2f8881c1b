/* Tests of marks: what of an example people see. */
#include "rule/mark.h"

#include <criterion/criterion.h>

/* A script's first line and a mark of no severity are part of the example. */
Test(mark, only_marks_are_stripped)
{
	struct buf buf = {0};

	marks_strip(&buf, "a: 1  #!\nb:\n  #!/bin/sh\nc: d  #! note\n"
			  "e  #! loud\n");
	cr_assert_str_eq(
	    buf_text(&buf), "a: 1\nb:\n  #!/bin/sh\nc: d\ne  #! loud\n");
	buf_release(&buf);
}

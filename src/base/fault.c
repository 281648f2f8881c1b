/* Faults: see fault.h. */
#include "base/fault.h"

void fault_release(struct fault *fault)
{
	buf_release(&fault->text);
}

int fault_set(struct fault *fault, const char *format, ...)
{
	va_list args;

	buf_clear(&fault->text);
	va_start(args, format);
	buf_vprintf(&fault->text, format, args);
	va_end(args);
	return -1;
}

const char *fault_text(struct fault *fault)
{
	return buf_text(&fault->text);
}

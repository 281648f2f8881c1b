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
	fault->is_placed = false;
	va_start(args, format);
	buf_vprintf(&fault->text, format, args);
	va_end(args);
	return -1;
}

/* A name may hold anything; a line ends where the sentence does. */
static void add_name(struct buf *text, const char *file)
{
	for (; *file; file++) {
		if (*file == '\n')
			buf_add_text(text, "<U+000A>");
		else
			buf_add_char(text, *file);
	}
}

int fault_at(struct fault *fault, const char *file, size_t line, size_t col,
    const char *format, ...)
{
	va_list args;

	if (!fault->is_placed)
		buf_clear(&fault->text);
	else if (fault->text.len)
		buf_add_char(&fault->text, '\n');
	fault->is_placed = true;
	add_name(&fault->text, file);
	buf_printf(&fault->text, ":%zu:%zu: error: ", line, col);
	va_start(args, format);
	buf_vprintf(&fault->text, format, args);
	va_end(args);
	return -1;
}

const char *fault_text(struct fault *fault)
{
	return buf_text(&fault->text);
}

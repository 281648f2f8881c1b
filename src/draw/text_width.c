/* How wide text is in a browser: no font is at hand, so it is a common one's.
 */
#include "draw/text_width.h"

/* In thousandths of the size: the characters from blank to tilde, as Helvetica,
 * Arial and Liberation Sans have them. */
static const uint16_t widths[] = {
    278,
    278,
    355,
    556,
    556,
    889,
    667,
    191,
    333,
    333,
    389,
    584,
    278,
    333,
    278,
    278,
    556,
    556,
    556,
    556,
    556,
    556,
    556,
    556,
    556,
    556,
    278,
    278,
    584,
    584,
    584,
    556,
    1015,
    667,
    667,
    722,
    722,
    667,
    611,
    778,
    722,
    278,
    500,
    667,
    556,
    833,
    722,
    778,
    667,
    778,
    722,
    667,
    611,
    722,
    667,
    944,
    667,
    667,
    611,
    278,
    278,
    278,
    469,
    556,
    333,
    556,
    556,
    500,
    556,
    556,
    278,
    556,
    556,
    222,
    222,
    500,
    222,
    833,
    556,
    556,
    556,
    556,
    333,
    500,
    278,
    556,
    500,
    722,
    500,
    500,
    500,
    334,
    260,
    334,
    584,
};

#define OTHER_WIDTH 667
#define WIDE_WIDTH 1000

/* Fonts that take the place of these are a tenth wider. */
#define SAFETY_PERCENT 110

/* Characters from there on, of Chinese, Japanese, Korean and most symbols, are
 * as wide as they are high. */
#define FIRST_WIDE 0x1100

int text_width(struct slice text)
{
	int64_t width = 0;

	while (text.len) {
		uint32_t code;
		size_t len = utf8_next(text, &code);

		if (code >= ' ' && code - ' ' < COUNT_OF(widths))
			width += widths[code - ' '];
		else
			width += code < FIRST_WIDE ? OTHER_WIDTH : WIDE_WIDTH;
		text.ptr += len;
		text.len -= len;
	}
	width = width * SAFETY_PERCENT / 100;
	return width > INT32_MAX ? INT32_MAX : (int)width;
}

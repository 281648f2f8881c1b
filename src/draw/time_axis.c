/* Seconds on an axis. */
#include "draw/time_axis.h"

/* Steps that people count in. */
static const int32_t steps[] = {1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900,
    1800, 3600, 7200, 14400, 21600, 43200, 86400};

#define DAY 86400

struct time_axis time_axis_of(int32_t end, int most_lines)
{
	struct time_axis axis = {.span = end + end / 16 + 1, .step = 0};

	for (size_t i = 0; !axis.step && i < COUNT_OF(steps); i++) {
		if (axis.span / steps[i] <= most_lines)
			axis.step = steps[i];
	}
	if (!axis.step)
		axis.step = (axis.span / most_lines / DAY + 1) * DAY;
	return axis;
}

void time_add(struct buf *buf, int32_t seconds)
{
	int minutes = (int)seconds / 60, rest = (int)seconds % 60;

	if (seconds < 120) {
		buf_printf(buf, "%d s", (int)seconds);
		return;
	}
	if (minutes >= 60)
		buf_printf(buf, "%d h", minutes / 60);
	if (minutes % 60)
		buf_printf(
		    buf, "%s%d min", minutes >= 60 ? " " : "", minutes % 60);
	if (rest && minutes < 60)
		buf_printf(buf, " %d s", rest);
}

int time_column(const struct time_axis *axis, int32_t second, int columns)
{
	if (second <= 0)
		return 0;
	if (second >= axis->span)
		return columns;
	return (int)((int64_t)second * columns / axis->span);
}

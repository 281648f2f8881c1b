/* A text -> whether it is a time, a duration, a schedule or a time zone. */
#include "schema/types.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes n digits off the front of text. */
static bool take_digits(struct slice *text, size_t n, int *ret_value)
{
	*ret_value = 0;
	if (text->len < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_digit(text->ptr[i]))
			return false;
		*ret_value = *ret_value * 10 + (text->ptr[i] - '0');
	}
	text->ptr += n;
	text->len -= n;
	return true;
}

static bool take_char(struct slice *text, char c)
{
	if (!text->len || *text->ptr != c)
		return false;
	text->ptr++;
	text->len--;
	return true;
}

static bool is_in(int value, int least, int most)
{
	return value >= least && value <= most;
}

static int days_of(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool take_date(struct slice *text)
{
	int year, month, day;

	return take_digits(text, 4, &year) && take_char(text, '-') &&
	       take_digits(text, 2, &month) && is_in(month, 1, 12) &&
	       take_char(text, '-') && take_digits(text, 2, &day) &&
	       is_in(day, 1, days_of(year, month));
}

static bool take_clock(struct slice *text, bool with_seconds)
{
	int hour, minute, second;

	if (!take_digits(text, 2, &hour) || !is_in(hour, 0, 23) ||
	    !take_char(text, ':') || !take_digits(text, 2, &minute) ||
	    !is_in(minute, 0, 59))
		return false;
	return !with_seconds ||
	       (take_char(text, ':') && take_digits(text, 2, &second) &&
		   is_in(second, 0, 59));
}

/* RFC 3339, as the time package of Go reads it. */
bool form_time(struct slice text)
{
	if (!take_date(&text) || !take_char(&text, 'T') ||
	    !take_clock(&text, true))
		return false;
	if (take_char(&text, '.')) {
		if (!text.len || !is_digit(*text.ptr))
			return false;
		while (text.len && is_digit(*text.ptr)) {
			text.ptr++;
			text.len--;
		}
	}
	if (take_char(&text, 'Z'))
		return !text.len;
	return (take_char(&text, '+') || take_char(&text, '-')) &&
	       take_clock(&text, false) && !text.len;
}

/* Takes a unit of time.ParseDuration() off the front. */
static bool take_unit(struct slice *text)
{
	static const char *const units[] = {
	    "ns", "us", "\302\265s", "\316\274s", "ms", "s", "m", "h"};

	for (size_t i = 0; i < COUNT_OF(units); i++) {
		struct slice unit = slice_of(units[i]);

		if (!slice_starts(*text, unit))
			continue;
		text->ptr += unit.len;
		text->len -= unit.len;
		return true;
	}
	return false;
}

/* Digits with an optional fraction, of which one may be empty. */
static bool take_decimal(struct slice *text)
{
	size_t n = 0;

	for (bool point = false; text->len; text->ptr++, text->len--) {
		if (*text->ptr == '.' && !point)
			point = true;
		else if (is_digit(*text->ptr))
			n++;
		else
			break;
	}
	return n > 0;
}

/* Takes up to n digits off the front. */
static size_t take_some_digits(struct slice *text, size_t n)
{
	size_t taken = 0;

	while (taken < n && text->len && is_digit(*text->ptr)) {
		text->ptr++;
		text->len--;
		taken++;
	}
	return taken;
}

/* GEP-2257: up to four numbers of up to five digits, each with a unit. */
bool form_gateway_duration(struct slice text)
{
	static const char *const units[] = {"ms", "h", "m", "s"};
	size_t parts = 0;

	while (text.len && parts++ < 4) {
		size_t i = 0;

		if (!take_some_digits(&text, 5))
			return false;
		while (i < COUNT_OF(units) &&
		       !slice_starts(text, slice_of(units[i])))
			i++;
		if (i == COUNT_OF(units))
			return false;
		text.ptr += strlen(units[i]);
		text.len -= strlen(units[i]);
	}
	return parts && !text.len;
}

/* time.ParseDuration() of Go. */
bool form_duration(struct slice text)
{
	if (!take_char(&text, '-'))
		take_char(&text, '+');
	if (slice_is(text, "0"))
		return true;
	if (!text.len)
		return false;
	while (text.len) {
		if (!take_decimal(&text) || !take_unit(&text))
			return false;
	}
	return true;
}

/* A field of a schedule: its numbers, and names from the first of them on. */
struct cron_field {
	int least, most;
	const char *const *names;
	int nnames;
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const weekdays[] = {
    "sun", "mon", "tue", "wed", "thu", "fri", "sat"};

static const struct cron_field cron_fields[] = {
    {0, 59, NULL, 0},
    {0, 23, NULL, 0},
    {1, 31, NULL, 0},
    {1, 12, months, COUNT_OF(months)},
    {0, 6, weekdays, COUNT_OF(weekdays)},
};

static bool is_name(struct slice text, const char *name)
{
	if (text.len != strlen(name))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if ((text.ptr[i] | 0x20) != name[i])
			return false;
	}
	return true;
}

static bool cron_number(
    struct slice text, const struct cron_field *field, int *ret_value)
{
	int64_t value;

	for (int i = 0; i < field->nnames; i++) {
		if (is_name(text, field->names[i])) {
			*ret_value = field->least + i;
			return true;
		}
	}
	if (!slice_to_int(text, &value) || value < 0 || value > 1000)
		return false;
	*ret_value = (int)value;
	return true;
}

static size_t count_char(struct slice text, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == c;
	return n;
}

/* What stands before the first c, and after it; the whole and nothing. */
static void cut(
    struct slice text, char c, struct slice *before, struct slice *after)
{
	size_t i = 0;

	while (i < text.len && text.ptr[i] != c)
		i++;
	*before = (struct slice){text.ptr, i};
	*after = i < text.len
		     ? (struct slice){text.ptr + i + 1, text.len - i - 1}
		     : (struct slice){NULL, 0};
}

/* getRange() of github.com/robfig/cron/v3: NUMBER, NUMBER-NUMBER or *, each
 * with /STEP after it. */
static bool is_cron_range(struct slice text, const struct cron_field *field)
{
	struct slice range, step, low, high;
	int first, last, by = 1;

	if (count_char(text, '/') > 1)
		return false;
	cut(text, '/', &range, &step);
	if (step.ptr &&
	    (!cron_number(step, &(struct cron_field){0}, &by) || by == 0))
		return false;
	cut(range, '-', &low, &high);
	if (slice_is(low, "*") || slice_is(low, "?"))
		return true;
	if (count_char(range, '-') > 1 || !cron_number(low, field, &first))
		return false;
	last = step.ptr ? field->most : first;
	if (high.ptr && !cron_number(high, field, &last))
		return false;
	return first >= field->least && last <= field->most && first <= last;
}

static bool is_cron_field(struct slice text, const struct cron_field *field)
{
	while (text.ptr) {
		struct slice range;

		cut(text, ',', &range, &text);
		if (range.len && !is_cron_range(range, field))
			return false;
	}
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_cron_name(struct slice text)
{
	static const char *const names[] = {"@yearly", "@annually", "@monthly",
	    "@weekly", "@daily", "@midnight", "@hourly"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (slice_is(text, names[i]))
			return true;
	}
	return slice_starts(text, SLICE("@every ")) &&
	       form_duration((struct slice){text.ptr + 7, text.len - 7});
}

/* ParseStandard() of github.com/robfig/cron/v3; a zone in front of it is
 * refused by validateScheduleFormat() of k8s.io/kubernetes/pkg/apis/batch. */
bool form_cron(struct slice text)
{
	size_t n = 0;

	if (slice_starts(text, SLICE("@")))
		return is_cron_name(text);
	for (size_t i = 0; i < text.len;) {
		size_t start;

		while (i < text.len && is_blank(text.ptr[i]))
			i++;
		start = i;
		while (i < text.len && !is_blank(text.ptr[i]))
			i++;
		if (i == start)
			break;
		if (n == COUNT_OF(cron_fields) ||
		    !is_cron_field((struct slice){text.ptr + start, i - start},
			&cron_fields[n]))
			return false;
		n++;
	}
	return n == COUNT_OF(cron_fields);
}

static int compare_zones(const void *key, const void *row)
{
	return slice_cmp(*(const struct slice *)key,
	    slice_of(api_text(*(const uint32_t *)row)));
}

/* time.LoadLocation() of Go; validateTimeZone() refuses "" and Local. */
bool form_time_zone(struct slice text)
{
	return bsearch(&text, schema_time_zones, schema_ntime_zones,
		   sizeof(*schema_time_zones), compare_zones) != NULL;
}

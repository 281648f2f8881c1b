/* A date and time of RFC 3339 -> seconds since 1970. */
#include "evidence/dossier.h"

/* What is left of a time while it is read. */
struct scan {
	struct slice rest;
	bool failed;
};

static int take_number(struct scan *scan, size_t digits, int least, int most)
{
	int value = 0;

	if (scan->rest.len < digits) {
		scan->failed = true;
		return least;
	}
	for (size_t i = 0; i < digits; i++) {
		char c = scan->rest.ptr[i];

		scan->failed |= c < '0' || c > '9';
		value = value * 10 + (c - '0') % 10;
	}
	scan->rest.ptr += digits;
	scan->rest.len -= digits;
	scan->failed |= value < least || value > most;
	return value;
}

static bool take(struct scan *scan, const char *any_of)
{
	if (!scan->rest.len || !strchr(any_of, *scan->rest.ptr) ||
	    !*scan->rest.ptr)
		return false;
	scan->rest.ptr++;
	scan->rest.len--;
	return true;
}

static void need(struct scan *scan, const char *any_of)
{
	scan->failed |= !take(scan, any_of);
}

static void take_fraction(struct scan *scan)
{
	if (!take(scan, ".,"))
		return;
	need(scan, "0123456789");
	while (take(scan, "0123456789"))
		;
}

/* Seconds to be taken away. */
static int64_t take_zone(struct scan *scan)
{
	bool east;
	int hours, minutes;

	if (!scan->rest.len || take(scan, "Zz"))
		return 0;
	east = scan->rest.ptr[0] == '+';
	need(scan, "+-");
	hours = take_number(scan, 2, 0, 23);
	take(scan, ":");
	minutes = take_number(scan, 2, 0, 59);
	return (east ? 1 : -1) * (hours * 3600 + minutes * 60);
}

/* Days from 1970-01-01 in the Gregorian calendar, whose cycle of 400 years has
 * 146097; years are counted from March, so that the leap day is the last. */
static int64_t days_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t m = (month + 9) % 12;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day -
	       1 - 719468;
}

static int days_in(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool evidence_time(struct slice text, int64_t *ret_seconds)
{
	struct scan scan = {.rest = text};
	int year = take_number(&scan, 4, 1970, 9999), month, day;
	int64_t seconds;

	need(&scan, "-");
	month = take_number(&scan, 2, 1, 12);
	need(&scan, "-");
	day = take_number(&scan, 2, 1, 31);
	if (scan.failed || day > days_in(year, month))
		return false;
	seconds = days_of(year, month, day) * 86400;
	if (scan.rest.len) {
		need(&scan, "Tt ");
		seconds += take_number(&scan, 2, 0, 23) * 3600;
		need(&scan, ":");
		seconds += take_number(&scan, 2, 0, 59) * 60;
		if (take(&scan, ":"))
			seconds += take_number(&scan, 2, 0, 60);
		take_fraction(&scan);
		seconds -= take_zone(&scan);
	}
	*ret_seconds = seconds;
	return !scan.failed && !scan.rest.len;
}

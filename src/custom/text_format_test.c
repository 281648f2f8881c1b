/* Formats: each with a text that the API server takes and one that it does
 * not. */
#include "custom/text_format.h"

#include <criterion/criterion.h>

struct row {
	const char *format, *good, *bad;
};

static const struct row rows[] = {
    {"byte", "c2VjcmV0", "secret!"},
    {"cidr", "10.0.0.0/8", "10.0.0.0"},
    {"cidr", "fd00::/8", "10.0.0.0/33"},
    {"date", "2024-02-29", "2024-13-01"},
    {"date", "2024-12-31", "2024-06-31"},
    {"date", "0001-01-01", "2024-1-1"},
    {"date-time", "2026-01-31T12:00:00Z", "2026-01-31"},
    {"datetime", "2026-01-31t23:59:59.123z", "2026-01-31T24:00:00Z"},
    {"date-time", "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00"},
    {"date-time", "2026-01-31T12:00:00Z", "2026-01-31 12:00:00Z"},
    {"duration", "1h30m", "90"},
    {"duration", "22 ns", "soon"},
    {"duration", "0", ""},
    {"duration", "1.5h", "5x"},
    {"duration", "2 Hours", "2 hoors"},
    {"duration", "-3 weeks and 5x", "three days"},
    {"duration", "1d", "1 month"},
    {"duration", "5\xC2\xB5s", "5 \xC2\xB5"},
    {"email", "a@example.com", "example.com"},
    {"hexcolor", "#ff8800", "#ff880"},
    {"hexcolor", "F80", "orange"},
    {"hostname", "www.example.com", "a b"},
    {"hostname", "localhost", "https://example.com"},
    {"ipv4", "10.0.0.1", "fd00::1"},
    {"ipv6", "fd00::1", "10.0.0.1"},
    {"mac", "00:00:5e:00:53:01", "00:00"},
    {"uri", "https://example.com/", "example"},
    {"uri", "/path", ""},
    {"uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"},
    {"uuid4", "123E4567E89B42D3A456426614174000",
	"123e4567-e89b-12d3-a456-42661417400g"},
    {"uuid", "123e4567-e89b-12d3-a456-426614174000",
	"123e4-567e89b-12d3-a456-426614174000"},
};

Test(custom_text_format, good_and_bad)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct text_format *format =
		    text_format_find(slice_of(rows[i].format));

		cr_assert_not_null(format, "%s", rows[i].format);
		cr_assert(format->takes(slice_of(rows[i].good)), "%s: %s",
		    rows[i].format, rows[i].good);
		cr_assert_not(format->takes(slice_of(rows[i].bad)), "%s: %s",
		    rows[i].format, rows[i].bad);
	}
}

/* Those of numbers, and others, are not looked at. */
Test(custom_text_format, not_enforced)
{
	static const char *const names[] = {
	    "int32", "int64", "float", "double", "password", "", "time", "dat"};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		cr_assert_null(
		    text_format_find(slice_of(names[i])), "%s", names[i]);
}

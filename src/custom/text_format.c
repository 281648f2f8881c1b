/* The formats that the API server holds texts to: strfmt of kube-openapi, as
 * far as a plain function can be sure of what it refuses. */
#include "custom/text_format.h"

#include "schema/form.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* Whether it looks as the shape does, in which 0 stands for a digit. */
static bool has_shape(struct slice text, const char *shape)
{
	if (text.len != strlen(shape))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (shape[i] == '0' ? !is_digit(text.ptr[i])
				    : text.ptr[i] != shape[i])
			return false;
	}
	return true;
}

static int two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

static bool takes_date(struct slice text)
{
	static const int days[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int month, day;

	if (!has_shape(text, "0000-00-00"))
		return false;
	month = two_digits(text.ptr + 5);
	day = two_digits(text.ptr + 8);
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* A fraction and a zone: of what stands between, nothing is asked. */
static bool is_clock_tail(struct slice text)
{
	char last = text.len ? text.ptr[text.len - 1] : '\0';

	return last == 'Z' || last == 'z' ||
	       (text.len >= 6 &&
		   (has_shape(
		       (struct slice){text.ptr + text.len - 5, 5}, "00:00")));
}

/* IsDateTime() */
static bool takes_date_time(struct slice text)
{
	const char *clock = text.ptr + 11;

	return text.len > 19 && takes_date((struct slice){text.ptr, 10}) &&
	       (text.ptr[10] | 32) == 't' &&
	       has_shape((struct slice){clock, 8}, "00:00:00") &&
	       two_digits(clock) <= 23 && two_digits(clock + 3) <= 59 &&
	       two_digits(clock + 6) <= 59 &&
	       is_clock_tail((struct slice){clock + 8, text.len - 19});
}

static bool is_unit_char(char c)
{
	return is_letter(c) || (c & 0x80);
}

/* Whether a word is a unit of time or begins with the long name of one. */
static bool is_time_unit(struct slice word)
{
	static const char *const units[] = {"ns", "us", "\xC2\xB5s",
	    "\xCE\xBCs", "ms", "s", "m", "h", "hr", "d", "w", "wk"};
	static const char *const names[] = {
	    "nano", "micro", "milli", "sec", "min", "hour", "day", "week"};

	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (word.len == strlen(units[i]) &&
		    !strncasecmp(word.ptr, units[i], word.len))
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (word.len >= strlen(names[i]) &&
		    !strncasecmp(word.ptr, names[i], strlen(names[i])))
			return true;
	}
	return false;
}

/* ParseDuration() of kube-openapi's strfmt: somewhere a number with a unit, a
 * blank between them or not. */
static bool takes_duration(struct slice text)
{
	bool after_digit = false;

	if (slice_is(text, "0") || slice_is(text, "+0") || slice_is(text, "-0"))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		struct slice word = {text.ptr + i, 0};
		char c = text.ptr[i];

		while (
		    i + word.len < text.len && is_unit_char(word.ptr[word.len]))
			word.len++;
		if (after_digit && word.len && is_time_unit(word))
			return true;
		i += word.len ? word.len - 1 : 0;
		after_digit =
		    is_digit(c) || (after_digit && memchr(" \t\n\r\f.", c, 6));
	}
	return false;
}

static bool takes_ipv4(struct slice text)
{
	return form_ip(text) && memchr(text.ptr, '.', text.len);
}

static bool takes_ipv6(struct slice text)
{
	return form_ip(text) && memchr(text.ptr, ':', text.len);
}

static bool takes_uuid(struct slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (is_hex(text.ptr[i]))
			n++;
		else if (text.ptr[i] != '-' ||
			 (n != 8 && n != 12 && n != 16 && n != 20) ||
			 (i && text.ptr[i - 1] == '-'))
			return false;
	}
	return n == 32;
}

static bool takes_hex_color(struct slice text)
{
	size_t from = text.len && text.ptr[0] == '#';

	for (size_t i = from; i < text.len; i++) {
		if (!is_hex(text.ptr[i]))
			return false;
	}
	return text.len - from == 3 || text.len - from == 6;
}

static bool has_any(struct slice text, const char *chars)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] && strchr(chars, text.ptr[i]))
			return true;
	}
	return false;
}

/* ParseRequestURI() of net/url: absolute, or a path from the root. */
static bool takes_uri(struct slice text)
{
	return text.len && (text.ptr[0] == '/' || has_any(text, ":"));
}

static bool takes_email(struct slice text)
{
	return has_any(text, "@");
}

/* IsHostname() takes signs that are no letters of ASCII, too. */
static bool takes_host_name(struct slice text)
{
	return text.len && text.len <= 255 &&
	       !has_any(text, " \t\n/\\:;_@,!?*#%&()[]{}'\"");
}

static bool takes_mac(struct slice text)
{
	return text.len >= 14 && has_any(text, ":-.");
}

static bool takes_base64(struct slice text)
{
	return form_base64(text);
}

static const struct text_format formats[] = {
    {"byte", "base64", takes_base64, true},
    {"cidr", "a range of IP addresses, such as 10.0.0.0/8", form_cidr, false},
    {"date", "a date, such as 2026-01-31", takes_date, true},
    {"datetime", "a time, such as 2026-01-31T12:00:00Z", takes_date_time, true},
    {"duration", "a duration, such as 90s or 1h30m", takes_duration, true},
    {"email", "an e-mail address", takes_email, false},
    {"hexcolor", "a colour, such as #ff8800", takes_hex_color, false},
    {"hostname", "a host name", takes_host_name, false},
    {"ipv4", "an IPv4 address", takes_ipv4, false},
    {"ipv6", "an IPv6 address", takes_ipv6, false},
    {"mac", "a hardware address, such as 00:00:5e:00:53:01", takes_mac, false},
    {"uri", "a URI, such as https://example.com/ or /path", takes_uri, false},
    {"uuid", "a UUID", takes_uuid, false},
    {"uuid3", "a UUID", takes_uuid, false},
    {"uuid4", "a UUID", takes_uuid, false},
    {"uuid5", "a UUID", takes_uuid, false},
};

/* "date-time" is "datetime": a "-" more or less makes no other format. */
static bool is_named(struct slice name, const char *plain)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '-')
			continue;
		if (name.ptr[i] != *plain++)
			return false;
	}
	return !*plain;
}

const struct text_format *text_format_find(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		if (is_named(name, formats[i].name))
			return &formats[i];
	}
	return NULL;
}

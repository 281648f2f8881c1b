/* Certificates, all of Ed25519: two authorities of one name, one of another,
 * and one that the first of them has signed. */
#include "base/x509.h"

#include "base/mem.h"

#include <criterion/criterion.h>

static const char first[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBDDCBv6ADAgECAhRoE7OszwwB6Elr7POLl3rRVdamuzAFBgMrZXAwDTELMAkG\n"
    "A1UEAwwCY2EwIBcNMjYxMTMwMTEyMDU3WhgPMjEyNjExMDYxMTIwNTdaMA0xCzAJ\n"
    "BgNVBAMMAmNhMCowBQYDK2VwAyEAVQxo0U1f4ZRQdOJdK8o4wCMVus8F87dSQd4T\n"
    "5dxlss6jLzAtMAwGA1UdEwQFMAMBAf8wHQYDVR0OBBYEFJZ50VwnRZQq8lHs2bx/\n"
    "XPyv0a1GMAUGAytlcANBAHKdRn16ATbzWE01Td0+w8mbzKSOTaVdKiJyN3BkN4wa\n"
    "zx0UgmoU3tvAm50Z4R4Wmg7eqyxB/z7EV9l8gs1IJwQ=\n"
    "-----END CERTIFICATE-----\n";
static const char second[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBCzCBvqADAgECAhMPaZJ6CbDXyNOQ2XQ7wuYQLx1VMAUGAytlcDANMQswCQYD\n"
    "VQQDDAJjYTAgFw0yNjExMzAxMTIwNTdaGA8yMTI2MTEwNjExMjA1N1owDTELMAkG\n"
    "A1UEAwwCY2EwKjAFBgMrZXADIQDyC8/IUz4GkNJxusEVPTWgMn2hxRySngXJuHpw\n"
    "YlUkhKMvMC0wDAYDVR0TBAUwAwEB/zAdBgNVHQ4EFgQUYi3yf8CDH/w/j4qfHzdZ\n"
    "TiWA4VowBQYDK2VwA0EAz0cnZh+1MQ/AodpsLWStgPy3hbiDm2QenS97+/kwyyh0\n"
    "wgZpYUxSODs596VVk2ED/+5OwYVN/TZWFmB1z/GLAw==\n"
    "-----END CERTIFICATE-----\n";
static const char other[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIHhMIGUoAMCAQICFA1NzQuvlsTtmI1BLM2sscSxGjqLMAUGAytlcDAQMQ4wDAYD\n"
    "VQQDDAVvdGhlcjAgFw0yNjExMzAxMTIwNTdaGA8yMTI2MTEwNjExMjA1N1owEDEO\n"
    "MAwGA1UEAwwFb3RoZXIwKjAFBgMrZXADIQDyC8/IUz4GkNJxusEVPTWgMn2hxRyS\n"
    "ngXJuHpwYlUkhDAFBgMrZXADQQCl2jv2X4raxlSgA+HTCZ6ovdo0YtWLy9GHIVDt\n"
    "mFZ0OUQRSq1mJp4Ae+hmEm9HLLudBZ9YYRHbEahHclctD9cO\n"
    "-----END CERTIFICATE-----\n";
static const char signed_by_first[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIHwMIGjoAMCAQICAQEwBQYDK2VwMA0xCzAJBgNVBAMMAmNhMCAXDTI2MTEzMDEx\n"
    "MjA1N1oYDzIxMjYxMTA2MTEyMDU3WjAQMQ4wDAYDVQQDDAVndWFyZDAqMAUGAytl\n"
    "cAMhAHXbN1X2hhNFE3I76EtbakyR9J/lAyyvzSYC+j1T/KHJoyMwITAfBgNVHSME\n"
    "GDAWgBSWedFcJ0WUKvJR7Nm8f1z8r9GtRjAFBgMrZXADQQDS5s92gcaqqS/Cht8a\n"
    "/vqPD4WfXaCticF9GrZRx+DWcWoggo988Cc2DO1bPpMuLujjpQW/11g1jBOl/WRL\n"
    "cOcG\n"
    "-----END CERTIFICATE-----\n";

static struct x509 read_pem(const char *pem, struct buf *der)
{
	struct x509 certificate;
	size_t at = 0;

	cr_assert(pem_next(slice_of(pem), &at, der));
	cr_assert(x509_read(buf_slice(der), &certificate));
	cr_expect_not(pem_next(slice_of(pem), &at, der), "one only");
	return certificate;
}

static bool may_sign(const char *authority, const char *pem)
{
	struct buf left = {0}, right = {0};
	struct x509 a = read_pem(authority, &left);
	struct x509 b = read_pem(pem, &right);
	bool may = x509_may_sign(&a, &b);

	buf_release(&left);
	buf_release(&right);
	return may;
}

Test(x509, one_that_signed_is_known_by_name_and_key)
{
	cr_expect(may_sign(first, signed_by_first));
	cr_expect(may_sign(first, first), "it signed itself");
	cr_expect(may_sign(other, other), "without identifiers of keys, too");
	/* The same name, but another key: it did not sign. */
	cr_expect_not(may_sign(second, signed_by_first));
	cr_expect_not(may_sign(other, signed_by_first), "another name");
	cr_expect_not(may_sign(signed_by_first, first), "not the other way");
}

Test(x509, what_is_no_certificate_is_refused)
{
	struct buf der = {0};
	struct x509 certificate;
	size_t at = 0;

	cr_assert(pem_next(slice_of(signed_by_first), &at, &der));
	/* Cut off anywhere, it is shorter than it says. */
	for (size_t len = 0; len < der.len; len++)
		cr_expect_not(
		    x509_read((struct slice){der.ptr, len}, &certificate));
	cr_expect_not(x509_read(SLICE("no DER"), &certificate));
	at = 0;
	buf_clear(&der);
	cr_expect_not(pem_next(SLICE("no PEM"), &at, &der));
	cr_expect_not(
	    pem_next(SLICE("-----BEGIN CERTIFICATE-----\n"), &at, &der),
	    "without an end");
	buf_release(&der);
}

/* It may be any certificate; the end of the bundle it is not. */
Test(x509, a_block_that_cannot_be_read_is_counted)
{
	struct buf der = {0};
	struct x509 certificate;
	size_t at = 0;

	cr_assert(pem_next(SLICE("-----BEGIN CERTIFICATE-----\nYQ*\n"
				 "-----END CERTIFICATE-----\n"),
	    &at, &der));
	cr_expect_eq(der.len, 0);
	cr_expect_not(x509_read(buf_slice(&der), &certificate));
	buf_release(&der);
}

Test(x509, a_wildcard_is_for_one_label)
{
	cr_expect(x509_name_is_for("shop.example.com", "shop.example.com"));
	cr_expect(x509_name_is_for("*.example.com", "shop.example.com"));
	cr_expect_not(x509_name_is_for("*.example.com", "a.shop.example.com"));
	cr_expect_not(x509_name_is_for("*.example.com", "example.com"));
	cr_expect_not(x509_name_is_for("*", "localhost"));
	cr_expect_not(x509_name_is_for("shop.example.com", "*.example.com"));
}

Test(x509, base64_is_decoded)
{
	struct buf text = {0};

	cr_assert(base64_decode(SLICE("YSBi\nYw=="), &text));
	cr_expect(slice_eq(buf_slice(&text), SLICE("a bc")), "over lines");
	cr_expect_not(base64_decode(SLICE("a*"), &text));
	buf_release(&text);
}

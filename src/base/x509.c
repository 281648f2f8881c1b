/* PEM and DER -> names and keys of certificates (RFC 7468, RFC 5280). */
#include "base/x509.h"

/* Tags of DER. */
enum {
	TAG_OID = 0x06,
	TAG_OCTETS = 0x04,
	TAG_SEQUENCE = 0x30,
	TAG_VERSION = 0xa0,
	TAG_EXTENSIONS = 0xa3,
	TAG_KEY_IDENTIFIER = 0x80,
};

static int digit_of(char c)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

bool base64_decode(struct slice text, struct buf *ret_bytes)
{
	uint32_t bits = 0;
	int n = 0;

	for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
		int digit = digit_of(text.ptr[i]);
		char byte;

		if (char_is_blank(text.ptr[i]))
			continue;
		if (digit < 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		byte = (char)(bits >> n & 0xff);
		buf_add(ret_bytes, &byte, 1);
	}
	return true;
}

/* What is left of a value, and the next element of it. */
struct element {
	int tag;
	struct slice whole, content;
};

/* Takes an element off the front of rest; false when there is none. */
static bool take(struct slice *rest, struct element *ret)
{
	const unsigned char *bytes = (const unsigned char *)rest->ptr;
	size_t head = 2, len;

	if (rest->len < head)
		return false;
	len = bytes[1];
	if (len & 0x80) {
		size_t n = len & 0x7f;

		if (n == 0 || n > 3 || rest->len < head + n)
			return false;
		len = 0;
		for (size_t i = 0; i < n; i++)
			len = len << 8 | bytes[head + i];
		head += n;
	}
	if (len > rest->len - head)
		return false;
	ret->tag = bytes[0];
	ret->whole = (struct slice){rest->ptr, head + len};
	ret->content = (struct slice){rest->ptr + head, len};
	*rest = slice_after(*rest, head + len);
	return true;
}

static bool take_of(struct slice *rest, int tag, struct element *ret)
{
	return take(rest, ret) && ret->tag == tag;
}

/* The value of an extension holds an element of its own. */
static void read_extension(struct slice extension, struct x509 *certificate)
{
	struct element id, value = {0}, inner;

	if (!take_of(&extension, TAG_OID, &id))
		return;
	while (take(&extension, &value) && value.tag != TAG_OCTETS)
		;
	if (value.tag != TAG_OCTETS || !take(&value.content, &inner))
		return;
	if (slice_eq(id.content, SLICE("\x55\x1d\x0e")))
		certificate->key = inner.content;
	else if (slice_eq(id.content, SLICE("\x55\x1d\x23")) &&
		 take_of(&inner.content, TAG_KEY_IDENTIFIER, &value))
		certificate->issuer_key = value.content;
}

static void read_extensions(struct slice rest, struct x509 *certificate)
{
	struct element list, extension;

	if (!take_of(&rest, TAG_SEQUENCE, &list))
		return;
	while (take_of(&list.content, TAG_SEQUENCE, &extension))
		read_extension(extension.content, certificate);
}

/* Version, serial number, algorithm; issuer, validity, subject, key. */
bool x509_read(struct slice der, struct x509 *ret_certificate)
{
	struct element whole, body, part;
	struct slice rest;

	*ret_certificate = (struct x509){.whole = der};
	if (!take_of(&der, TAG_SEQUENCE, &whole) ||
	    !take_of(&whole.content, TAG_SEQUENCE, &body))
		return false;
	ret_certificate->whole = whole.whole;
	rest = body.content;
	if (!take(&rest, &part) ||
	    (part.tag == TAG_VERSION && !take(&rest, &part)) ||
	    !take_of(&rest, TAG_SEQUENCE, &part) ||
	    !take_of(&rest, TAG_SEQUENCE, &part))
		return false;
	ret_certificate->issuer = part.whole;
	if (!take_of(&rest, TAG_SEQUENCE, &part) ||
	    !take_of(&rest, TAG_SEQUENCE, &part))
		return false;
	ret_certificate->subject = part.whole;
	while (take(&rest, &part)) {
		if (part.tag == TAG_EXTENSIONS)
			read_extensions(part.content, ret_certificate);
	}
	return true;
}

bool pem_next(struct slice pem, size_t *at, struct buf *ret_der)
{
	static const char begin[] = "-----BEGIN CERTIFICATE-----";
	static const char end[] = "-----END CERTIFICATE-----";
	ptrdiff_t first = slice_find(pem, slice_of(begin), *at);
	ptrdiff_t last =
	    first < 0 ? -1 : slice_find(pem, slice_of(end), (size_t)first);
	size_t start;

	if (last < 0)
		return false;
	start = (size_t)first + strlen(begin);
	*at = (size_t)last;
	if (!base64_decode(
		(struct slice){pem.ptr + start, (size_t)last - start}, ret_der))
		buf_clear(ret_der);
	return true;
}

bool x509_name_is_for(const char *name, const char *host)
{
	const char *domain = strchr(host, '.');

	if (!strncmp(name, "*.", 2) && domain && !strcmp(name + 1, domain))
		return true;
	return !strcmp(name, host);
}

bool x509_may_sign(const struct x509 *authority, const struct x509 *other)
{
	if (slice_eq(authority->whole, other->whole))
		return true;
	if (!slice_eq(authority->subject, other->issuer))
		return false;
	return !authority->key.len || !other->issuer_key.len ||
	       slice_eq(authority->key, other->issuer_key);
}

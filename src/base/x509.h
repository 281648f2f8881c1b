/*
 * Certificates, as far as it takes to tell who signed whom: their names and
 * identifiers of keys.  Nothing is verified.
 */
#ifndef BASE_X509_H
#define BASE_X509_H

#include "base/text.h"

/* Parts of the certificate's own bytes; of what it lacks, empty. */
struct x509 {
	struct slice whole;	      /* DER */
	struct slice issuer, subject; /* names, DER */
	struct slice key, issuer_key; /* subjectKeyIdentifier and
					 authorityKeyIdentifier */
};

/* Adds the bytes of a text in base64, with line ends or without; false when it
 * is none. */
bool base64_decode(struct slice text, struct buf *ret_bytes);

/* A certificate of DER, which must outlive it; false when it is none. */
bool x509_read(struct slice der, struct x509 *ret_certificate);

/* The next certificate of a PEM text from *at on, whose bytes are put into
 * der, an empty buffer of its own; it stays empty where the block is not in
 * base64.  False when there is no more. */
bool pem_next(struct slice pem, size_t *at, struct buf *ret_der);

/* Whether a name in a certificate stands for a host: it is the host, or a
 * wildcard for its first label (RFC 6125, 6.4.3). */
bool x509_name_is_for(const char *name, const char *host);

/* Whether one may have signed the other, or is it: the names fit, and the
 * identifiers of keys where both are given. */
bool x509_may_sign(const struct x509 *authority, const struct x509 *other);

#endif

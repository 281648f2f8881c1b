/*
 * SHA-256, as of FIPS 180-4: what names a text by its bytes.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/text.h"

#define SHA256_SIZE 32 /* bytes of a digest */
#define SHA256_HEX (2 * SHA256_SIZE + 1)

/* A digest while it is made. */
struct sha256 {
	uint32_t state[8];
	uint64_t len; /* bytes so far */
	unsigned char block[64];
};

void sha256_begin(struct sha256 *sha);
void sha256_add(struct sha256 *sha, struct slice bytes);

/* The digest of all that was added; sha must begin anew. */
void sha256_end(struct sha256 *sha, unsigned char ret_digest[SHA256_SIZE]);

/* A digest in small hexadecimal digits, ended by NUL. */
void sha256_spell(
    const unsigned char digest[SHA256_SIZE], char ret_text[SHA256_HEX]);

/* The digest of bytes, spelled. */
void sha256_of(struct slice bytes, char ret_text[SHA256_HEX]);

#endif

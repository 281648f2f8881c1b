/* Bytes -> their SHA-256, block by block; the names are those of FIPS 180-4. */
#include "base/sha256.h"

static const uint32_t rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, unsigned by)
{
	return word >> by | word << (32 - by);
}

static uint32_t word_at(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

static void make_schedule(const unsigned char block[64], uint32_t w[64])
{
	for (int t = 0; t < 16; t++)
		w[t] = word_at(block + (size_t)t * 4);
	for (int t = 16; t < 64; t++) {
		uint32_t a = w[t - 15], b = w[t - 2];

		w[t] = w[t - 16] + w[t - 7] +
		       (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
		       (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

static void take_block(uint32_t state[8], const unsigned char block[64])
{
	uint32_t w[64], v[8];

	make_schedule(block, w);
	memcpy(v, state, sizeof(v));
	for (int t = 0; t < 64; t++) {
		uint32_t e = v[4], a = v[0];
		uint32_t t1 = v[7] +
			      (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
			      ((e & v[5]) ^ (~e & v[6])) + rounds[t] + w[t];
		uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
			      ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 7 * sizeof(*v));
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		state[i] += v[i];
}

void sha256_begin(struct sha256 *sha)
{
	static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
	    0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

	memcpy(sha->state, first, sizeof(first));
	sha->len = 0;
}

void sha256_add(struct sha256 *sha, struct slice bytes)
{
	while (bytes.len) {
		size_t used = sha->len % 64, n = 64 - used;

		if (n > bytes.len)
			n = bytes.len;
		memcpy(sha->block + used, bytes.ptr, n);
		sha->len += n;
		bytes = (struct slice){bytes.ptr + n, bytes.len - n};
		if (sha->len % 64 == 0)
			take_block(sha->state, sha->block);
	}
}

void sha256_end(struct sha256 *sha, unsigned char ret_digest[SHA256_SIZE])
{
	static const char padding[64] = {(char)0x80};
	uint64_t bits = sha->len * 8;
	size_t used = sha->len % 64;
	char length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (char)(bits >> (56 - 8 * i));
	sha256_add(sha,
	    (struct slice){padding, used < 56 ? 56 - used : 120 - used});
	sha256_add(sha, (struct slice){length, sizeof(length)});
	for (int i = 0; i < SHA256_SIZE; i++)
		ret_digest[i] =
		    (unsigned char)(sha->state[i / 4] >> (24 - i % 4 * 8));
}

void sha256_spell(
    const unsigned char digest[SHA256_SIZE], char ret_text[SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < SHA256_SIZE; i++) {
		ret_text[2 * i] = digits[digest[i] >> 4];
		ret_text[2 * i + 1] = digits[digest[i] & 15];
	}
	ret_text[2 * SHA256_SIZE] = '\0';
}

void sha256_of(struct slice bytes, char ret_text[SHA256_HEX])
{
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_begin(&sha);
	sha256_add(&sha, bytes);
	sha256_end(&sha, digest);
	sha256_spell(digest, ret_text);
}

/* Digests that FIPS 180-4's examples and the standard tools give. */
#include "base/sha256.h"

#include <criterion/criterion.h>

static void expect(struct slice bytes, const char *digest)
{
	char text[SHA256_HEX];

	sha256_of(bytes, text);
	cr_assert_str_eq(text, digest);
}

/* The two examples of FIPS 180-2, appendix B, and the empty text. */
Test(base_sha256, examples)
{
	expect(SLICE("abc"),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	expect(
	    SLICE("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	expect(SLICE(""),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* A million letters, in pieces that end within blocks: appendix B.3. */
Test(base_sha256, pieces)
{
	unsigned char digest[SHA256_SIZE];
	char letters[1000], text[SHA256_HEX];
	struct sha256 sha;

	memset(letters, 'a', sizeof(letters));
	sha256_begin(&sha);
	for (int i = 0; i < 1000; i++)
		sha256_add(&sha, (struct slice){letters, sizeof(letters)});
	sha256_end(&sha, digest);
	sha256_spell(digest, text);
	cr_assert_str_eq(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200"
			       "e046d39ccc7112cd0");
}

/* Digests of objects, sorted -> the digest of the render. */
#include "evidence/render_digest.h"

#include <stdlib.h>

static int compare_digests(const void *left, const void *right)
{
	return memcmp(left, right, SHA256_SIZE);
}

bool render_digest(const struct canon *const *canons, size_t n,
    char ret_text[RENDER_DIGEST])
{
	char *digests = xcalloc(n + 1, SHA256_SIZE);
	bool is_whole = true;

	for (size_t i = 0; i < n; i++) {
		memcpy(digests + i * SHA256_SIZE, canons[i]->digest,
		    SHA256_SIZE);
		is_whole &= canons[i]->is_whole;
	}
	qsort(digests, n, SHA256_SIZE, compare_digests);
	memcpy(ret_text, "sha256:", sizeof("sha256:"));
	sha256_of((struct slice){digests, n * SHA256_SIZE},
	    ret_text + sizeof("sha256:") - 1);
	free(digests);
	return is_whole;
}

/*
 * The digest of a render: of what its objects say, in no order.
 */
#ifndef EVIDENCE_RENDER_DIGEST_H
#define EVIDENCE_RENDER_DIGEST_H

#include "doc/canon.h"

#define RENDER_DIGEST (sizeof("sha256:") - 1 + SHA256_HEX)

/* "sha256:..." of n objects; false when one of them is not whole. */
bool render_digest(const struct canon *const *canons, size_t n,
    char ret_text[RENDER_DIGEST]);

#endif

/*
 * A finding's own fingerprint: what stays the same while lines move.
 */
#ifndef REPORT_FINGERPRINT_H
#define REPORT_FINGERPRINT_H

#include "diag/finding.h"

/*
 * Appends 16 hexadecimal digits made of the kind, the object and the path in
 * it; not of the API version, which may be raised without a change of fault.
 * Of a finding about no object the line's text has to do.
 */
void fingerprint_add(struct buf *buf, const struct finding *finding);

/* The same for a file's findings only, or for a sentence about the file. */
void fingerprint_add_of_file(struct buf *buf, const struct finding *finding);
void fingerprint_add_text(struct buf *buf, const char *text);

#endif

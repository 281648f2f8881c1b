/*
 * Formats: what the "format" of a schema asks of texts.
 */
#ifndef CUSTOM_TEXT_FORMAT_H
#define CUSTOM_TEXT_FORMAT_H

#include "base/text.h"

struct text_format {
	const char *name;  /* as schemas have it, without "-" */
	const char *words; /* after "must be": what it takes */
	bool (*takes)(struct slice text);
	bool is_typed; /* CEL takes such a text for no string */
};

/*
 * The format of that name; NULL for those that the API server does not look
 * at (supportedVersionedFormats of apiextensions-apiserver), and for a few
 * that nobody uses.  takes() errs on the side of taking.
 */
const struct text_format *text_format_find(struct slice name);

#endif

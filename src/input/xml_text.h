/*
 * XML as reports are written in it: tags with their attributes, one after the
 * other.  Document types are refused, and with them entities of one's own.
 */
#ifndef INPUT_XML_TEXT_H
#define INPUT_XML_TEXT_H

#include "base/text.h"

#define XML_ATTRIBUTES 32 /* the most that a tag has */
#define XML_DEPTH 64	  /* elements one in the other */

struct xml_attribute {
	struct slice name, value; /* as written, entities included */
	size_t offset;		  /* of the value, in the text */
};

/* A tag: what opens an element, closes it, or both. */
struct xml_tag {
	struct slice name;
	size_t offset; /* of "<", in the text */
	bool opens, closes;
	struct xml_attribute attributes[XML_ATTRIBUTES];
	size_t nattributes;
};

/* A reader; all zero but for text is at the start. */
struct xml_reader {
	struct slice text;
	size_t at;
	struct slice open[XML_DEPTH]; /* names of open elements */
	size_t depth;
	bool had_root;
	const char *problem; /* what is wrong at the byte at; or NULL */
};

/* The next tag: 1, 0 at the end, -1 with the problem set. */
int xml_next(struct xml_reader *reader, struct xml_tag *ret_tag);

/* The attribute of that name, or NULL. */
const struct xml_attribute *xml_attribute(
    const struct xml_tag *tag, const char *name);

#endif

/*
 * Values as the function toJson of templates spells them.
 */
#ifndef HELM_TO_JSON_H
#define HELM_TO_JSON_H

#include "helm/value.h"

/* Adds it to out; false when something in the value is not known. */
bool value_to_json(const struct value *value, struct buf *out);

#endif

/*
 * What is known of what a part of a template gives, before it is rendered.
 */
#ifndef HELM_KNOWN_VALUE_H
#define HELM_KNOWN_VALUE_H

#include "base/tri.h"
#include "helm/value.h"

struct known {
	const struct value *value; /* NULL: not known */
	enum tri truth;		   /* as "if" takes it */
};

#define UNKNOWN ((struct known){NULL, TRI_UNKNOWN})

/* Stands for a key of a dict that is there with contents that are unknown. */
extern const struct value unknown_value;

/* What is known of a value itself; NULL and &unknown_value give UNKNOWN. */
struct known known_value(const struct value *value);

/* What is known of the value of a key, as .Values.key has it; a key that is
 * certainly missing gives a null of arena. */
struct known known_field(
    struct arena *arena, struct known of, struct slice key);

#endif

/*
 * Three-valued logic: what is known to be so, known not to be, or unknown.
 */
#ifndef BASE_TRI_H
#define BASE_TRI_H

#include <stdbool.h>

/* In the order of truth, which tri_and() and tri_or() rest on. */
enum tri {
	TRI_NO,
	TRI_UNKNOWN,
	TRI_YES,
};

static inline enum tri tri_of(bool value)
{
	return value ? TRI_YES : TRI_NO;
}

static inline enum tri tri_not(enum tri value)
{
	return (enum tri)(TRI_YES - value);
}

/* As Kleene has it: what decides alone decides, whatever the other is. */
static inline enum tri tri_and(enum tri a, enum tri b)
{
	return a < b ? a : b;
}

static inline enum tri tri_or(enum tri a, enum tri b)
{
	return a > b ? a : b;
}

#endif

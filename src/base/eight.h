/*
 * Eight bytes of text at once, in a word.  The first is in its lowest place
 * whatever the machine.
 */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What stands in every byte of a word: EVERY_BYTE * c. */
#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define TOP_BITS (EVERY_BYTE * 0x80)
#define LOW_BITS (EVERY_BYTE * 0x7F)

/* The eight bytes that begin there. */
static inline uint64_t eight_bytes(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* How many bytes of a word are zero before one that is not. */
static inline size_t zeros_before(uint64_t word)
{
	return word ? (size_t)__builtin_ctzll(word) / 8 : 8;
}

/* A word whose top bits tell which bytes of another are zero.  Behind the first
 * one that is it may be wrong. */
static inline uint64_t zeros_in(uint64_t word)
{
	return (word - EVERY_BYTE) & ~word & TOP_BITS;
}

/* The same, never wrong: no sum leaves its byte. */
static inline uint64_t all_zeros_in(uint64_t word)
{
	return ~(((word & LOW_BITS) + LOW_BITS) | word) & TOP_BITS;
}

#endif

/* Findings into fingerprints: FNV-1a over what identifies them. */
#include "report/fingerprint.h"

#define FNV_START 0xCBF29CE484222325
#define FNV_DIGITS 16

/* FNV-1a, 64 bits, over the text and the NUL after it; NULL is empty. */
static uint64_t fnv(uint64_t hash, const char *text)
{
	const char *c = text ? text : "";

	do {
		hash = (hash ^ (unsigned char)*c) * 0x100000001B3;
	} while (*c++);
	return hash;
}

static uint64_t hash_finding(uint64_t hash, const struct finding *finding)
{
	const struct subject *subject = finding->subject;

	hash = fnv(hash, finding->kind->code);
	hash = fnv(hash, subject ? subject->group : NULL);
	hash = fnv(hash, subject ? subject->kind : NULL);
	hash = fnv(hash, subject ? subject->namespace : NULL);
	hash = fnv(hash, subject ? subject->name : NULL);
	return fnv(
	    hash, finding->stable_path ? finding->stable_path : finding->path);
}

void fingerprint_add(struct buf *buf, const struct finding *finding)
{
	uint64_t hash = hash_finding(FNV_START, finding);

	if (!finding->subject)
		hash = fnv(hash, finding->line_hash);
	buf_add_hex(buf, hash, FNV_DIGITS);
}

void fingerprint_add_of_file(struct buf *buf, const struct finding *finding)
{
	const struct origin *origin = finding->place.origin;
	uint64_t hash = hash_finding(FNV_START, finding);

	hash = fnv(hash, origin ? origin->name : NULL);
	if (!finding->subject)
		hash = fnv(hash, finding->line_hash);
	buf_add_hex(buf, hash, FNV_DIGITS);
}

void fingerprint_add_text(struct buf *buf, const char *text)
{
	buf_add_hex(buf, fnv(FNV_START, text), FNV_DIGITS);
}

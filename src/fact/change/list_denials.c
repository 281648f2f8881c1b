/* Pairs of objects -> what the API server refuses on the way, and back. */
#include "fact/change/change.h"

#include "fact/computed.h"

SIMPLE(denial, manifest, fact_entity(denial->part.manifest))
SIMPLE(denial, previous, fact_entity(denial->previous))

void list_denials(struct release *release)
{
	(void)release;
}

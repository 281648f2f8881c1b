/*
 * Profiles that build on others.
 */
#ifndef CONTRACT_EXTEND_H
#define CONTRACT_EXTEND_H

#include "base/map.h"
#include "contract/contract.h"
#include "doc/reader.h"

/*
 * Gives each profile what it leaves out and the one it extends has, but for
 * name and extends themselves.  by_id: the profiles by their ids.  -1 with a
 * fault for each that extends one that is not there, or itself by whatever way.
 */
MUST_CHECK int profiles_extend(const struct reader *reader,
    struct profile *profiles, size_t n, const struct map *by_id);

#endif

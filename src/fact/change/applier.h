/*
 * Who applies a release (--applied-by), and what becomes of an object of it:
 * deleted when it is left out, deleted to be made anew, patched or applied.
 */
#ifndef FACT_CHANGE_APPLIER_H
#define FACT_CHANGE_APPLIER_H

#include "fact/facts.h"

/* Whether a release is applied by that, or by what begins so; "helm" is Helm
 * of either version, also when nothing is said. */
bool is_applied_by(const struct release *release, const char *who);

/* Whether an object is still there when a new release leaves it out: an
 * annotation or a sync option says so to whoever applies it, or kubectl does,
 * which deletes nothing.  A hook is nobody's to delete. */
bool outlives_release(
    const struct release *release, const struct manifest *manifest);

/* Whether an object that the API server does not let change is deleted and
 * made again, as an annotation or sync option asks for. */
bool is_forced(const struct release *release, const struct manifest *manifest);

/* Whether that happens with each change, refused or not. */
bool is_always_remade(
    const struct release *release, const struct manifest *manifest);

/* Whether an object that is there already is left as it is. */
bool is_left_alone(
    const struct release *release, const struct manifest *manifest);

/* Whether it may be applied by server-side apply. */
bool may_apply_on_server(
    const struct release *release, const struct manifest *manifest);

/* Whether it takes a field that somebody else owns, where it applies by
 * server-side apply. */
bool forces_conflicts(const struct release *release);

#endif

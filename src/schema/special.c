/* Conditions that a line of data cannot say. */
#include "schema/special.h"

#include "schema/way.h"

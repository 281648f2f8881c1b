/*
 * Whom a port is for, by its name.
 */
#ifndef FACT_SERVICE_AUDIENCE_H
#define FACT_SERVICE_AUDIENCE_H

#include "fact/model.h"

/* Whom the port's name says it is for; AUDIENCE_UNSAID for "" and for names
 * that say only how it is spoken to, such as "http". */
enum audience port_audience(const char *name);

#endif

/*
 * Whom a port is for, by its name.
 */
#ifndef FACT_SERVICE_AUDIENCE_H
#define FACT_SERVICE_AUDIENCE_H

#include "fact/model.h"

/* Whom the port's name says it is for; AUDIENCE_UNSAID for "" and for names
 * that say only how it is spoken to, such as "http". */
enum audience port_audience(const char *name);

/* Whom a port of the container is for, whose names say that: what only exports
 * metrics, or guards them, has no other clients than those who watch. */
enum audience audience_at(
    const struct container *container, enum audience said);

/* Whether a Service is there to be scraped, by its name: "web-metrics",
 * "web-metrics-service". */
bool is_for_scraping(const char *service_name);

#endif

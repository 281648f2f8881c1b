/* What becomes of a Service's port for pods that run already. */
#ifndef FACT_CHANGE_CUT_PORTS_H
#define FACT_CHANGE_CUT_PORTS_H

#include "fact/cut/cutting.h"

/*
 * Why requests to a port of the Service that runs now reach none of the old
 * pods once the Service is the new one; NULL when they do, or
 * when they did not before.
 *
 *   port     the new Service has no such port
 *   target   it leads to a name that no old pod has
 *   number   it leads to a number that no old pod listens at
 *
 * *ret_now is the port in the new Service, or NULL.  A name is looked up in
 * each pod and left out where it is missing, a number is taken as it is:
 * kubernetes/kubernetes, FindPort() of pkg/api/v1/pod and
 * staging/src/k8s.io/endpointslice.
 */
const char *find_port_cut(struct cutting *cutting,
    const struct service_port *port, const struct service *new,
    const struct crowd *crowd, const struct service_port **ret_now);

/* What a port leads to, a name or a number, as text in the arena. */
const char *spell_target(struct arena *arena, const struct service_port *port);

#endif

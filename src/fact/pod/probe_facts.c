/* The probes of a container, and whose they are. */
#include "fact/pod/pod.h"

#include "fact/computed.h"

SIMPLE(container, readiness, fact_entity(container->readiness))
SIMPLE(container, liveness, fact_entity(container->liveness))
SIMPLE(container, startup, fact_entity(container->startup))

SIMPLE(probe, container, fact_entity(probe->container))
SIMPLE(probe, workload, fact_entity(probe->container->workload))
SIMPLE(probe, kind, fact_text(probe->kind))

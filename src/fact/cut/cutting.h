/*
 * Within this folder: the cuts of a step while they are found.
 */
#ifndef FACT_CUT_CUTTING_H
#define FACT_CUT_CUTTING_H

#include "fact/cut/cut.h"
#include "fact/service/service.h"

struct backend;

/* Old pods that are asked for together.  Services that select the same ones
 * share it. */
struct crowd {
	struct vector pods; /* struct workload */
	bool all_replaced;  /* all are deleted, with what makes them */
	bool is_followed;   /* something comes after one of them */
	const struct workload *heir; /* of pods that are all deleted what takes
					the place of the first; or NULL */
	bool is_asked;	     /* who reaches them was */
	struct map reached_by; /* Services, by their addresses */
};

struct cutting {
	struct release *release; /* the new one */
	struct vector cuts;	 /* struct cut */
	struct map entries;	 /* Services of both that routes lead to */
	struct map asked;  /* names of Services that the API server asks now,
			      each with the last of the backends */
	struct map named;  /* object_key() of Services that entrances of the
			      new release lead to */
	struct map before; /* transitions, by the old workload */
	struct map kept;   /* struct kept_service, by object_key() */
	struct map crowds; /* by where a list of workloads stands */
	struct map next;   /* the workload that answers, or the release for
			      none; likewise */
	struct map ways;   /* see count_ways() */
	struct map answers; /* see find_port_cut() */
	struct map endpoints; /* Endpoints of the new release, by name */
	bool has_slices;      /* it has EndpointSlices */
	struct buf key;
	bool has_maker; /* a new custom resource may let requests in */
};

/* A Service of both releases, and a workload whose pods answer for it now. */
struct kept_service {
	const struct service *old, *new;
	const struct workload *workload;
};

/* Fills the maps but for kept, and has_maker, from both releases. */
void index_cutting(struct cutting *cutting);

/* What leads the API server to a Service that runs now, such as a webhook,
 * which goes or moves with it; or NULL. */
const struct backend *webhook_of(
    const struct cutting *cutting, const struct service *old);

/* What stands in a map by the address of something; or NULL. */
void *cutting_find(const struct map *map, const void *key);
void cutting_put(struct cutting *cutting, struct map *map, const void *key,
    const void *value);

/* Whether what comes of an object is left for another upgrade: that one is
 * refused, and it is a deletion or nothing at all is applied then. */
bool comes_later(const struct release *release, bool is_deleted);

struct cut *add_cut(struct cutting *cutting, const struct manifest *manifest,
    const char *reason);

/* The first new workload that answers for a Service of the new release. */
const struct workload *find_next(
    struct cutting *cutting, const struct service *service);

/* Notes who comes next, and in how many seconds at least. */
void set_next(
    struct cutting *cutting, struct cut *cut, const struct workload *next);

/* A cut of a Service for whose old pods (at least one) it was; new is NULL when
 * it is gone. */
struct cut *add_service_cut(struct cutting *cutting, const struct service *old,
    const struct service *new, const char *reason, struct crowd *crowd);

/* Notes which port of its Service a cut is of, and so whom it is for. */
void set_port(struct cut *cut, const struct service_port *port);

/* What clients outside the cluster reach a Service by and that is gone: a load
 * balancer, its address, node ports. */
void judge_exposure(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd);

/* Whether a Service is but a name for another host: spec.type ExternalName. */
bool is_external(const struct service *service);

/* That the new Service is one: its cluster IP is given back. */
void judge_external(struct cutting *cutting, const struct service *old,
    const struct service *new, struct crowd *crowd);

/* The hosts and paths that nothing takes any more, of Services that both
 * releases have; after all of these. */
void judge_entrances(struct cutting *cutting);

#endif

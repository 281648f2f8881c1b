/*
 * Whom containers call by what they are told: hosts that may be Services.
 */
#ifndef FACT_HOOK_CALLS_H
#define FACT_HOOK_CALLS_H

#include "fact/facts.h"

/* A host with a port, or in another namespace. */
struct call {
	struct slice name;	/* of what may be a Service */
	struct slice namespace; /* "": none is given */
	int64_t port;		/* 0: none is given */
	const struct node *at;
};

struct calls {
	const char *namespace; /* of the container, "" when not given */
	bool is_sure; /* a namespace that a host has is none of a container
			 whose own is not given */
	/* Called for the name of each that may be a Service of it. */
	void (*found)(
	    void *context, struct slice name, const struct node *at);
	/* Called for each likewise, and also for "db.shop", which may be a
	 * Service of namespace shop or a host elsewhere; or NULL. */
	void (*called)(void *context, const struct call *call);
	void *context;
};

/* Of one command of a script, without what control flow puts before it; script:
 * where it is written. */
void find_command_calls(const struct calls *calls, const struct node *script,
    struct slice command);

/* Of a container's command, args and env. */
void find_calls(const struct calls *calls, const struct node *container);

#endif

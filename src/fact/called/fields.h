/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_CALLED_FIELDS_H
#define FACT_CALLED_FIELDS_H

/* Of every workload. */
#define CALLED_WORKLOAD_FIELDS(STORED, COMPUTED)                              \
	COMPUTED(workload, lost_call, TEXT, "",                               \
	    "name of the first Service of the stream that its containers "    \
	    "are told to call at a port which that lacks; of commands and "   \
	    "variables")                                                      \
	COMPUTED(workload, lost_call_port, INT, "", "that port")              \
	COMPUTED(workload, lost_call_ports, TEXT, "",                         \
	    "the ports that the Service has, such as 80 ('http'), 9090")      \
	COMPUTED(workload, lost_call_service, ONE(service), "",               \
	    "that Service")                                                   \
	COMPUTED(workload, tokenless, TEXT, "",                               \
	    "the account of pods that mount no token of it though they ask "  \
	    "the API server: a binding gives it rights, or they run kubectl") \
	COMPUTED(workload, tokenless_right, ONE(manifest), "",                \
	    "that binding; absent where other pods use the account")          \
	COMPUTED(workload, tokenless_tool, TEXT, "",                          \
	    "kubectl, where a container is told to run it")

#endif

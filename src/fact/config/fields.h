/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_CONFIG_FIELDS_H
#define FACT_CONFIG_FIELDS_H

/* Of every workload. */
#define CONFIG_WORKLOAD_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(workload, unrolled_config, TEXT, "",                        \
	    "name of a ConfigMap or Secret of the stream that its pods "     \
	    "take, and of whose change no new pods are made: no checksum, "  \
	    "no annotation for a reloader; absent when there is none")       \
	COMPUTED(workload, unrolled_kind, TEXT, "",                          \
	    "which that is: ConfigMap or Secret")                            \
	COMPUTED(workload, unrolled_way, TEXT, "",                           \
	    "how pods take it: envFrom, env, subPath or volume; of several " \
	    "the first of these")                                            \
	COMPUTED(workload, left_out_file, TEXT, "",                          \
	    "subPath of a mount whose volume is of a ConfigMap or Secret "   \
	    "and has items, none of which it is")                            \
	COMPUTED(workload, left_out_volume, TEXT, "", "that volume")         \
	COMPUTED(workload, lost_key, TEXT, "",                               \
	    "the first key that its pods name and that the ConfigMap or "    \
	    "Secret of the stream lacks, unless it is optional")             \
	COMPUTED(workload, lost_from, ONE(manifest), "",                     \
	    "the object that lacks it")                                      \
	COMPUTED(workload, lost_way, TEXT, "",                               \
	    "how pods take it: env, subPath or volume")                      \
	COMPUTED(workload, lost_may_come, BOOL, "",                          \
	    "an account of the release may change any object of that kind, " \
	    "and may so add the key")

#endif

/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_ROLLOUT_FIELDS_H
#define FACT_ROLLOUT_FIELDS_H

#define ROLLOUT_ENTITIES(ENTITY)                                  \
	ENTITY(step, STEP_FIELDS, "a step of a Rollout's canary") \
	ENTITY(reference, REFERENCE_FIELDS, "what a Rollout names")

#define STRUCT_step struct step
#define STRUCT_reference struct reference

/* Of every workload. */
#define ROLLOUT_WORKLOAD_FIELDS(STORED, COMPUTED)                              \
	COMPUTED(workload, steps, MANY(step), "",                              \
	    "the steps of a Rollout's canary")                                 \
	COMPUTED(workload, routes_traffic, BOOL, "",                           \
	    "of a Rollout's canary: a router shares the traffic "              \
	    "(trafficRouting), so that old pods stay until the end")           \
	COMPUTED(workload, unrouted, TEXT, "",                                 \
	    "of a Rollout's canary without a router: the field that asks for " \
	    "one, trafficRouting or pingPong")                                 \
	COMPUTED(workload, measured, BOOL, "",                                 \
	    "of a Rollout: an analysis, an experiment or a step plugin looks " \
	    "at the new version")                                              \
	COMPUTED(workload, preview_service, TEXT, "",                          \
	    "blueGreen.previewService of a Rollout")                           \
	COMPUTED(workload, auto_promotion, BOOL, "",                           \
	    "of a blueGreen Rollout: it is promoted as soon as its pods are "  \
	    "ready, neither asked (autoPromotionEnabled, true when left out) " \
	    "nor after a while (autoPromotionSeconds)")                        \
	COMPUTED(workload, auto_promotion_enabled, BOOL, "",                   \
	    "of a blueGreen Rollout: autoPromotionEnabled, true when left "    \
	    "out; where it is false somebody promotes it by hand")             \
	COMPUTED(workload, auto_promotion_seconds, INT, "seconds",             \
	    "autoPromotionSeconds of a blueGreen Rollout")                     \
	COMPUTED(workload, scale_down_delay_seconds, INT, "seconds",           \
	    "scaleDownDelaySeconds of a Rollout's strategy")                   \
	COMPUTED(workload, progress_deadline_abort, BOOL, "",                  \
	    "progressDeadlineAbort of a Rollout; false when left out")

#define STEP_FIELDS(STORED, COMPUTED)                                          \
	COMPUTED(step, workload, ONE(workload), "", "the Rollout")             \
	STORED(                                                                \
	    step, number, INT, "", "counted from 0, as the controller does")   \
	STORED(step, kind, TEXT, "",                                           \
	    "setWeight, pause, analysis, experiment, setCanaryScale, "         \
	    "setHeaderRoute, setMirrorRoute or plugin")                        \
	STORED(step, weight, INT, "", "setWeight")                             \
	STORED(step, full_weight, INT, "",                                     \
	    "the weight that is all traffic: maxTrafficWeight; 100 when left " \
	    "out")                                                             \
	STORED(step, pause_seconds, INT, "seconds",                            \
	    "pause.duration; absent when the pause lasts until somebody "      \
	    "promotes")                                                        \
	STORED(step, canary_pods, INT, "pods",                                 \
	    "pods of the new version when the step is done, of the fewest "    \
	    "replicas")                                                        \
	STORED(step, gated, BOOL, "",                                          \
	    "a pause, an analysis, an experiment or a plugin holds the "       \
	    "rollout before the next setWeight or the end")                    \
	STORED(step, analysed, BOOL, "",                                       \
	    "the analysis in the background runs by then")

#define REFERENCE_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(reference, workload, ONE(workload), "", "the Rollout")       \
	STORED(reference, kind, TEXT, "", "kind of the object that is named") \
	STORED(reference, name, TEXT, "", "its name")                         \
	STORED(reference, role, TEXT, "",                                     \
	    "the field that names it: canaryService, workloadRef, ...")       \
	COMPUTED(reference, found, BOOL, "",                                  \
	    "the object is in the stream; unknown when only its namespace "   \
	    "could tell")                                                     \
	COMPUTED(reference, object, ONE(manifest), "",                        \
	    "the object, when it is surely in the stream")                    \
	COMPUTED(reference, refusal, TEXT, "",                                \
	    "what keeps the Rollout from using the object, in words")         \
	COMPUTED(reference, service, ONE(service), "",                        \
	    "the Service, when it is one and in the stream")                  \
	COMPUTED(reference, selector, TEXT, "",                               \
	    "the Service's selector, spelled as kubectl does")                \
	COMPUTED(reference, selects, BOOL, "",                                \
	    "the Service's selector selects the Rollout's pods; true when "   \
	    "there is no Service or selector that could fail to")

#endif

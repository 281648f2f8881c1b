/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_CHANGE_FIELDS_H
#define FACT_CHANGE_FIELDS_H

#define CHANGE_ENTITIES(ENTITY)                                                \
	ENTITY(change, CHANGE_FIELDS,                                          \
	    "what differs between the release that runs now (--previous) and " \
	    "the new one: an object, or a field of one")                       \
	ENTITY(transition, TRANSITION_FIELDS,                                  \
	    "a workload that both releases have, or one that takes the place " \
	    "of another")                                                      \
	ENTITY(denial, DENIAL_FIELDS,                                          \
	    "a change for which the API server refuses an object on the way "  \
	    "to the new release, or back")                                     \
	ENTITY(removal, REMOVAL_FIELDS,                                        \
	    "an object that pods cannot start without and that the upgrade "   \
	    "deletes")

#define STRUCT_change struct change
#define STRUCT_transition struct transition
#define STRUCT_denial struct denial
#define STRUCT_removal struct removal

/* Of the release. */
#define CHANGE_RELEASE_FIELDS(STORED, COMPUTED)                \
	COMPUTED(release, has_previous, BOOL, "",              \
	    "--previous gives the release that runs now")      \
	COMPUTED(release, upgrade_refused, TEXT, "",           \
	    "the first reason for which it is surely not taken over the "     \
	    "release that runs now; absent when there is none")               \
	COMPUTED(release, rollback_refused, TEXT, "",          \
	    "the first reason for which that one is surely not taken over it, "\
	    "likewise")                                                       \
	COMPUTED(release, skips_deletions, BOOL, "",           \
	    "the upgrade is refused, and whoever applies it then deletes "    \
	    "nothing: Helm and Flux")                                         \
	COMPUTED(release, changes, MANY(change), "",           \
	    "all that differs from the release that runs now") \
	COMPUTED(release, transitions, MANY(transition), "",   \
	    "all workloads that come from one of the release that runs now") \
	COMPUTED(release, removals, MANY(removal), "",         \
	    "all that pods need and the upgrade deletes")

/* Of every manifest. */
#define CHANGE_MANIFEST_FIELDS(STORED, COMPUTED)                               \
	COMPUTED(manifest, other, ONE(manifest), "",                           \
	    "the same object in the other release, with --previous")           \
	COMPUTED(manifest, is_previous, BOOL, "",                              \
	    "it is of the release that runs now")                              \
	COMPUTED(manifest, keeps, BOOL, "",                                    \
	    "it is not deleted when a release leaves it out: an annotation "   \
	    "says so, or it is applied by kubectl; known with --previous "     \
	    "alone")

#define CHANGE_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(change, manifest, ONE(manifest), "",                         \
	    "the object in the new release; when it is removed, in the one "  \
	    "that runs now")                                                  \
	COMPUTED(change, previous, ONE(manifest), "",                         \
	    "the object in the release that runs now; absent when it is "     \
	    "added")                                                          \
	STORED(change, what, TEXT, "",                                        \
	    "added or removed (the object), changed (a field of it), or "     \
	    "remade (the object is deleted and made anew, as an annotation "  \
	    "asks)")                                                          \
	STORED(change, path, TEXT, "",                                        \
	    "the field, such as spec.type; absent when the object is added, " \
	    "removed, or changed where fields are not told apart")            \
	STORED(change, from, TEXT, "",                                        \
	    "the field's value in the release that runs now; absent when it " \
	    "had none")                                                       \
	STORED(change, to, TEXT, "", "in the new one, likewise")

#define TRANSITION_FIELDS(STORED, COMPUTED)                                   \
	COMPUTED(transition, workload, ONE(workload), "",                     \
	    "the workload in the new release")                                \
	COMPUTED(transition, previous, ONE(workload), "",                     \
	    "in the release that runs now, or the one whose place it takes")  \
	STORED(transition, what, TEXT, "",                                    \
	    "what becomes of its pods: same (its pod template does not "      \
	    "change), rolls (they are replaced as its strategy says) or "     \
	    "replaced (another object makes the new ones)")                   \
	COMPUTED(transition, refused, BOOL, "",                               \
	    "the API server refuses the new workload, so that the old pods "  \
	    "stay as they are")                                               \
	STORED(transition, services_before, MANY(service), "",                \
	    "Services of the release that runs now that select the old pods") \
	STORED(transition, services_during, MANY(service), "",                \
	    "Services of the new release that select the old pods")           \
	STORED(transition, services_after, MANY(service), "",                 \
	    "Services of the new release that select the new pods")           \
	STORED(transition, lost, TEXT, "",                                    \
	    "the policies of its kind that covered the old pods while none "  \
	    "of the new release covers the new ones: budgets, autoscalers, "  \
	    "isolation by NetworkPolicies; absent when nothing is lost")      \
	COMPUTED(transition, lost_object, ONE(manifest), "",                  \
	    "the first of these, in the release that runs now")               \
	STORED(transition, weaker, TEXT, "",                                  \
	    "what covers the old pods better than the new ones, in words: "   \
	    "probes and preStop that are gone, a shorter drain, a budget or " \
	    "policy that lets more through, each where no rule on one "       \
	    "release tells it; absent when there is nothing")                 \
	STORED(transition, stale_config, TEXT, "",                            \
	    "name of a ConfigMap that its pods read and whose data changes "  \
	    "while no pod is replaced; absent when there is none")            \
	STORED(transition, stale_way, TEXT, "",                               \
	    "how its pods read it: envFrom, env, subPath or volume; of "      \
	    "several the first of these")                                     \
	COMPUTED(transition, stale_object, ONE(manifest), "",                 \
	    "that ConfigMap in the new release")                              \
	STORED(transition, missing_key, TEXT, "",                             \
	    "a key that old pods name and that the upgrade removes from a "   \
	    "ConfigMap or Secret which stays, while they are replaced in "    \
	    "turn; absent when there is none")                                \
	STORED(transition, missing_way, TEXT, "",                             \
	    "what they take it as: a variable, a file, a file by subPath")    \
	COMPUTED(transition, missing_object, ONE(manifest), "",               \
	    "that object in the new release")                                 \
	STORED(transition, stirred_config, TEXT, "",                          \
	    "name of a ConfigMap that old pods mount and whose data changes " \
	    "while they are replaced in turn; absent when there is none")     \
	COMPUTED(transition, stirred_object, ONE(manifest), "",               \
	    "that ConfigMap in the new release")                              \
	STORED(transition, lost_budget, BOOL, "", "a budget is among them")   \
	STORED(transition, lost_autoscaler, BOOL, "", "an autoscaler is")     \
	STORED(transition, lost_isolation, BOOL, "",                          \
	    "isolation of ingress or egress is")

#define DENIAL_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(denial, manifest, ONE(manifest), "",                          \
	    "the object in the new release")                                   \
	COMPUTED(denial, previous, ONE(manifest), "",                          \
	    "the object in the release that runs now")                         \
	STORED(denial, way, TEXT, "",                                          \
	    "forward (to the new release) or back (to the one that runs now)") \
	STORED(denial, path, TEXT, "", "the field that may not change")        \
	STORED(denial, whole, BOOL, "",                                        \
	    "it is the object that is refused, whatever its fields are")       \
	STORED(denial, from, TEXT, "", "its value before; absent when none")   \
	STORED(denial, to, TEXT, "", "its value after; absent when none")      \
	STORED(denial, text, TEXT, "",                                         \
	    "why it is refused: a sentence whose subject is the field")        \
	STORED(denial, way_out, TEXT, "", "how to get there all the same")     \
	STORED(denial, server_side_only, BOOL, "",                             \
	    "only server-side apply refuses it, as Helm 4 and Flux do it")     \
	STORED(denial, sure, BOOL, "",                                         \
	    "what the two releases say decides it; else it depends on what "   \
	    "else is in the cluster")                                          \
	STORED(denial, cut, TEXT, "",                                          \
	    "Services that let go of the old pods all the same, while no new " \
	    "ones come, in words; absent when there is none")                  \
	STORED(denial, undeleted, TEXT, "",                                    \
	    "what the new release lacks and is not deleted then, in words; "   \
	    "absent when it lacks nothing")                                    \
	STORED(denial, leaves, TEXT, "",                                       \
	    "what of the release is applied all the same; absent when "        \
	    "nothing else changes")

#define REMOVAL_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(removal, manifest, ONE(manifest), "",                        \
	    "the new workload or Ingress that still names it; else the "      \
	    "object itself")                                                  \
	COMPUTED(removal, object, ONE(manifest), "",                          \
	    "what is deleted, in the release that runs now: a ConfigMap, "    \
	    "Secret, ServiceAccount, PersistentVolumeClaim, IngressClass or " \
	    "PriorityClass")                                                  \
	COMPUTED(removal, workload, ONE(workload), "",                        \
	    "the first whose pods need it: a new one where one still does, "  \
	    "else one that runs now")                                         \
	STORED(removal, where, TEXT, "",                                      \
	    "the field that names it in the new workload; else its kind")     \
	STORED(removal, role, TEXT, "", "what the pods need it for, as of "   \
	    "a need")                                                         \
	STORED(removal, still_needed, BOOL, "", "the new pods need it, too")  \
	STORED(removal, has_rights, BOOL, "",                                 \
	    "it is an account that a binding of the release that runs now "   \
	    "gives rights to")                                                \
	STORED(removal, account, TEXT, "",                                    \
	    "of a binding the account that it no longer gives rights to and " \
	    "that old pods run with; else absent")                            \
	STORED(removal, heir, TEXT, "",                                       \
	    "the account of the new pods that it gives rights to instead; "   \
	    "absent where these have the same")                               \
	STORED(removal, version, TEXT, "",                                    \
	    "of a CustomResourceDefinition that stays the version that it "   \
	    "no longer serves; else absent")                                  \
	STORED(removal, made_hook, BOOL, "",                                  \
	    "it becomes a hook, which Helm deletes as an ordinary object")    \
	STORED(removal, may_return, BOOL, "",                                 \
	    "a Job or custom resource that is new may make another of that "  \
	    "name")                                                           \
	STORED(removal, named_by_content, BOOL, "",                           \
	    "its name ends in a digest of what is in it")

#endif

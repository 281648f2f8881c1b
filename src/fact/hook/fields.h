/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_HOOK_FIELDS_H
#define FACT_HOOK_FIELDS_H

#define HOOK_ENTITIES(ENTITY)                                               \
	ENTITY(need, NEED_FIELDS,                                           \
	    "an object that pods cannot start without: those of a hook or " \
	    "wave, and with waves of Argo CD all")

#define STRUCT_need struct need

/* Of every manifest. */
#define HOOK_MANIFEST_FIELDS(STORED, COMPUTED)                                \
	COMPUTED(manifest, hook, TEXT, "", "the events of a Helm hook")       \
	COMPUTED(manifest, hook_weight, TEXT, "", "weight of a Helm hook")    \
	COMPUTED(manifest, hook_weight_valid, BOOL, "",                       \
	    "the weight is an integer in a string, or left out")              \
	COMPUTED(manifest, hook_delete_policy, TEXT, "",                      \
	    "when Helm deletes the hook")                                     \
	COMPUTED(manifest, hook_log_policy, TEXT, "",                         \
	    "when Helm prints the hook's log")                                \
	COMPUTED(                                                             \
	    manifest, argo_hook, TEXT, "", "the phases of a hook of Argo CD") \
	COMPUTED(manifest, argo_delete_policy, TEXT, "",                      \
	    "when Argo CD deletes the hook")                                  \
	COMPUTED(manifest, sync_wave, TEXT, "", "wave of Argo CD")            \
	COMPUTED(manifest, sync_wave_valid, BOOL, "",                         \
	    "the wave is an integer in a string, or left out")                \
	COMPUTED(manifest, sync_options, TEXT, "",                            \
	    "how Argo CD applies the object")                                 \
	COMPUTED(manifest, flux_force, TEXT, "",                              \
	    "enabled: Flux makes the object anew where it may not change")    \
	COMPUTED(manifest, for_tests, BOOL, "", "a hook of helm test alone")  \
	COMPUTED(manifest, removed_on_failure, BOOL, "",                      \
	    "a hook that Helm or Argo CD removes when it fails")              \
	COMPUTED(manifest, logged_on_failure, BOOL, "",                       \
	    "Helm prints the log of the hook when it fails")                  \
	COMPUTED(manifest, unknown_policy, TEXT, "",                          \
	    "the first delete policy of a Helm hook that Helm does not know") \
	COMPUTED(manifest, unknown_event, TEXT, "",                           \
	    "the first event of a hook that Helm does not know, or one that " \
	    "Argo CD does not, where it is for that: it is never made")       \
	COMPUTED(manifest, meant_event, TEXT, "",                             \
	    "the known event that this one is nearest to")                    \
	COMPUTED(manifest, left_behind, TEXT, "",                             \
	    "of a Helm hook after which runs it is still there when Helm "    \
	    "makes it again: failed, successful or all; absent when none")    \
	COMPUTED(manifest, removed_on_success, BOOL, "",                      \
	    "a hook that Helm or Argo CD removes when it has succeeded")      \
	COMPUTED(manifest, made_anew, BOOL, "",                               \
	    "a hook that Helm or Argo CD deletes and makes again with each "  \
	    "upgrade or sync")                                                \
	COMPUTED(manifest, installed_once, BOOL, "",                          \
	    "a Helm hook that installs make and upgrades do not")

/* Of every workload. */
#define HOOK_WORKLOAD_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(workload, template_hook, TEXT, "",                        \
	    "the annotation helm.sh/hook of its pod template, where Helm " \
	    "does not look for it")                                        \
	COMPUTED(workload, awaited_hook, ONE(manifest), "",                \
	    "the Job that its init containers wait for by name though it " \
	    "is a hook that runs after it")                                \
	COMPUTED(workload, schema_hook, ONE(manifest), "",                 \
	    "a hook that runs after it and, by its name and its image, "   \
	    "makes the tables that an init container waits for")           \
	COMPUTED(workload, ended_job, ONE(manifest), "",                   \
	    "a Job that its init containers wait for by name though it "   \
	    "is deleted once it has finished: by ttlSecondsAfterFinished " \
	    "or as a hook that has succeeded")                             \
	COMPUTED(workload, deleted_by, ONE(workload), "",                  \
	    "of a Job the hook of the release that deletes it before the " \
	    "next upgrade")

#define NEED_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(need, workload, ONE(workload), "", "whose pods need it")   \
	STORED(need, kind, TEXT, "",                                        \
	    "ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim; "  \
	    "of a hook also a Service that it calls, and RoleBinding, "     \
	    "ClusterRoleBinding, Role or ClusterRole, which give its "      \
	    "account rights")                                               \
	STORED(need, name, TEXT, "", "its name")                            \
	STORED(need, role, TEXT, "",                                        \
	    "the field that names it: envFrom, env, volumes, "              \
	    "serviceAccountName, imagePullSecrets; call of a Service")      \
	COMPUTED(need, provider, ONE(manifest), "",                         \
	    "the object, when it is in the stream")                         \
	STORED(need, rendered, BOOL, "",                                    \
	    "an object of its kind and name is in the stream, whenever it " \
	    "is made; unknown when only its namespace could tell, and of "  \
	    "Services and rights")                                          \
	COMPUTED(need, late_on_install, BOOL, "",                           \
	    "on the first install it is made after the pods need it")       \
	COMPUTED(need, late_on_upgrade, BOOL, "",                           \
	    "on an upgrade it is made or changed after the pods need it")   \
	COMPUTED(need, there_before, BOOL, "",                              \
	    "an install makes it, so that an upgrade finds an old one")     \
	COMPUTED(need, gone, ONE(manifest), "",                             \
	    "the hook that was it and that Helm deletes as soon as it "     \
	    "has succeeded, before these pods start; absent when another "  \
	    "object of that name stays")                                    \
	COMPUTED(need, by_name, BOOL, "",                                   \
	    "late only where Helm orders hooks of one weight by name")

#endif

/*
 * Conditions that a line of data cannot say: each a function, named in
 * rules/fields by "check NAME".
 */
#ifndef SCHEMA_SPECIAL_H
#define SCHEMA_SPECIAL_H

#include "schema/types.h"

/* What a check looks at: the mapping whose type has the condition. */
struct frame;

struct checking {
	const struct frame *frame;
	const struct condition *condition;
};

/* Of a ResourceRequirements: what is limited and requested, and each claim
 * once. */
void check_container_resources(const struct checking *checking);
void check_claims_apart(const struct checking *checking);

/* Of a PodSpec: what containers mount, the ports of the node that they take,
 * sysctls on its network, two constraints of one topology. */
void check_mounts(const struct checking *checking);
void check_host_ports(const struct checking *checking);
void check_sysctls(const struct checking *checking);
void check_spread(const struct checking *checking);

/* Of a PodDNSConfig: all domains that are searched together. */
void check_search_length(const struct checking *checking);

/* Of a PodAffinityTerm: keys of two lists.  Of a PodSpec: files of variables,
 * which are in an emptyDir. */
void check_mismatched_keys(const struct checking *checking);
void check_env_files(const struct checking *checking);

/* Of what a pod takes beside its containers, in itself or its class. */
void check_overhead(const struct checking *checking);

/* Of a RolloutSpec: images of its pods that are there, but empty, which the
 * schema takes. */
void check_rollout_images(const struct checking *checking);

/* Of a pod and what makes pods: profiles that annotations name; of its spec:
 * what pods of Windows may not have, nor others of theirs. */
void check_profiles(const struct checking *checking);
void check_windows(const struct checking *checking);

/* Of a Job: the names of its pods' hosts, with their index, and labels that the
 * API server adds to them.  Of a JobSpec:
 * indexes that a successPolicy waits for and that it has not. */
void check_indexed_name(const struct checking *checking);
void check_made_labels(const struct checking *checking);
void check_success_indexes(const struct checking *checking);

/* Of a NodeSelectorRequirement: Gt and Lt take one number. */
void check_single_value(const struct checking *checking);

/* Of a projected volume: no two files of one path. */
void check_projected_paths(const struct checking *checking);

/* Of a PodSpec: what its containers request, in the pod's own resources. */
void check_pod_resources(const struct checking *checking);

/* Of a PersistentVolumeClaimSpec: how much it asks for. */
void check_storage_request(const struct checking *checking);

/* Of the exit codes of a PodFailurePolicy: in order, no two equal, not 0. */
void check_exit_codes(const struct checking *checking);

/* Of a route of the Gateway API: no two references to one parent that are not
 * told apart.  Of its timeouts: a backend's is part of the request's. */
void check_parents_apart(const struct checking *checking);
void check_request_timeouts(const struct checking *checking);

/* Of the filters of a route: each of these once, and no redirect beside a
 * rewrite.  Of its rules: a prefix is replaced where one is matched. */
void check_route_filters(const struct checking *checking);
void check_replaced_prefix(const struct checking *checking);

/* Of a Gateway: no two listeners share port, protocol and hostname. */
void check_listeners_apart(const struct checking *checking);

/* Of an Ingress: annotation and field name one class. */
void check_ingress_class(const struct checking *checking);

/* Of a PersistentVolume: what it has room for is storage.  Of a claim: its two
 * sources are one. */
void check_lone_capacity(const struct checking *checking);
void check_one_source(const struct checking *checking);

/* Of a PersistentVolume: its name and portal of iSCSI together.  Of a
 * StorageClass: no two topologies are equal; of it and of other classes: how
 * much their parameters hold. */
void check_portal_length(const struct checking *checking);
void check_topologies_apart(const struct checking *checking);
void check_parameters_size(const struct checking *checking);

/* Of a ServiceCIDR: two ranges are of two families. */
void check_one_per_family(const struct checking *checking);

/* Of Services: ports have names where there are several; no two of a protocol
 * have one number or share a node's port; clusterIP is the first of clusterIPs,
 * and None alone; one family of addresses where SingleStack is asked for;
 * ranges in an annotation. */
void check_ports_named(const struct checking *checking);
void check_ports_apart(const struct checking *checking);
void check_node_ports(const struct checking *checking);
void check_cluster_ips(const struct checking *checking);
void check_ips_per_family(const struct checking *checking);
void check_single_stack(const struct checking *checking);
void check_source_ranges(const struct checking *checking);

/* Of an EndpointSlice: one port without a name.  Of its endpoints: few labels
 * of their topology. */
void check_ports_without_name(const struct checking *checking);
void check_few_topologies(const struct checking *checking);

/* Of NetworkPolicies: endPort is for a port by its number; what is taken out
 * of a range of addresses is a smaller part of it. */
void check_end_port_numeric(const struct checking *checking);
void check_except_within(const struct checking *checking);

/* Of a LimitRange: what is given by default is at least min; a ratio is at
 * least 1 and at most that of the bounds; claims have a bound of storage; of
 * Pods and Containers only what these have; what cannot be shared is requested
 * as it is limited. */
void check_limit_least(const struct checking *checking);
void check_limit_ratio(const struct checking *checking);
void check_limit_storage(const struct checking *checking);
void check_limit_names(const struct checking *checking);
void check_limit_equal(const struct checking *checking);

/* Of a ResourceQuota: what is counted is a whole number; no two scopes exclude
 * each other, and each goes with what is counted. */
void check_whole_counts(const struct checking *checking);
void check_scope_pairs(const struct checking *checking);

/* Of namespaces: levels of pod security.  Of Secrets: keys of their type. */
void check_pod_security(const struct checking *checking);
void check_secret_keys(const struct checking *checking);

/* Of ConfigMaps: no key is in data and binaryData; of these and of Secrets: how
 * much they hold.  Of all objects: how long their annotations are. */
void check_keys_once(const struct checking *checking);
void check_config_size(const struct checking *checking);
void check_annotations_size(const struct checking *checking);
void check_single_owner(const struct checking *checking);

/* Of a PriorityClass: names with "system-" in front are those of Kubernetes.
 * Of an APIService: its name is its version and group. */
void check_system_class(const struct checking *checking);
void check_api_service_name(const struct checking *checking);

/* Of the rules of a FlowSchema: a wildcard alone.  Of the queues of a priority
 * level: what is dealt from them. */
void check_flow_wildcards(const struct checking *checking);
void check_hand_size(const struct checking *checking);

/* Of a DeviceClaim: the requests that it has are those it speaks of. */
void check_request_names(const struct checking *checking);

/* Of a Node, of a RuntimeClass: each taint and toleration once. */
void check_taints_apart(const struct checking *checking);
void check_tolerations_apart(const struct checking *checking);

/* Of volumes and claims: ReadWriteOncePod stands alone. */
void check_one_pod_mode(const struct checking *checking);

/* Of webhooks: versions that there are, a name of three parts, https, and a
 * wildcard alone. */
void check_review_versions(const struct checking *checking);
void check_webhook_name(const struct checking *checking);
void check_webhook_url(const struct checking *checking);
void check_lone_wildcards(const struct checking *checking);

/* Of admission policies, of webhooks, and of rules of a
 * CustomResourceDefinition: what expressions name, and the type of what they
 * are worth. */
void check_policy_names(const struct checking *checking);
void check_mutation_names(const struct checking *checking);
void check_condition_names(const struct checking *checking);
void check_rule_names(const struct checking *checking);

/* Of CustomResourceDefinitions: their name, one version that is stored, and
 * schemas that say the type of each value. */
void check_crd_name(const struct checking *checking);
void check_stored_version(const struct checking *checking);
void check_crd_structure(const struct checking *checking);

/* Of its versions: the fields that selectors may name.  Of rules: a message
 * where the rule has several lines. */
void check_selectable_fields(const struct checking *checking);
void check_rule_lines(const struct checking *checking);

#endif

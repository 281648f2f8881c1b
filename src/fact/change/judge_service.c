/*
 * Services that change -> what is refused: validateUpgradeDowngrade...() and
 * ValidateServiceUpdate() of pkg/apis/core/validation, after the registry has
 * filled in what is left out (patchAllocatedValues()).
 */
#include "fact/change/denial.h"

#include <string.h>

static const char *type_of(const struct kept *kept)
{
	const char *type = kept_value(kept, "spec.type");

	return *type ? type : "ClusterIP";
}

static bool is_type(const struct kept *kept, const char *type)
{
	return !strcmp(type_of(kept), type);
}

/* The address that the manifest asks for; "" when the cluster chooses. */
static const char *address_of(const struct kept *kept)
{
	const char *address = kept_value(kept, "spec.clusterIP");

	return *address ? address : kept_value(kept, "spec.clusterIPs[0]");
}

static bool is_headless(const struct kept *kept)
{
	return !strcmp(address_of(kept), "None");
}

static const struct kept_leaf *address_leaf(const struct kept *kept)
{
	const struct kept_leaf *leaf = kept_find(kept, "spec.clusterIP");

	return leaf ? leaf : kept_find(kept, "spec.clusterIPs[0]");
}

static void deny_address(struct judging *judging, const char *text, bool unsure)
{
	struct denied denied = {
	    .path = "spec.clusterIP",
	    .from = address_leaf(judging->before->seldom->kept),
	    .to = address_leaf(judging->after->seldom->kept),
	    .text = text,
	    .way_out = "use another name, or delete the Service before the "
		       "upgrade, which cuts off its clients until it is back",
	    .unsure = unsure,
	};

	deny(judging, &denied);
}

static void judge_address(struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	const char *from = address_of(old), *to = address_of(new);

	if (is_type(old, "ExternalName") || is_type(new, "ExternalName"))
		return;
	/* Left out, it stays what it is. */
	if (!*to) {
		if (is_headless(old) && !is_type(new, "ClusterIP"))
			deny_address(judging,
			    "the Service stays headless, which its new type "
			    "does not allow",
			    false);
		return;
	}
	/* On the way back it never went away. */
	if (!strcmp(from, to) || (judging->is_back && !*from))
		return;
	if (!*from && strcmp(to, "None"))
		deny_address(judging,
		    "only the address that the Service already has is accepted",
		    true);
	else
		deny_address(judging,
		    "a Service keeps its address, or has none, as long as it "
		    "exists",
		    false);
}

static void judge_balancer(struct judging *judging)
{
	if (is_type(judging->before->seldom->kept, "LoadBalancer") &&
	    is_type(judging->after->seldom->kept, "LoadBalancer"))
		deny_change(judging, "spec.loadBalancerClass",
		    "the field is immutable while the type is LoadBalancer",
		    "use another name, or another type in between");
}

static bool needs_health_port(const struct kept *kept)
{
	return is_type(kept, "LoadBalancer") &&
	       !strcmp(kept_value(kept, "spec.externalTrafficPolicy"), "Local");
}

/* A port of 0 is none: the API server chooses one, or keeps it. */
static const struct kept_leaf *health_port_of(const struct kept *kept)
{
	const struct kept_leaf *leaf =
	    kept_find(kept, "spec.healthCheckNodePort");

	return leaf && !leaf->is_null && leaf->number > 0 ? leaf : NULL;
}

static void judge_health_port(struct judging *judging)
{
	static const char path[] = "spec.healthCheckNodePort";
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	struct denied denied = {
	    .path = path,
	    .from = health_port_of(old),
	    .to = health_port_of(new),
	    .text = "the field is immutable while both versions need one",
	    .way_out = "keep the old number, or leave it out",
	};

	if (!needs_health_port(old) || !needs_health_port(new) || !denied.to ||
	    !differs(judging, path) || (judging->is_back && !denied.from))
		return;
	denied.unsure = !denied.from;
	deny(judging, &denied);
}

static void judge_families(struct judging *judging)
{
	static const char path[] = "spec.ipFamilies[0]";
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	const char *policy = kept_value(new, "spec.ipFamilyPolicy");

	if (is_type(old, "ExternalName") || is_type(new, "ExternalName") ||
	    is_headless(old))
		return;
	if (kept_find(old, path) && kept_find(new, path))
		deny_change(judging, path,
		    "a Service keeps its first address family as long as it "
		    "exists",
		    "list the old family first, and the new one after it");
	if (kept_find(old, "spec.ipFamilies[1]") && kept_find(new, path) &&
	    !kept_find(new, "spec.ipFamilies[1]") && *policy &&
	    strcmp(policy, "SingleStack"))
		deny_change(judging, "spec.ipFamilies[1]",
		    "a second family can be removed only with SingleStack",
		    "ipFamilyPolicy: SingleStack");
}

/* Without a selector and a policy a headless Service is made for both families;
 * with one it must be able to have both
 * (defaultOnWrite...() of pkg/registry/core/service/storage). */
static void judge_adopted(struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	struct denied denied = {
	    .path = "spec.selector",
	    .text = "a headless Service without it was created for two address "
		    "families, which a cluster with one family refuses now",
	    .way_out = "set ipFamilyPolicy: SingleStack, too",
	};

	if (is_headless(old) && is_headless(new) &&
	    !kept_has(old, "spec.selector") && kept_has(new, "spec.selector") &&
	    !kept_has(old, "spec.ipFamilyPolicy") &&
	    !kept_has(new, "spec.ipFamilyPolicy"))
		deny(judging, &denied);
}

void judge_service(struct judging *judging)
{
	judge_address(judging);
	judge_balancer(judging);
	judge_health_port(judging);
	judge_families(judging);
	judge_adopted(judging);
}

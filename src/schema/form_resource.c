/* A text -> whether it is the name of a resource, a limit, or a group and its
 * version. */
#include "schema/form.h"

/* schema.ParseGroupVersion of apimachinery */
bool form_group_version(struct slice text)
{
	ptrdiff_t slash = slice_find(text, SLICE("/"), 0);

	return slash < 0 || slice_find(text, SLICE("/"), (size_t)slash + 1) < 0;
}

/* ValidateAPIVersion of k8s.io/kubernetes/pkg/apis/autoscaling/validation */
bool form_version_of_group(struct slice text)
{
	return form_group_version(text) && slice_find(text, SLICE("/"), 0) > 0;
}

static bool is_listed(struct slice text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(text, list[i]))
			return true;
	}
	return false;
}

/* What is counted or measured, by the helpers of
 * k8s.io/kubernetes/pkg/apis/core: a name with a domain, or one of these. */
static bool is_resource_of(
    struct slice text, const char *const *names, size_t n)
{
	if (!form_label_key(text))
		return false;
	return slice_find(text, SLICE("/"), 0) >= 0 ||
	       is_listed(text, names, n) ||
	       slice_starts(text, SLICE("hugepages-")) ||
	       slice_starts(text, SLICE("requests.hugepages-"));
}

/* standardQuotaResources */
static const char *const quota_names[] = {"cpu", "memory", "ephemeral-storage",
    "requests.cpu", "requests.memory", "requests.storage",
    "requests.ephemeral-storage", "limits.cpu", "limits.memory",
    "limits.ephemeral-storage", "pods", "resourcequotas", "services",
    "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps",
    "services.nodeports", "services.loadbalancers"};

bool form_quota_name(struct slice text)
{
	return is_resource_of(text, quota_names, COUNT_OF(quota_names));
}

/* standardResources: those of quotas, and storage. */
bool form_resource_name(struct slice text)
{
	return slice_is(text, "storage") || form_quota_name(text);
}

/* validateLimitRangeTypeName */
bool form_limit_type(struct slice text)
{
	static const char *const types[] = {
	    "Container", "Pod", "PersistentVolumeClaim"};

	return is_listed(text, types, COUNT_OF(types)) ||
	       (form_label_key(text) && slice_find(text, SLICE("/"), 0) >= 0);
}

/* A text -> whether it is the name of a resource, a limit, a disk, a group and
 * its version, or what a route matches. */
#include "schema/form.h"

#include <string.h>

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

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

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_iscsi_char(char c)
{
	return is_word(c) || c == '-' || c == '.';
}

/* iqn.2026-01.com.example:disk */
static bool is_iqn(struct slice text)
{
	static const char like[] = "iqn.0000-00.";
	size_t i = strlen(like);

	for (size_t j = 0; j < i; j++) {
		if (j >= text.len || (like[j] == '0' ? !is_digit(text.ptr[j])
						     : text.ptr[j] != like[j]))
			return false;
	}
	while (i < text.len && is_iscsi_char(text.ptr[i]))
		i++;
	if (i == strlen(like) || i + 1 >= text.len || text.ptr[i] != ':')
		return false;
	for (; i < text.len; i++) {
		if (memchr(",;*&$| \t\n", text.ptr[i], 9))
			return false;
	}
	return true;
}

/* iscsiInitiatorIqnRegex and those of the other prefixes of
 * k8s.io/kubernetes/pkg/apis/core/validation */
bool form_iscsi_name(struct slice text)
{
	size_t digits = slice_starts(text, SLICE("eui"))   ? 16
			: slice_starts(text, SLICE("naa")) ? 32
							   : 0;

	if (!digits)
		return is_iqn(text);
	if (text.len != strlen("eui.") + digits)
		return false;
	for (size_t i = strlen("eui."); i < text.len; i++) {
		if (!is_word(text.ptr[i]))
			return false;
	}
	return true;
}

/* validateFlockerVolumeSource of the same */
bool form_one_name(struct slice text)
{
	return slice_find(text, SLICE("/"), 0) < 0;
}

/* SplitHostPort() of Go's net: a host with a ':' in it has brackets around. */
static bool is_host_and_port(struct slice text)
{
	const char *last = memrchr(text.ptr, ':', text.len);
	const char *first = memchr(text.ptr, ':', text.len);
	bool has_brackets = slice_starts(text, SLICE("["));

	if (!last)
		return false;
	if (has_brackets && (last == text.ptr || last[-1] != ']'))
		return false;
	if (!has_brackets && first != last)
		return false;
	for (const char *c = text.ptr + has_brackets;
	     c < text.ptr + text.len; c++) {
		if (*c == '[' ||
		    (*c == ']' && !(has_brackets && c + 1 == last)))
			return false;
	}
	return true;
}

/* validateQuobyteVolumeSource of the same */
bool form_hosts_and_ports(struct slice text)
{
	size_t start = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != ',')
			continue;
		if (!is_host_and_port(
			(struct slice){text.ptr + start, i - start}))
			return false;
		start = i + 1;
	}
	return true;
}

/* Whether text ends in domain, in any case, alone or behind a '.'. */
static bool is_within(struct slice text, struct slice domain)
{
	struct slice end = slice_after(text, text.len - domain.len);

	if (text.len < domain.len)
		return false;
	for (size_t i = 0; i < domain.len; i++) {
		if ((end.ptr[i] | (is_word(end.ptr[i]) ? 32 : 0)) !=
		    domain.ptr[i])
			return false;
	}
	return text.len == domain.len || end.ptr[-1] == '.';
}

/* validateFlexVolumeSource of the same */
bool form_own_option(struct slice text)
{
	ptrdiff_t slash = slice_find(text, SLICE("/"), 0);
	struct slice domain = {text.ptr, slash < 0 ? text.len : (size_t)slash};

	return !is_within(domain, SLICE("kubernetes.io")) &&
	       !is_within(domain, SLICE("k8s.io"));
}

/* validateAzureDisk of the same */
bool form_managed_disk(struct slice text)
{
	return slice_starts(text, SLICE("/subscriptions/"));
}

bool form_blob_url(struct slice text)
{
	return slice_starts(text, SLICE("https://"));
}

/* HTTPPathMatch of the Gateway API, of Exact and PathPrefix */
bool form_route_path(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '%') {
			if (text.len - i < 3 || !is_hex(text.ptr[i + 1]) ||
			    !is_hex(text.ptr[i + 2]))
				return false;
			i += 2;
		} else if (!is_alnum(c) &&
			   (!c || !strchr("-/._~!$&'()*+,;=:@", c))) {
			return false;
		}
	}
	return text.len > 0;
}

/* HTTPHeaderName of the same */
bool form_route_header(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!is_alnum(c) && (!c || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return text.len > 0;
}

/* A letter or '_', then those and digits. */
bool form_grpc_method(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_' && !is_alnum(text.ptr[i]))
			return false;
	}
	return text.len > 0 && (text.ptr[0] < '0' || text.ptr[0] > '9');
}

/* Such names with '.' between them, and maybe before them. */
bool form_grpc_service(struct slice text)
{
	size_t start = slice_starts(text, SLICE(".")) ? 1 : 0;

	for (size_t i = start; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '.')
			continue;
		if (!form_grpc_method(
			(struct slice){text.ptr + start, i - start}))
			return false;
		start = i + 1;
	}
	return true;
}

/* validateWindowsSecurityContextOptions: a domain is another's business. */
bool form_windows_user(struct slice text)
{
	ptrdiff_t slash = slice_find(text, SLICE("\\"), 0);
	struct slice user =
	    slash < 0 ? text : slice_after(text, (size_t)slash + 1);
	bool has_name = false;

	for (size_t i = 0; i < user.len; i++) {
		if (strchr("\"/\\:;|=,+*?<>@[]", user.ptr[i]))
			return false;
		has_name |= user.ptr[i] != '.' && user.ptr[i] != ' ';
	}
	return slash && has_name && user.len <= 104;
}

/* ValidateNonResourceURLPath of flowcontrol: one star, at the end of a part of
 * its own. */
bool form_flow_url(struct slice text)
{
	ptrdiff_t star = slice_find(text, SLICE("*"), 0);

	if (slice_is(text, "*") || slice_is(text, "/"))
		return true;
	if (!slice_starts(text, SLICE("/")) ||
	    slice_find(text, SLICE(" "), 0) >= 0 ||
	    slice_find(text, SLICE("//"), 0) >= 0)
		return false;
	return star < 0 ||
	       ((size_t)star + 1 == text.len && slice_ends(text, SLICE("/*")));
}

bool form_namespace_or_all(struct slice text)
{
	return slice_is(text, "*") || form_dns_label(text);
}

bool form_account_or_all(struct slice text)
{
	return slice_is(text, "*") || form_subdomain(text);
}

/* ValidFieldPath() of apiserver's cel, as far as its beginning goes. */
bool form_schema_path(struct slice text)
{
	return slice_starts(text, SLICE(".")) || slice_starts(text, SLICE("["));
}

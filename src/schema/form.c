/* A text -> whether it has a form: names, keys, paths and addresses, as
 * k8s.io/apimachinery/pkg/util/validation has them unless said otherwise. */
#include "schema/form.h"

#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

#define LABEL_MAX 63
#define SUBDOMAIN_MAX 253

bool form_some_text(struct slice text)
{
	return text.len > 0;
}

/* What characters of names are. */
enum char_class {
	SMALL = 1,
	LARGE = 2,
	DIGIT = 4,
	HYPHEN = 8,
	UNDERSCORE = 16,
	DOT = 32,
};

#define LETTER (SMALL | LARGE)
#define LOW (SMALL | DIGIT)
#define WORD (LETTER | DIGIT)

static const unsigned char classes[UCHAR_MAX + 1] = {
    ['a' ... 'z'] = SMALL,
    ['A' ... 'Z'] = LARGE,
    ['0' ... '9'] = DIGIT,
    ['-'] = HYPHEN,
    ['_'] = UNDERSCORE,
    ['.'] = DOT,
};

static bool is_of(char c, unsigned of)
{
	return classes[(unsigned char)c] & of;
}

/* Whether each byte is of the classes outer, or of inner, which does not stand
 * at either end. */
static bool is_made_of(struct slice text, unsigned outer, unsigned inner)
{
	if (!text.len || !is_of(text.ptr[0], outer) ||
	    !is_of(text.ptr[text.len - 1], outer))
		return false;
	for (size_t i = 1; i + 1 < text.len; i++) {
		if (!is_of(text.ptr[i], outer | inner))
			return false;
	}
	return true;
}

/* Takes what stands before the separator off the front of rest; false when
 * nothing was left.  A separator at the end is followed by an empty part. */
static bool take_part(struct slice *rest, char separator, struct slice *part)
{
	const char *end;

	if (!rest->ptr)
		return false;
	end = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	*part = *rest;
	if (!end) {
		*rest = (struct slice){NULL, 0};
		return true;
	}
	part->len = (size_t)(end - rest->ptr);
	rest->ptr = end + 1;
	rest->len -= part->len + 1;
	return true;
}

/* IsDNS1123Label */
bool form_dns_label(struct slice text)
{
	return text.len <= LABEL_MAX && is_made_of(text, LOW, HYPHEN);
}

/* IsDNS1035Label */
bool form_dns_1035(struct slice text)
{
	return form_dns_label(text) && is_of(text.ptr[0], SMALL);
}

/* CustomResourceDefinitionNames: a DNS-1035 label once it is in lower case. */
bool form_kind_name(struct slice text)
{
	return text.len <= LABEL_MAX && is_made_of(text, WORD, HYPHEN) &&
	       is_of(text.ptr[0], LETTER);
}

static bool is_domain(struct slice text, bool (*is_part)(struct slice))
{
	struct slice part;

	if (text.len > SUBDOMAIN_MAX)
		return false;
	while (take_part(&text, '.', &part)) {
		if (!is_part(part))
			return false;
	}
	return true;
}

static bool is_subdomain_part(struct slice part)
{
	return is_made_of(part, LOW, HYPHEN);
}

/* IsDNS1123Subdomain: its parts may be longer than labels. */
bool form_subdomain(struct slice text)
{
	return is_domain(text, is_subdomain_part);
}

static bool is_search_part(struct slice part)
{
	return is_made_of(part, LOW | UNDERSCORE, HYPHEN);
}

/* validatePodDNSConfig: a trailing dot is taken off, and one alone is the
 * root (since 1.34). */
bool form_search_domain(struct slice text)
{
	if (slice_is(text, "."))
		return true;
	if (slice_ends(text, SLICE(".")))
		text.len--;
	return is_domain(text, is_search_part);
}

/* IsWildcardDNS1123Subdomain, for texts with a star. */
bool form_wildcard_name(struct slice text)
{
	if (slice_starts(text, SLICE("*.")))
		text = (struct slice){text.ptr + 2, text.len - 2};
	return form_subdomain(text);
}

/* validateIngressRules: no IP address. */
bool form_host_name(struct slice text)
{
	return form_wildcard_name(text) && !form_ip(text);
}

static bool is_name_part(struct slice text)
{
	return text.len <= LABEL_MAX &&
	       is_made_of(text, WORD, HYPHEN | UNDERSCORE | DOT);
}

/* The part after the slash of a qualified name; false when what is before it
 * is no domain. */
static bool split_qualified(
    struct slice text, bool (*is_prefix)(struct slice), struct slice *ret_name)
{
	ptrdiff_t slash = slice_find(text, SLICE("/"), 0);

	*ret_name = text;
	if (slash < 0)
		return true;
	ret_name->ptr += slash + 1;
	ret_name->len -= (size_t)slash + 1;
	return is_prefix((struct slice){text.ptr, (size_t)slash});
}

/* IsQualifiedName */
bool form_label_key(struct slice text)
{
	struct slice name;

	return split_qualified(text, form_subdomain, &name) &&
	       is_name_part(name);
}

static bool is_any_case_part(struct slice part)
{
	return is_made_of(part, WORD, HYPHEN);
}

static bool is_any_case_domain(struct slice text)
{
	return is_domain(text, is_any_case_part);
}

/* ValidateAnnotations: the same once it is in lower case. */
bool form_annotation_key(struct slice text)
{
	struct slice name;

	return split_qualified(text, is_any_case_domain, &name) &&
	       is_name_part(name);
}

/* IsValidLabelValue */
bool form_label_value(struct slice text)
{
	return !text.len || is_name_part(text);
}

static bool is_path_char(char c)
{
	return is_of(c, WORD) || (c && strchr("._~!$&'()*+,;=:-/", c));
}

/* IsDomainPrefixedPath: its path is segments of RFC 3986. */
bool form_domain_path(struct slice text)
{
	ptrdiff_t slash = slice_find(text, SLICE("/"), 0);

	if (slash < 0 || (size_t)slash + 1 == text.len ||
	    !form_subdomain((struct slice){text.ptr, (size_t)slash}))
		return false;
	for (size_t i = (size_t)slash; i < text.len; i++) {
		if (!is_path_char(text.ptr[i]) && text.ptr[i] != '%')
			return false;
	}
	return true;
}

/* ValidateFinalizerName of metadata: a qualified name.  One without a slash
 * must be one of the API's own. */
bool form_finalizer(struct slice text)
{
	static const char *const own[] = {
	    "orphan", "foregroundDeletion", "kubernetes"};

	if (!form_label_key(text))
		return false;
	if (slice_find(text, SLICE("/"), 0) >= 0)
		return true;
	for (size_t i = 0; i < COUNT_OF(own); i++) {
		if (slice_is(text, own[i]))
			return true;
	}
	return false;
}

/* path.IsValidPathSegmentName */
bool form_segment(struct slice text)
{
	return !slice_is(text, ".") && !slice_is(text, "..") &&
	       !(text.len && (memchr(text.ptr, '/', text.len) ||
				 memchr(text.ptr, '%', text.len)));
}

/* IsValidPortName */
bool form_port_name(struct slice text)
{
	bool has_letter = false;

	for (size_t i = 0; i < text.len; i++)
		has_letter |= is_of(text.ptr[i], SMALL);
	return has_letter && text.len <= 15 && is_made_of(text, LOW, HYPHEN) &&
	       slice_find(text, SLICE("--"), 0) < 0;
}

/* IsRelaxedEnvVarName */
bool form_env_name(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < ' ' || text.ptr[i] > '~' ||
		    text.ptr[i] == '=')
			return false;
	}
	return text.len > 0;
}

/* IsConfigMapKey */
bool form_config_key(struct slice text)
{
	if (!text.len || text.len > SUBDOMAIN_MAX || slice_is(text, ".") ||
	    slice_starts(text, SLICE("..")))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_of(text.ptr[i], WORD | HYPHEN | UNDERSCORE | DOT))
			return false;
	}
	return true;
}

bool form_absolute_path(struct slice text)
{
	return slice_starts(text, SLICE("/"));
}

/* validatePathNoBacksteps of k8s.io/kubernetes/pkg/apis/core/validation */
bool form_no_backsteps(struct slice text)
{
	struct slice part;

	while (take_part(&text, '/', &part)) {
		if (slice_is(part, ".."))
			return false;
	}
	return true;
}

/* validateLocalDescendingPath of the same */
bool form_local_path(struct slice text)
{
	return !form_absolute_path(text) && form_no_backsteps(text);
}

/* validateLocalNonReservedPath of the same */
bool form_plain_path(struct slice text)
{
	return form_local_path(text) && !slice_starts(text, SLICE(".."));
}

/* ValidateCSIDriverName of the same: a domain once it is in lower case. */
bool form_csi_driver(struct slice text)
{
	return text.len <= LABEL_MAX && is_any_case_domain(text);
}

/* ValidateCronJobName(): 11 characters are left to the Jobs it makes. */
bool form_cron_job_name(struct slice text)
{
	return text.len <= LABEL_MAX - 11 && form_subdomain(text);
}

/* A label of its pods holds it. */
bool form_job_name(struct slice text)
{
	return text.len <= LABEL_MAX && form_subdomain(text);
}

/* NameIsDNSSubdomain with prefix: a dash at the end does no harm. */
bool form_name_prefix(struct slice text)
{
	if (slice_ends(text, SLICE("-")))
		text.len--;
	return !text.len || form_subdomain(text);
}

/* Takes a whole number off the front of text. */
static bool take_index(struct slice *text, int64_t *ret_value)
{
	size_t n = 0;

	while (n < text->len && is_of(text->ptr[n], DIGIT))
		n++;
	if (!slice_to_int((struct slice){text->ptr, n}, ret_value))
		return false;
	text->ptr += n;
	text->len -= n;
	return true;
}

/* validateIndexesFormat() of k8s.io/kubernetes/pkg/apis/batch/validation */
bool form_indexes(struct slice text)
{
	int64_t last = -1, first, end;
	struct slice range;

	while (take_part(&text, ',', &range)) {
		if (!take_index(&range, &first) || first <= last)
			return false;
		last = first;
		if (!range.len)
			continue;
		if (*range.ptr != '-')
			return false;
		range = (struct slice){range.ptr + 1, range.len - 1};
		if (!take_index(&range, &end) || range.len || end <= first)
			return false;
		last = end;
	}
	return true;
}

static bool is_sysctl_part(struct slice part)
{
	return is_made_of(part, LOW, HYPHEN | UNDERSCORE);
}

/* IsValidSysctlName of the same: parts between dots or slashes. */
bool form_sysctl(struct slice text)
{
	size_t start = 0;

	if (text.len > SUBDOMAIN_MAX)
		return false;
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '.' && text.ptr[i] != '/')
			continue;
		if (!is_sysctl_part(
			(struct slice){text.ptr + start, i - start}))
			return false;
		start = i + 1;
	}
	return true;
}

/* fieldpath.SplitMaybeSubscriptedPath(): PATH['KEY'] */
static bool is_subscripted(struct slice text)
{
	static const struct {
		const char *path;
		bool (*takes)(struct slice key);
	} paths[] = {
	    {"metadata.labels['", form_label_key},
	    {"metadata.annotations['", form_annotation_key},
	};

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct slice path = slice_of(paths[i].path);

		if (slice_starts(text, path) && text.len >= path.len + 2 &&
		    slice_ends(text, SLICE("']")))
			return paths[i].takes((struct slice){
			    text.ptr + path.len, text.len - path.len - 2});
	}
	return false;
}

/* validEnvDownwardAPIFieldPathExpressions of the same */
bool form_env_field(struct slice text)
{
	static const char *const paths[] = {"metadata.name",
	    "metadata.namespace", "metadata.uid", "spec.nodeName",
	    "spec.serviceAccountName", "status.hostIP", "status.hostIPs",
	    "status.podIP", "status.podIPs"};

	return slice_is_among(text, paths, COUNT_OF(paths)) ||
	       is_subscripted(text);
}

/* validVolumeDownwardAPIFieldPathExpressions of the same */
bool form_volume_field(struct slice text)
{
	static const char *const paths[] = {"metadata.name",
	    "metadata.namespace", "metadata.uid", "metadata.labels",
	    "metadata.annotations"};

	return slice_is_among(text, paths, COUNT_OF(paths)) ||
	       is_subscripted(text);
}

/* validContainerResourceFieldPathExpressions of the same */
bool form_resource_field(struct slice text)
{
	static const char *const resources[] = {"limits.cpu", "limits.memory",
	    "limits.ephemeral-storage", "requests.cpu", "requests.memory",
	    "requests.ephemeral-storage"};

	return slice_is_among(text, resources, COUNT_OF(resources)) ||
	       slice_starts(text, SLICE("limits.hugepages-")) ||
	       slice_starts(text, SLICE("requests.hugepages-"));
}

/* ValidateWebhookService: each part between slashes is a subdomain; one slash
 * may end it. */
bool form_service_path(struct slice text)
{
	struct slice part;

	if (!slice_starts(text, SLICE("/")))
		return false;
	if (text.len == 1)
		return true;
	text = (struct slice){text.ptr + 1, text.len - 1};
	if (slice_ends(text, SLICE("/")))
		text.len--;
	while (take_part(&text, '/', &part)) {
		if (!form_subdomain(part))
			return false;
	}
	return true;
}

/* IsHTTPHeaderName */
bool form_http_header(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_of(text.ptr[i], WORD) && text.ptr[i] != '-')
			return false;
	}
	return text.len > 0;
}

/* The family of an address and its bytes; 0 for none. */
static int parse_ip(struct slice text, unsigned char bytes[16])
{
	char copy[INET6_ADDRSTRLEN];

	if (!text.len || text.len >= sizeof(copy) ||
	    memchr(text.ptr, '\0', text.len))
		return 0;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET, copy, bytes) == 1)
		return AF_INET;
	return inet_pton(AF_INET6, copy, bytes) == 1 ? AF_INET6 : 0;
}

/* IsValidIP; netutils.ParseIPSloppy, which takes leading zeros, is for
 * objects that exist. */
bool form_ip(struct slice text)
{
	unsigned char bytes[16];

	return parse_ip(text, bytes) != 0;
}

bool form_ipv4(struct slice text)
{
	unsigned char bytes[16];

	return parse_ip(text, bytes) == AF_INET;
}

bool form_ipv6(struct slice text)
{
	unsigned char bytes[16];

	return parse_ip(text, bytes) == AF_INET6;
}

bool cidr_parse(struct slice text, struct cidr *ret_cidr)
{
	ptrdiff_t slash = slice_find(text, SLICE("/"), 0);
	struct slice prefix;
	int64_t bits;
	int family;

	if (slash < 0)
		return false;
	prefix =
	    (struct slice){text.ptr + slash + 1, text.len - (size_t)slash - 1};
	family = parse_ip(
	    (struct slice){text.ptr, (size_t)slash}, ret_cidr->address);
	if (!family || !prefix.len || !is_of(prefix.ptr[0], DIGIT) ||
	    (prefix.len > 1 && prefix.ptr[0] == '0') ||
	    !slice_to_int(prefix, &bits) ||
	    bits > (family == AF_INET ? 32 : 128))
		return false;
	ret_cidr->is_v6 = family == AF_INET6;
	ret_cidr->bits = (unsigned)bits;
	return true;
}

/* IsValidCIDR */
bool form_cidr(struct slice text)
{
	struct cidr cidr;

	return cidr_parse(text, &cidr);
}

/* ValidateService: blanks around it are taken off. */
bool form_source_range(struct slice text)
{
	return form_cidr(slice_trim(text));
}

static bool bit_of(const unsigned char *bytes, unsigned number)
{
	return bytes[number / 8] >> (7 - number % 8) & 1;
}

/* The same without bits that its prefix does not cover. */
bool form_cidr_network(struct slice text)
{
	struct cidr cidr;

	if (!cidr_parse(text, &cidr))
		return false;
	for (unsigned i = cidr.bits; i < (cidr.is_v6 ? 128u : 32u); i++) {
		if (bit_of(cidr.address, i))
			return false;
	}
	return true;
}

bool cidr_is_within(const struct cidr *inner, const struct cidr *outer)
{
	if (inner->is_v6 != outer->is_v6 || inner->bits <= outer->bits)
		return false;
	for (unsigned i = 0; i < outer->bits; i++) {
		if (bit_of(inner->address, i) != bit_of(outer->address, i))
			return false;
	}
	return true;
}

static bool is_percentage(struct slice text, int64_t most)
{
	int64_t value = 0;

	if (text.len < 2 || text.ptr[text.len - 1] != '%')
		return false;
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (!is_of(text.ptr[i], DIGIT))
			return false;
		if (value <= most)
			value = value * 10 + (text.ptr[i] - '0');
	}
	return value <= most;
}

/* ValidatePositiveIntOrPercent of k8s.io/kubernetes/pkg/apis/apps/validation,
 * of texts; GetScaledValueFromIntOrPercent reads up to int32 of them. */
bool form_amount(struct slice text)
{
	return is_percentage(text, INT32_MAX);
}

/* The same with IsNotMoreThan100Percent. */
bool form_part(struct slice text)
{
	return is_percentage(text, 100);
}

/* encoding/base64 of Go: padded, lines broken anywhere. */
bool form_base64(struct slice text)
{
	size_t n = 0, padding = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n' || c == '\r')
			continue;
		if (c == '=')
			padding++;
		else if (padding || !(is_of(c, WORD) || c == '+' || c == '/'))
			return false;
		n++;
	}
	return n % 4 == 0 && padding <= 2;
}

/* ValidateServiceClusterIPsRelatedFields of
 * k8s.io/kubernetes/pkg/apis/core/validation */
bool form_cluster_ip(struct slice text)
{
	return slice_is(text, "None") || form_ip(text);
}

/* ValidateNonSpecialIP of the same: not unspecified, loopback, link-local. */
bool form_routable_ip(struct slice text)
{
	static const unsigned char none[16] = {0}, own[16] = {[15] = 1};
	unsigned char bytes[16] = {0};
	int family = parse_ip(text, bytes);

	if (family == AF_INET6)
		return memcmp(bytes, none, sizeof(none)) != 0 &&
		       memcmp(bytes, own, sizeof(own)) != 0 &&
		       !(bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80) &&
		       !(bytes[0] == 0xFF && (bytes[1] & 0x0F) == 0x02);
	if (!family)
		return false;
	return memcmp(bytes, none, 4) != 0 && bytes[0] != 127 &&
	       !(bytes[0] == 169 && bytes[1] == 254) &&
	       !(bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0);
}

/* ValidateService: a dot at the end is taken off. */
bool form_external_name(struct slice text)
{
	if (slice_ends(text, SLICE(".")))
		text.len--;
	return form_subdomain(text);
}

/* validateSimpleJSONPath of apiextensions-apiserver */
bool form_json_path(struct slice text)
{
	return slice_starts(text, SLICE("."));
}

/* strings.TrimSpace() leaves it as it is. */
bool form_trimmed(struct slice text)
{
	return slice_trim(text).len == text.len;
}

/* validateHTTPIngressPath of k8s.io/kubernetes/pkg/apis/networking/validation:
 * what a path of type Exact or Prefix may not have in it or end in. */
/* hasNewlines() of the validation of admission policies: blanks around it do
 * not count, and alone are no message. */
bool form_one_line(struct slice text)
{
	struct slice trimmed = slice_trim(text);

	return trimmed.len && !memchr(trimmed.ptr, '\n', trimmed.len) &&
	       !memchr(trimmed.ptr, '\r', trimmed.len);
}

bool form_ingress_path(struct slice text)
{
	static const char *const parts[] = {"//", "/./", "/../", "%2f", "%2F"};

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (slice_find(text, slice_of(parts[i]), 0) >= 0)
			return false;
	}
	return !slice_ends(text, SLICE("/..")) &&
	       !slice_ends(text, SLICE("/."));
}

/* KeyUsage of pkg/apis/certificates */
bool form_key_usage(struct slice text)
{
	static const char *const usages[] = {"signing", "digital signature",
	    "content commitment", "key encipherment", "key agreement",
	    "data encipherment", "cert sign", "crl sign", "encipher only",
	    "decipher only", "any", "server auth", "client auth",
	    "code signing", "email protection", "s/mime", "ipsec end system",
	    "ipsec tunnel", "ipsec user", "timestamping", "ocsp signing",
	    "microsoft sgc", "netscape sgc"};

	for (size_t i = 0; i < COUNT_OF(usages); i++) {
		if (slice_is(text, usages[i]))
			return true;
	}
	return false;
}

/* ValidateCustomResourceDefinitionSubresources() of apiextensions */
bool form_spec_path(struct slice text)
{
	return slice_starts(text, SLICE(".spec."));
}

bool form_status_path(struct slice text)
{
	return slice_starts(text, SLICE(".status."));
}

bool form_spec_or_status_path(struct slice text)
{
	return form_spec_path(text) || form_status_path(text);
}

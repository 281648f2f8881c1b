/* What several NetworkPolicies make of a workload's network together. */
#include "fact/network/network.h"

#include "fact/service/service.h"
#include "fact/test_release.h"

#include <stdio.h>
#include <string.h>

#define MOST_POLICIES 3

/* A Deployment, a Service and the specs of NetworkPolicies for its pods. */
static void init(struct test_release *test, const char *pod,
    const char *service, const char *const *specs)
{
	char yaml[4000];
	size_t n = (size_t)snprintf(yaml, sizeof(yaml),
	    "apiVersion: apps/v1\n"
	    "kind: Deployment\n"
	    "metadata: {name: web}\n"
	    "spec:\n"
	    "  selector: {matchLabels: {app: web}}\n"
	    "  template: {metadata: {labels: {app: web}}, spec: {%s}}\n"
	    "---\n"
	    "apiVersion: v1\n"
	    "kind: Service\n"
	    "metadata: {name: web}\n"
	    "spec: {selector: {app: web}, ports: [%s]}\n",
	    pod, service);

	for (size_t i = 0; i < MOST_POLICIES && specs[i]; i++)
		n += (size_t)snprintf(yaml + n, sizeof(yaml) - n,
		    "---\n"
		    "apiVersion: networking.k8s.io/v1\n"
		    "kind: NetworkPolicy\n"
		    "metadata: {name: p%zu}\n"
		    "spec: {%s}\n",
		    i, specs[i]);
	test_release_init(test, yaml, NULL);
}

static const char *spelled(struct fact fact)
{
	return fact.state == FACT_UNKNOWN ? "unknown"
	       : fact.has_value		  ? fact.text
					  : "none";
}

#define TYPES "policyTypes: [Ingress, Egress], "
#define DNS_PORTS "ports: [{protocol: UDP, port: 53}, {port: 53}]"
#define TO_PODS "to: [{podSelector: {}}]"
#define TO_RANGE "to: [{ipBlock: {cidr: 10.0.0.0/8}}]"

struct egress_row {
	const char *specs[MOST_POLICIES];
	const char *mode, *reach, *dns; /* dns: what is blocked */
	uint32_t line;			/* of the mode */
};

/* Where the spec of a policy is, all on one line, and its kind: five lines a
 * policy, behind eleven. */
#define SPEC_LINE(number) (11 + 5 * (uint32_t)(number) + 5)
#define KIND_LINE(number) (SPEC_LINE(number) - 2)

static void expect_egress(const struct egress_row *row)
{
	struct test_release test;
	const struct workload *web;
	struct fact mode;

	init(&test, "containers: [{name: a}]", "", row->specs);
	web = test_workload(&test, "web");
	mode = fact_workload_egress_mode(test.release, web);
	cr_assert_str_eq(spelled(mode), row->mode, "%s: %s",
	    row->specs[0] ? row->specs[0] : "", spelled(mode));
	cr_assert_str_eq(spelled(fact_workload_egress_reach(test.release, web)),
	    row->reach, "%s", row->specs[0]);
	cr_assert_str_eq(spelled(fact_workload_dns_blocked(test.release, web)),
	    row->dns, "%s", row->specs[0]);
	test_expect_bool(fact_workload_dns_allowed(test.release, web),
	    !strcmp(row->dns, "none")	   ? "true"
	    : !strcmp(row->dns, "unknown") ? "unknown"
					   : "false");
	cr_assert_eq(mode.line, row->line, "%s: line %u", row->specs[0],
	    (unsigned)mode.line);
	test_release_free(&test);
}

/* One flat table. */
Test(fact_network, egress)
{
	static const struct egress_row rows[] = {
	    {{NULL}, "disabled", "none", "none", 0},
	    /* policyTypes: left out, empty, of one direction, a placeholder. */
	    {{"podSelector: {}"}, "disabled", "none", "none", KIND_LINE(0)},
	    {{"egress: []"}, "disabled", "none", "none", SPEC_LINE(0)},
	    {{"egress: [{}]"}, "custom", "anything", "none", SPEC_LINE(0)},
	    {{"policyTypes: [], egress: [{}]"}, "custom", "anything", "none",
		SPEC_LINE(0)},
	    {{"policyTypes: [Ingress], egress: [{}]"}, "disabled", "none",
		"none", SPEC_LINE(0)},
	    {{"policyTypes: [Egress]"}, "custom", "nothing", "UDP and TCP",
		SPEC_LINE(0)},
	    {{"policyTypes: ['${X}'], egress: [{}]"}, "unknown", "unknown",
		"unknown", 0},
	    {{"policyTypes: x"}, "unknown", "unknown", "unknown", 0},
	    {{"policyTypes: [Egress], egress: x"}, "unknown", "unknown",
		"unknown", 0},
	    /* Peers. */
	    {{TYPES "egress: [{" TO_PODS "}]"}, "cluster-aware", "pods", "none",
		SPEC_LINE(0)},
	    {{TYPES "egress: [{to: [{namespaceSelector: {}}]}]"},
		"cluster-aware", "pods", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_RANGE "}]"}, "internet-only",
		"address ranges", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_RANGE "}, {" TO_PODS "}]"}, "custom",
		"pods and address ranges", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{to: []}]"}, "custom", "anything", "none",
		SPEC_LINE(0)},
	    {{TYPES "egress: [{to: [{}]}]"}, "custom", "anything", "none",
		SPEC_LINE(0)},
	    /* DNS is put aside, unless it is all there is. */
	    {{TYPES "egress: [{" TO_RANGE "}, {" TO_PODS ", " DNS_PORTS "}]"},
		"internet-only", "address ranges", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_PODS "}, {" DNS_PORTS "}]"},
		"cluster-aware", "pods", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_PODS ", " DNS_PORTS "}]"}, "cluster-aware",
		"pods", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" DNS_PORTS "}]"}, "custom", "anything", "none",
		SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_RANGE "}, {" TO_PODS
		    ", ports: [{port: 53}, {port: 54}]}]"},
		"custom", "pods and address ranges", "none", SPEC_LINE(0)},
	    /* Ports of DNS. */
	    {{TYPES "egress: [{ports: [{port: 53}]}]"}, "custom", "anything",
		"UDP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{protocol: UDP}]}]"}, "custom",
		"anything", "TCP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: 50, endPort: 60}]}]"}, "custom",
		"anything", "UDP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: 54, endPort: 65535}]}]"},
		"custom", "anything", "UDP and TCP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: 50, endPort: 40}]}]"}, "custom",
		"nothing", "UDP and TCP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: -9223372036854775808, endPort: "
		    "9223372036854775807}]}]"},
		"custom", "nothing", "UDP and TCP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: '53'}]}]"}, "custom", "anything",
		"UDP and TCP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: dns}, {port: 53}]}]"}, "custom",
		"anything", "UDP", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: domain}]}]"}, "custom",
		"anything", "unknown", SPEC_LINE(0)},
	    {{TYPES "egress: [{ports: [{port: 53, protocol: '${P}'}]}]"},
		"custom", "anything", "none", SPEC_LINE(0)},
	    /* Policies add up; the one that makes the mode is shown. */
	    {{"policyTypes: [Egress]", TYPES "egress: [{" TO_PODS "}]"},
		"cluster-aware", "pods", "none", SPEC_LINE(1)},
	    {{TYPES "egress: [{" TO_PODS "}]", "policyTypes: [Egress]"},
		"cluster-aware", "pods", "none", SPEC_LINE(0)},
	    {{TYPES "egress: [{" TO_PODS ", ports: [{port: 53}]}]",
		 "policyTypes: [Ingress], egress: [{}]",
		 TYPES "egress: [{" TO_RANGE
		       ", ports: [{port: 53, protocol: UDP}, {port: 443}]}]"},
		"internet-only", "address ranges", "none", SPEC_LINE(2)},
	    {{"podSelector: {matchLabels: {app: api}}, egress: [{}]"},
		"disabled", "none", "none", 0},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_egress(&rows[i]);
}

struct ingress_row {
	const char *service; /* its ports */
	const char *specs[MOST_POLICIES];
	const char *blocked;
};

#define PORTS                                                                \
	"containers: [{name: a, ports: [{name: http, containerPort: 8080}, " \
	"{name: dns, containerPort: 53, protocol: UDP}]}, "                  \
	"{name: b, ports: [{name: admin, containerPort: 9090}, "             \
	"{name: odd, containerPort: '${P}'}]}]"

static void expect_ingress(const struct ingress_row *row)
{
	struct test_release test;
	const struct workload *web;
	struct fact blocked;

	init(&test, PORTS, row->service, row->specs);
	web = test_workload(&test, "web");
	blocked = fact_workload_blocked_ports(test.release, web);
	cr_assert_str_eq(spelled(blocked), row->blocked, "%s: %s",
	    row->specs[0], spelled(blocked));
	test_expect_list(ENTITY_service,
	    fact_workload_blocked_services(test.release, web),
	    strchr(row->blocked, '(') ? "web" : "");
	test_release_free(&test);
}

#define HTTP "{port: 80, targetPort: http}"
#define INGRESS(ports) "ingress: [{ports: [" ports "]}]"

/* One flat table. */
Test(fact_network, ingress)
{
	static const struct ingress_row rows[] = {
	    {HTTP, {NULL}, "none"},
	    {HTTP, {"policyTypes: [Egress]"}, "none"},
	    {HTTP, {"policyTypes: ['${X}']"}, "unknown"},
	    {HTTP, {"podSelector: {}"}, "http 8080 (Service 'web')"},
	    {HTTP, {"ingress: [{}]"}, "none"},
	    {HTTP, {"ingress: '${RULES}'"}, "none"},
	    {HTTP, {"ingress: [{from: [{podSelector: {}}]}]"}, "none"},
	    {HTTP, {INGRESS("{port: 8080}")}, "none"},
	    {HTTP, {INGRESS("{port: http}")}, "none"},
	    {HTTP, {INGRESS("{protocol: TCP}")}, "none"},
	    {HTTP, {INGRESS("{port: 8000, endPort: 8080}")}, "none"},
	    {HTTP, {INGRESS("{port: 8000, endPort: '${END}'}")}, "none"},
	    {HTTP, {INGRESS("{port: 8080, protocol: '${P}'}")}, "none"},
	    {HTTP, {INGRESS("{port: odd}")}, "none"},
	    {HTTP, {INGRESS("{port: 80}")}, "http 8080 (Service 'web')"},
	    {HTTP, {INGRESS("{port: '8080'}")}, "http 8080 (Service 'web')"},
	    {HTTP, {INGRESS("{port: admin}, {port: none}")},
		"http 8080 (Service 'web')"},
	    {HTTP, {INGRESS("{port: 8080, protocol: UDP}")},
		"http 8080 (Service 'web')"},
	    {HTTP, {INGRESS("{port: 8081, endPort: 8080}, {port: 65536}")},
		"http 8080 (Service 'web')"},
	    {HTTP, {"podSelector: {}", INGRESS("{port: 1}"), "ingress: [{}]"},
		"none"},
	    {HTTP, {"podSelector: {}", "policyTypes: [Egress], ingress: [{}]"},
		"http 8080 (Service 'web')"},
	    /* The number of a target, its protocol, ports twice. */
	    {"{port: 9090}, {port: 80, targetPort: 9090}, {port: 53, protocol: "
	     "UDP, targetPort: dns}",
		{"podSelector: {}"},
		"9090 (Service 'web'), dns 53/UDP (Service 'web')"},
	    {"{port: 9090}", {INGRESS("{port: admin}")}, "none"},
	    {"{port: 53}", {INGRESS("{port: dns, protocol: UDP}")},
		"53 (Service 'web')"},
	    /* What leads nowhere, and what is unknown. */
	    {"{port: 99999}, {port: -1}", {"podSelector: {}"}, "none"},
	    {"{port: 1, targetPort: none}, {port: 2, targetPort: odd}, {port: "
	     "53, targetPort: dns}",
		{"podSelector: {}"}, "none"},
	    {"{port: 1}, {port: 2}, {port: 3}, {port: 4}, {port: 5}, {port: "
	     "6}, {port: 7}, {port: 8}, {port: 9}, {port: 10}",
		{INGRESS("{port: 2, endPort: 8}")},
		"1 (Service 'web'), 9 (Service 'web'), 10 (Service 'web')"},
	    {"{port: 1}, {port: 2}, {port: 3}, {port: 4}, {port: 5}, {port: "
	     "6}, {port: 7}, {port: 8}, {port: 9}",
		{INGRESS("{port: 2, endPort: 2}")},
		"1 (Service 'web'), 3 (Service 'web'), 4 (Service 'web'), "
		"5 (Service 'web'), 6 (Service 'web'), 7 (Service 'web'), "
		"8 (Service 'web'), 9 (Service 'web')"},
	    {"{port: 1}, {port: 2}, {port: 3}, {port: 4}, {port: 5}, {port: "
	     "6}, {port: 7}, {port: 8}, {port: 9}",
		{"podSelector: {}"},
		"1 (Service 'web'), 2 (Service 'web'), 3 (Service 'web'), "
		"4 (Service 'web'), 5 (Service 'web'), 6 (Service 'web'), "
		"7 (Service 'web'), 8 (Service 'web'), ..."},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_ingress(&rows[i]);
}

static void expect_isolated(const char *yaml, const char *namespace,
    const char *ingress, const char *egress)
{
	struct test_release test;
	const struct workload *web;

	test_release_init(&test, yaml, namespace);
	web = test_workload(&test, "web");
	test_expect_bool(
	    fact_workload_ingress_isolated(test.release, web), ingress);
	test_expect_bool(
	    fact_workload_egress_isolated(test.release, web), egress);
	test_release_free(&test);
}

#define POD(metadata, spec)                                         \
	"{apiVersion: v1, kind: Pod, metadata: {name: web" metadata \
	"}, spec: {containers: [{name: a}]" spec "}}\n"
#define POLICY(metadata, spec)                                          \
	"---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, " \
	"metadata: {name: p" metadata "}, spec: {" spec "}}\n"

Test(fact_network, isolation_is_three_valued)
{
	expect_isolated(POD("", ""), NULL, "false", "false");
	expect_isolated(POD("", "") POLICY("", ""), NULL, "true", "false");
	expect_isolated(
	    POD("", "") POLICY("", "egress: [{}]"), NULL, "true", "true");
	/* Another namespace than the release may have. */
	expect_isolated(POD("", "") POLICY(", namespace: a", ""), NULL,
	    "unknown", "unknown");
	expect_isolated(
	    POD("", "") POLICY(", namespace: a", ""), "a", "true", "false");
	expect_isolated(
	    POD("", "") POLICY(", namespace: a", ""), "b", "false", "false");
	/* One that is sure is enough. */
	expect_isolated(POD("", "") POLICY(", namespace: a", "egress: [{}]")
			    POLICY("", ""),
	    NULL, "true", "unknown");
	/* No policy reaches the network of the node. */
	expect_isolated(POD("", ", hostNetwork: true") POLICY("", ""), NULL,
	    "unknown", "unknown");
	expect_isolated(POD("", ", hostNetwork: '${H}'") POLICY("", ""), NULL,
	    "unknown", "unknown");
}

#define DENIED(name, app)                                                    \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " name \
	"}\nspec: {template: {metadata: {labels: {app: " app "}}}}\n"

/* How many share what the same rules keep from them; the first has it. */
Test(fact_network, dns_is_denied_to_all_at_one_place)
{
	static const struct {
		const char *name;
		size_t n;
	} cases[] = {{"a", 2}, {"b", 0}, {"web", 1}};
	struct test_release test;

	test_release_init(&test,
	    POLICY("",
		"policyTypes: [Egress]") "---\napiVersion: "
					 "networking.k8s.io/v1\nkind: "
					 "NetworkPolicy\n"
					 "metadata: {name: udp}\nspec: "
					 "{podSelector: {matchLabels: {app: "
					 "web}}, egress: [{ports: [{protocol: "
					 "UDP, port: 53}]}]}\n" DENIED("a", "a")
					     DENIED("web", "web")
						 DENIED("b", "b"),
	    NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct workload *workload =
		    test_entity(&test, ENTITY_workload, cases[i].name);

		cr_assert_eq(
		    fact_workload_dns_denied(test.release, workload).list->n,
		    cases[i].n, "%s", cases[i].name);
	}
	test_release_free(&test);
}

/* A Deployment and its Service. */
#define SERVED(name)                                                          \
	"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " name  \
	"}\nspec: {template: {metadata: {labels: {app: " name                 \
	"}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}}" \
	"\n---\napiVersion: v1\nkind: Service\nmetadata: {name: " name        \
	"}\nspec: {selector: {app: " name "}, ports: [{port: 80}]}\n"

static size_t count(const struct entity_list *list)
{
	return list ? list->n : 0;
}

/* One policy over many is one mistake; what has another policy is another. */
Test(fact_network, shared_rules)
{
	static const struct {
		const char *name;
		size_t nports, nmode;
	} cases[] = {{"a", 2, 3}, {"b", 0, 0}, {"open", 0, 0}};
	struct test_release test;

	test_release_init(&test,
	    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
	    "metadata: {name: all}\n"
	    "spec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n"
	    "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
	    "metadata: {name: open}\nspec: {podSelector: {matchLabels: {app: "
	    "open}}, ingress: [{}]}\n"
	    "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n"
	    "spec: {template: {metadata: {labels: {app: a}}, spec: "
	    "{containers: [{name: j}]}}}\n" SERVED("a") SERVED("b")
		SERVED("open"),
	    NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct workload *workload =
		    test_workload(&test, cases[i].name);

		cr_assert_eq(count(workload->ports_denied), cases[i].nports,
		    "%s", cases[i].name);
		cr_assert_eq(count(workload->mode_sharers), cases[i].nmode,
		    "%s", cases[i].name);
	}
	cr_assert_eq(count(test_workload(&test, "j")->mode_sharers), 0);
	test_release_free(&test);
}

Test(fact_network, list_of_an_alias_has_a_place)
{
	struct test_release test;
	const struct networkpolicy *policy;

	test_release_init(&test,
	    "apiVersion: networking.k8s.io/v1\n"
	    "kind: NetworkPolicy\n"
	    "metadata: {name: p, x: [&t [Ingress], &e [{}], &s {matchLabels: "
	    "{a: b}}]}\n"
	    "spec: {podSelector: *s, policyTypes: *t, egress: *e}\n",
	    NULL);
	policy = test_entity(&test, ENTITY_networkpolicy, "p");
	cr_assert_eq(policy->egress_rules.line, 3);
	cr_assert_eq(policy->isolates_egress.line, 3);
	cr_assert_eq(policy->selector.line, 3);
	test_release_free(&test);
}

/* Whether DNS is let out and, where it is not, whether only of pods next door;
 * policy and pods are in the namespace. */
static void expect_near(const char *namespace, const char *egress,
    const char *container, const char *allowed, bool near)
{
	struct test_release test;
	struct buf yaml = {0};
	const struct workload *web;

	buf_printf(&yaml,
	    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
	    "metadata: {name: p}\n"
	    "spec: {podSelector: {}, policyTypes: [Egress], egress: [%s]}\n"
	    "---\n"
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
	    "spec: {selector: {matchLabels: {app: web}}, template: {metadata: "
	    "{labels: {app: web}}, spec: {containers: [{name: c%s}]}}}\n",
	    egress, container);
	test_release_init(&test, buf_text(&yaml), namespace);
	web = test_workload(&test, "web");
	test_expect_bool(fact_workload_dns_allowed(test.release, web), allowed);
	test_expect_bool(
	    fact_workload_dns_near(test.release, web), near ? "true" : "false");
	test_release_free(&test);
	buf_release(&yaml);
}

#define NEAR "{to: [{podSelector: {}}]}"

/* A podSelector alone is for the policy's own namespace. */
Test(fact_network, dns_of_the_own_namespace)
{
	expect_near("shop", NEAR, "", "false", true);
	expect_near("shop", "{to: [{podSelector: {}}], ports: [{port: 53}]}",
	    "", "false", true);
	/* One of two peers, or another rule, is for other namespaces. */
	expect_near("shop",
	    "{to: [{podSelector: {}}, {podSelector: {}, namespaceSelector: "
	    "{}}]}",
	    "", "true", false);
	expect_near("shop", NEAR ", {to: [{ipBlock: {cidr: 10.0.0.0/8}}]}", "",
	    "true", false);
	/* Where DNS may be next door. */
	expect_near(NULL, NEAR, "", "true", false);
	expect_near("kube-system", NEAR, "", "true", false);
	expect_near("openshift-dns", NEAR, "", "true", false);
	expect_near("shop", NEAR,
	    ", ports: [{containerPort: 53, protocol: UDP}]", "true", false);
	/* No rule at all is for nobody, next door or not. */
	expect_near("shop", "", "", "false", false);
}

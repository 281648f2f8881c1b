/* Unit tests: which running pods new NetworkPolicies shut out. */
#include "fact/change/test_sides.h"
#include "fact/overlap/overlap.h"

#include <string.h>

static void spell_exclusions(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_exclusion];

	relate_overlap(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct exclusion *exclusion = list->items[i];

		buf_printf(buf, "%s%s %s %s", i ? ", " : "",
		    exclusion->way.text, exclusion->manifest->name,
		    exclusion->workload->manifest->name);
	}
}

#define MADE(name, labels, more)                                            \
	OBJECT("apps/v1", "Deployment", name,                               \
	    "spec: {selector: {matchLabels: {app: " name                    \
	    "}}, template: {metadata: {labels: {app: " name labels          \
	    "}}, spec: {" more "containers: [{name: c, image: 'i', ports: " \
	    "[{containerPort: 80}]}]}}}")                                   \
	"---\n"
#define POLICY(name, selector, rest)                          \
	OBJECT("networking.k8s.io/v1", "NetworkPolicy", name, \
	    "spec: {podSelector: {" selector "}, " rest "}")  \
	"---\n"
#define LABELS(labels) "matchLabels: {" labels "}"
#define LETS_FROM(peers)                        \
	POLICY("p", LABELS("app: db"),          \
	    "policyTypes: [Ingress], ingress: " \
	    "[{from: [" peers "]}]")
#define LETS_TO(peers)                        \
	POLICY("p", LABELS("app: web"),       \
	    "policyTypes: [Egress], egress: " \
	    "[{to: [" peers "]}]")
#define DB(labels, more) MADE("db", labels, more)
#define WEB(labels, more) MADE("web", labels, more)
#define LEADS_TO(name, target)                                \
	OBJECT("v1", "Service", name,                         \
	    "spec: {selector: {app: " name                    \
	    "}, ports: [{port: 1, targetPort: " target "}]}") \
	"---\n"
#define ONE(labels) "{podSelector: {" LABELS(labels) "}}"

static const struct row exclusion_rows[] = {
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "") LETS_FROM(ONE("c: y")), "from p web"},
    /* Another peer, another policy and an address may let it in. */
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "")
	    LETS_FROM(ONE("c: y") ", " ONE("app: web")),
	""},
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "") LETS_FROM(ONE("c: y"))
	    POLICY("q", "", "ingress: [{from: [{podSelector: {}}]}]"),
	""},
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "")
	    LETS_FROM(ONE("c: y") ", {ipBlock: {cidr: 10.0.0.0/8}}"),
	""},
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "") LETS_FROM(
	    ONE("c: y") ", {namespaceSelector: {matchLabels: {a: b}}}"),
	""},
    /* Labels of pods in all namespaces name them, too. */
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "") LETS_FROM(
	    "{namespaceSelector: {}, podSelector: {matchLabels: {c: y}}}"),
	"from p web"},
    /* It was shut out before; it is on the network of the node. */
    {DB("", "") WEB("", "") LETS_FROM(ONE("app: x")),
	DB("", "") WEB(", c: y", "") LETS_FROM(ONE("c: y")), ""},
    {DB("", "") WEB("", "hostNetwork: true, ") LETS_FROM(ONE("app: web")),
	DB("", "") WEB(", c: y", "hostNetwork: true, ") LETS_FROM(ONE("c: y")),
	""},
    {DB("", "hostNetwork: true, ") WEB("", "") LETS_FROM(ONE("app: web")),
	DB("", "hostNetwork: true, ") WEB(", c: y", "") LETS_FROM(ONE("c: y")),
	""},
    /* Nobody isolated it before. */
    {DB("", "") WEB("", ""),
	DB("", "") WEB(", c: y", "") LETS_FROM(ONE("c: y")), "from p web"},
    /* Old pods that no Service leads to are asked by nobody. */
    {DB("", "") WEB("", "") LETS_TO(ONE("app: db")),
	DB(", d: y", "") WEB("", "") LETS_TO(ONE("d: y")), ""},
    {LEADS_TO("db", "80") DB("", "") WEB("", "") LETS_TO(ONE("app: db")),
	LEADS_TO("db", "80") DB(", d: y", "") WEB("", "") LETS_TO(ONE("d: y")),
	"to p db"},
    /* Ports: no rule but one that new pods alone are selected by. */
    {LEADS_TO("web", "80") WEB("", ""),
	LEADS_TO("web", "80") WEB(", t: f", "")
	    POLICY("none", "", "ingress: []")
		POLICY("p", LABELS("t: f"), "ingress: [{ports: [{port: 80}]}]"),
	"selector p web"},
    {LEADS_TO("web", "80") WEB("", ""),
	LEADS_TO("web", "80") WEB(", t: f", "")
	    POLICY("p", LABELS("t: f"), "ingress: [{ports: [{port: 80}]}]"),
	""},
    /* All pods are shut out, which is told of the release alone. */
    {LEADS_TO("web", "80") WEB("", ""),
	LEADS_TO("web", "80") WEB(", t: f", "")
	    POLICY("none", "", "ingress: []"),
	""},
    /* Egress. */
    {WEB("", ""),
	WEB(", t: f", "") POLICY("none", "", "policyTypes: [Egress]")
	    POLICY("p", LABELS("t: f"), "egress: [{}]"),
	"egress p web"},
    {WEB("", "") POLICY("none", "", "policyTypes: [Egress]"),
	WEB(", t: f", "") POLICY("none", "", "policyTypes: [Egress]")
	    POLICY("p", LABELS("t: f"), "egress: [{}]"),
	""},
    {WEB("", ""),
	WEB(", t: f", "") POLICY("none", "", "policyTypes: [Egress]")
	    POLICY("p", LABELS("t: f"), "egress: [{}]") POLICY(
		"q", LABELS("app: web"), "egress: [{ports: [{port: 1}]}]"),
	""},
};

Test(overlap, exclusions)
{
	expect(exclusion_rows, COUNT_OF(exclusion_rows), spell_exclusions);
}

#include "fact/cut/cut.h"

#include "fact/change/test_sides.h"
#include "fact/service/service.h"

static void spell_cuts(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_cut];

	relate_cuts(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct cut *cut = list->items[i];

		buf_printf(buf, "%s%s %s:%u", i ? ", " : "", cut->reason.text,
		    cut->manifest->name, (unsigned)cut->where.line);
		if (cut->next)
			buf_printf(
			    buf, " %d s", (int)cut->least_seconds.integer);
	}
}

/* A Service over lines 1 to 4, its spec in the last. */
#define TO(port, target)                                          \
	OBJECT("v1", "Service", "web",                            \
	    "spec: {selector: {app: web}, "                       \
	    "ports: [{port: " port ", targetPort: " target "}]}") \
	"---\n"
#define HEADLESS(target)                                                    \
	OBJECT("v1", "Service", "web",                                      \
	    "spec: {clusterIP: None, selector: {app: web}, ports: [{port: " \
	    "80, targetPort: " target "}]}")                                \
	"---\n"
#define PODS(kind, name, spec, port)                                          \
	OBJECT("apps/v1", kind, name,                                         \
	    "spec: {" spec "selector: {matchLabels: {app: web}}, template: "  \
	    "{metadata: {labels: {app: web}}, spec: {containers: [{name: c, " \
	    "image: a:1, ports: [" port "], readinessProbe: {httpGet: "       \
	    "{port: 80}, initialDelaySeconds: 5, periodSeconds: 3, "          \
	    "successThreshold: 2}}]}}}")
#define DEPLOYED(port) PODS("Deployment", "web", "", port)
#define HTTP "{name: http, containerPort: 8080}"
#define KEPT_DEPLOYMENT                                                    \
	"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, "    \
	"annotations: {helm.sh/resource-policy: keep}}\nspec: {selector: " \
	"{matchLabels: {app: web}}, template: {metadata: {labels: {app: "  \
	"web}}, spec: {containers: [{name: c, image: a:1}]}}}\n"

static const struct row cut_rows[] = {
    {TO("80", "http") DEPLOYED(HTTP), TO("80", "http") DEPLOYED(HTTP), ""},
    /* Five seconds until it is asked, three more until it said yes twice. */
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "web") DEPLOYED("{name: web, containerPort: 8080}"),
	"target web:4 8 s"},
    /* Nobody asks a headless Service for a port. */
    {HEADLESS("http") DEPLOYED(HTTP),
	HEADLESS("web") DEPLOYED("{name: web, containerPort: 8080}"), ""},
    /* Old pods have the number, too. */
    {TO("80", "http") DEPLOYED(HTTP), TO("80", "8080") DEPLOYED(HTTP), ""},
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "9090") DEPLOYED("{containerPort: 9090}"), "number web:4 8 s"},
    /* They listen at both already, which is how to move a Service. */
    {TO("80", "8080") DEPLOYED(HTTP ", {containerPort: 9090}"),
	TO("80", "9090") DEPLOYED("{containerPort: 9090}"), ""},
    /* What old pods listen at is not known when they declare none. */
    {TO("80", "8080") DEPLOYED(""), TO("80", "9090") DEPLOYED(""), ""},
    {TO("80", "http") DEPLOYED(HTTP), TO("81", "http") DEPLOYED(HTTP),
	"port web:2 8 s"},
    /* It led nowhere before. */
    {TO("80", "http") PODS("Deployment", "web", "replicas: 0, ", HTTP),
	TO("81", "http") DEPLOYED(HTTP), ""},
    {TO("80", "http") DEPLOYED(HTTP), DEPLOYED(HTTP), "gone web:2"},
    {TO("80", "http") DEPLOYED(HTTP), OBJECT("v1", "ConfigMap", "c", ""),
	"gone with its pods web:2"},
    {TO("80", "http") DEPLOYED(HTTP),
	TO("80", "http") PODS("Deployment", "shop", "", HTTP),
	"replaced web:2 8 s"},
    {TO("80", "http") KEPT_DEPLOYMENT,
	TO("80", "http") PODS("Deployment", "shop", "", HTTP), ""},
    /* Nobody asks a worker for anything; the place is the new one's. */
    {DEPLOYED(""), PODS("StatefulSet", "web", "", ""), "replaced web:2 8 s"},
    /* One that has no pods does no work that could be missed. */
    {PODS("Deployment", "web", "replicas: 0, ", ""),
	PODS("StatefulSet", "web", "", ""), ""},
};

Test(cut, cuts)
{
	expect(cut_rows, COUNT_OF(cut_rows), spell_cuts);
}


/* Who calls a Service at a port that it lacks. */
#include "fact/called/called.h"

#include "fact/test_release.h"

#define SERVICE(metadata, spec)                                    \
	"---\n{apiVersion: v1, kind: Service, metadata: {name: db" \
	metadata "}, spec: {selector: {app: db}, " spec "}}\n"
#define PORTS(ports) "ports: [" ports "]"
#define WEB(metadata, container)                                         \
	"---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: " \
	"web" metadata "}, spec: {selector: {matchLabels: {app: web}}, "  \
	"template: {metadata: {labels: {app: web}}, spec: {containers: "  \
	"[{name: c, image: i, " container "}]}}}}\n"
#define ARG(text) "args: ['" text "']"

/* The port that is called and not there; 0 for none. */
static const struct {
	const char *yaml;
	int64_t port;
} rows[] = {
    {SERVICE("", PORTS("{port: 80}")) WEB("", ARG("db:8080")), 8080},
    {SERVICE("", PORTS("{port: 80}")) WEB("", ARG("db:80")), 0},
    {SERVICE("", PORTS("{port: 80}, {port: 81}")) WEB("", ARG("db:81")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("http://db")), 80},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("https://db/x")), 443},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("redis://db")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("--host=db:82")), 82},
    /* A version, a host elsewhere, another Service, a pod. */
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("db:7")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("db:82.1")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("db.example.org:82")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("dbs:82")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("--image=db:82")), 0},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("db:99999")), 0},
    /* Namespaces: its own, that of the host. */
    {SERVICE(", namespace: b", PORTS("{port: 81}"))
	    WEB(", namespace: a", ARG("db:82")),
	0},
    {SERVICE(", namespace: b", PORTS("{port: 81}"))
	    WEB(", namespace: a", ARG("db.b:82")),
	82},
    {SERVICE(", namespace: b", PORTS("{port: 81}"))
	    WEB(", namespace: a", ARG("db.b.svc:82")),
	82},
    {SERVICE("", PORTS("{port: 81}")) WEB("", ARG("db.b.svc:82")), 82},
    {SERVICE(", namespace: b", PORTS("{port: 81}"))
	    SERVICE(", namespace: a", PORTS("{port: 82}"))
	    WEB(", namespace: a", ARG("db:82")),
	0},
    /* Those that say nothing of ports. */
    {SERVICE("", "clusterIP: None, " PORTS("{port: 81}"))
	    WEB("", ARG("db:82")),
	0},
    {SERVICE("", "type: ExternalName, externalName: x, " PORTS("{port: 81}"))
	    WEB("", ARG("db:82")),
	0},
    {SERVICE("", PORTS("")) WEB("", ARG("db:82")), 0},
    {SERVICE("", PORTS("{port: '${P}'}")) WEB("", ARG("db:82")), 0},
    /* Two variables. */
    {SERVICE("", PORTS("{port: 81}"))
	    WEB("", "env: [{name: A_HOST, value: db}, "
		    "{name: A_PORT, value: '82'}]"),
	82},
    {SERVICE("", PORTS("{port: 81}"))
	    WEB("", "env: [{name: A_HOST, value: db}, "
		    "{name: B_PORT, value: '82'}]"),
	0},
    {SERVICE("", PORTS("{port: 81}"))
	    WEB("", "env: [{name: A_HOST, value: db}, {name: A_PORT, "
		    "valueFrom: {secretKeyRef: {name: s, key: k}}}]"),
	0},
};

static int64_t called(const char *yaml)
{
	struct test_release test;
	struct fact port;
	int64_t number;

	test_release_init(&test, yaml, NULL);
	port = fact_workload_lost_call_port(
	    test.release, test_workload(&test, "web"));
	number = port.has_value ? port.integer : 0;
	test_release_free(&test);
	return number;
}

Test(called, ports)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		cr_expect(called(rows[i].yaml) == rows[i].port, "%s",
		    rows[i].yaml);
}

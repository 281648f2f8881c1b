/* Unit tests: what lies between two releases. */
#include "fact/change/change.h"

#include "fact/collect.h"
#include "fact/relate.h"
#include "fact/settings.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static const struct settings comparing = {.compares = true};
static const struct profile no_profile;

/* One side: its text, read and related. */
struct side {
	struct origin origin;
	struct facts facts;
	struct finding_list findings;
	struct arena nodes;
	struct release *release;
};

static void side_init(struct side *side, const char *text, bool is_previous)
{
	struct facts *facts = &side->facts;
	struct events *events = events_new(slice_of(text), 1);
	struct collection collection = {.facts = facts,
	    .origin = &side->origin,
	    .findings = &side->findings};
	const struct node *root;

	side->origin = (struct origin){.name = is_previous ? "old" : "new",
	    .role = is_previous ? ORIGIN_PREVIOUS : ORIGIN_MANIFEST,
	    .index = is_previous};
	facts_init(facts, &comparing);
	for (uint32_t order = 0;
	     document_load(events, &side->origin, &default_limits, &side->nodes,
		 &side->findings, &root) > 0;
	     order++) {
		collection.order = order;
		if (root)
			collect_document(&collection, root, NULL, NULL);
	}
	events_free(events);
	side->release =
	    release_new(&facts, 1, &comparing, &no_profile, NULL, NULL, NULL);
}

static void side_release(struct side *side)
{
	release_free(side->release);
	facts_release(&side->facts);
	finding_list_release(&side->findings);
	arena_release(&side->nodes);
}

static const char *text_of(struct fact fact)
{
	return fact.state == FACT_KNOWN ? fact.text : "-";
}

static void spell_changes(const struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_change];

	for (size_t i = 0; i < list->n; i++) {
		const struct change *change = list->items[i];

		buf_printf(buf, "%s%s %s %s:%u", i ? ", " : "",
		    change->what.text, change->part.manifest->kind,
		    change->part.manifest->name, (unsigned)change->part.line);
		if (change->path.state == FACT_KNOWN)
			buf_printf(buf, " %s %s>%s", change->path.text,
			    text_of(change->from), text_of(change->to));
	}
}

static void spell_transitions(const struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_transition];

	for (size_t i = 0; i < list->n; i++) {
		const struct transition *transition = list->items[i];

		buf_printf(buf, "%s%s %s %s %zu>%zu>%zu", i ? ", " : "",
		    transition->previous->manifest->name, transition->what.text,
		    transition->workload->manifest->name,
		    transition->services_before.list->n,
		    transition->services_during.list->n,
		    transition->services_after.list->n);
	}
}

struct row {
	const char *old, *new, *want;
};

static void expect(const struct row *rows, size_t n,
    void (*spell)(const struct release *release, struct buf *buf))
{
	for (size_t i = 0; i < n; i++) {
		struct side old = {0}, new = {0};
		struct buf buf = {0};

		side_init(&old, rows[i].old, true);
		side_init(&new, rows[i].new, false);
		compare_releases(new.release, old.release);
		spell(new.release, &buf);
		cr_expect(eq(str, (char *)buf_text(&buf), (char *)rows[i].want),
		    "%zu: %s", i, rows[i].new);
		buf_release(&buf);
		side_release(&new);
		side_release(&old);
	}
}

#define OBJECT(version, kind, name, rest)                                 \
	"apiVersion: " version "\nkind: " kind "\nmetadata: {name: " name \
	"}\n" rest "\n"
#define CLASS(rest) OBJECT("storage.k8s.io/v1", "StorageClass", "fast", rest)
#define CLAIM(rest) OBJECT("v1", "PersistentVolumeClaim", "data", rest)

static const struct row change_rows[] = {
    /* Nothing differs. */
    {CLASS("provisioner: a"), CLASS("provisioner: a"), ""},
    {CLASS("provisioner: a"), CLASS("provisioner: b"),
	"changed StorageClass fast:4 provisioner a>b"},
    /* Defaults written out, and nothing, are no change. */
    {CLASS("provisioner: a"),
	CLASS("provisioner: a\nreclaimPolicy: Delete\nparameters: {}"), ""},
    /* A value that is gone stands where the mapping is. */
    {CLASS("provisioner: a\nparameters: {t: x, u: y}"),
	CLASS("provisioner: a\nparameters: {u: y}"),
	"changed StorageClass fast:5 parameters.t x>-"},
    /* Quantities are equal by their value, not by their spelling. */
    {CLAIM("spec: {resources: {requests: {storage: 1Gi}}}"),
	CLAIM("spec: {resources: {requests: {storage: 1024Mi}}}"), ""},
    /* The order of a list counts. */
    {CLAIM("spec: {accessModes: [a, b]}"), CLAIM("spec: {accessModes: [b, a]}"),
	"changed PersistentVolumeClaim data:4 spec.accessModes[0] a>b, changed "
	"PersistentVolumeClaim data:4 spec.accessModes[1] b>a"},
    /* What is kept of no field is told as a whole. */
    {OBJECT("v1", "LimitRange", "l", "spec: {limits: []}"),
	OBJECT("v1", "LimitRange", "l", "spec: {limits: [{type: Pod}]}"),
	"changed LimitRange l:2"},
    /* Other versions of a group are one kind; other groups are not. */
    {OBJECT("autoscaling/v1", "HorizontalPodAutoscaler", "h", ""),
	OBJECT("autoscaling/v2", "HorizontalPodAutoscaler", "h", ""), ""},
    {OBJECT("a.example/v1", "Thing", "h", ""),
	OBJECT("b.example/v1", "Thing", "h", ""),
	"added Thing h:2, removed Thing h:2"},
    /* No namespace is that of the release. */
    {OBJECT("v1", "ConfigMap", "c", "data: {a: b}"),
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: "
	"prod}\ndata: {a: b}\n",
	""},
    /* One that has the very namespace comes first. */
    {OBJECT("v1", "ConfigMap", "c",
	 "") "---\n"
	     "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: "
	     "p}\n",
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: p}\n",
	"removed ConfigMap c:2"},
    /* stringData is data; its values are not shown. */
    {OBJECT("v1", "Secret", "s", "data: {a: Yg==}"),
	OBJECT("v1", "Secret", "s", "stringData: {a: b}"), ""},
    {OBJECT("v1", "Secret", "s", "data: {a: Yg==}"),
	OBJECT("v1", "Secret", "s", "stringData: {a: c}"),
	"changed Secret s:4 data.a >"},
};

Test(change, changes)
{
	expect(change_rows, COUNT_OF(change_rows), spell_changes);
}

#define WORKLOAD(kind, name, label, image)                   \
	OBJECT("apps/v1", kind, name,                        \
	    "spec: {selector: {matchLabels: {app: " label    \
	    "}}, template: {metadata: {labels: {app: " label \
	    "}}, spec: {containers: [{name: c, image: " image "}]}}}")
#define SERVICE(label)  \
	"---\n" OBJECT( \
	    "v1", "Service", "web", "spec: {selector: {app: " label "}}")

static const struct row transition_rows[] = {
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	"web same web 1>1>1"},
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "web", "a:2") SERVICE("web"),
	"web rolls web 1>1>1"},
    /* The new Service lets go of the old pods. */
    {WORKLOAD("Deployment", "web", "web", "a:1") SERVICE("web"),
	WORKLOAD("Deployment", "web", "shop", "a:1") SERVICE("shop"),
	"web rolls web 1>0>1"},
    /* Another kind, or name, takes the place of one that is gone. */
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("StatefulSet", "web", "web", "b:1"), "web replaced web 0>0>0"},
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("Deployment", "shop", "shop", "a:2"),
	"web replaced shop 0>0>0"},
    /* Nothing is common to these two. */
    {WORKLOAD("Deployment", "web", "web", "a:1"),
	WORKLOAD("Deployment", "shop", "shop", "b:1"), ""},
};

Test(change, transitions)
{
	expect(transition_rows, COUNT_OF(transition_rows), spell_transitions);
}

/* Unit tests: where new pods find no data. */
#include "fact/change/test_sides.h"
#include "fact/overlap/overlap.h"

#include <string.h>

static void spell_emptied(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_emptied];

	relate_overlap(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct emptied *emptied = list->items[i];

		buf_printf(buf, "%s%s %s: %s:%u", i ? ", " : "",
		    text_of(emptied->path), text_of(emptied->claim),
		    text_of(emptied->to), (unsigned)emptied->path.line);
	}
}

#define NEW_CLAIM(name, rest)                                        \
	OBJECT("v1", "PersistentVolumeClaim", name,                  \
	    "spec: {resources: {requests: {storage: 1Gi}}" rest "}") \
	"---\n"
#define WRITES(kind, name, image, more, volume)                                \
	OBJECT("apps/v1", kind, name,                                          \
	    "spec: {selector: {matchLabels: {app: w}}, " more                  \
	    "template: {metadata: {labels: {app: w}}, spec: {containers: "     \
	    "[{name: c, image: " image                                         \
	    ", volumeMounts: [{name: v, mountPath: /d}, {name: v, mountPath: " \
	    "/e, subPath: e}]}]" volume "}}}")
#define PLAIN(image, volume)                 \
	WRITES("Deployment", "w", image, "", \
	    ", volumes: [{name: v, " volume "}]")
#define CLAIMED(name) "persistentVolumeClaim: {claimName: " name "}"
#define MOVED(path, more)                                                     \
	OBJECT("apps/v1", "Deployment", "w",                                  \
	    "spec: {selector: {matchLabels: {app: w}}, "                      \
	    "template: {metadata: {labels: {app: w}}, spec: {containers: "    \
	    "[{name: c, image: i:1, volumeMounts: [{name: v, mountPath: " path \
	    "}], " more "}], volumes: [{name: v, " CLAIMED("a") "}]}}}")
#define SET(name, image)                                                       \
	WRITES("StatefulSet", name, image,                                     \
	    "serviceName: w, volumeClaimTemplates: [{metadata: {name: v}}], ", \
	    "")

static const struct row emptied_rows[] = {
    {NEW_CLAIM("a", "") PLAIN("i:1", CLAIMED("a")),
	NEW_CLAIM("b", "") PLAIN("i:2", CLAIMED("b")),
	"/d a: claim 'b', which is new:9"},
    {NEW_CLAIM("a", "") PLAIN("i:1", CLAIMED("a")),
	NEW_CLAIM("a", "") PLAIN("i:2", CLAIMED("a")), ""},
    /* It has its data from elsewhere; nobody knows it. */
    {NEW_CLAIM("a", "") PLAIN("i:1", CLAIMED("a")),
	NEW_CLAIM("b", ", dataSource: {kind: VolumeSnapshot, name: s}")
	    PLAIN("i:2", CLAIMED("b")),
	""},
    {PLAIN("i:1", CLAIMED("a")), PLAIN("i:2", CLAIMED("b")), ""},
    {PLAIN("i:1", CLAIMED("a")), PLAIN("i:2", "emptyDir: {}"),
	"/d a: a volume that is deleted with its pod:4"},
    {PLAIN("i:1", CLAIMED("a")), PLAIN("i:2", "nfs: {server: s, path: p}"), ""},
    {PLAIN("i:1", "emptyDir: {}"), PLAIN("i:2", CLAIMED("a")), ""},
    {PLAIN("i:1", "persistentVolumeClaim: {claimName: a, readOnly: true}"),
	PLAIN("i:2", "emptyDir: {}"), ""},
    /* Sets name their claims after themselves. */
    {SET("a", "i:1"), SET("a", "i:2"), ""},
    {SET("a", "i:1"), SET("b", "i:1"),
	"/d v-a-0: claims that StatefulSet 'b' makes anew:4"},
    /* The volume is at another path, of one that is told nothing else. */
    {MOVED("/d", "args: [a]"), MOVED("/n", "args: [a]"),
	"/d a: /n:4"},
    {MOVED("/d", "args: [a]"), MOVED("/n", "args: [b]"), ""},
    {MOVED("/d", ""), MOVED("/n", "env: [{name: D, value: /n}]"), ""},
    {MOVED("/d/d", ""), MOVED("/d", ""), "/d/d a: /d:4"},
    {PLAIN("i:1", CLAIMED("v-w-0")), SET("w", "i:1"), ""},
    {PLAIN("i:1", CLAIMED("x")), SET("w", "i:1"),
	"/d x: claims that StatefulSet 'w' makes anew:4"},
};

Test(overlap, emptied)
{
	expect(emptied_rows, COUNT_OF(emptied_rows), spell_emptied);
}

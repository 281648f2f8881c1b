/* Unit tests: hooks that no longer run on an upgrade, or run too late. */
#include "fact/change/test_sides.h"
#include "fact/overlap/overlap.h"

#include <string.h>

static void spell_skipped(struct release *release, struct buf *buf)
{
	const struct entity_list *list = &release->lists[ENTITY_skipped];

	relate_overlap(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct skipped *skipped = list->items[i];

		buf_printf(buf, "%s%s %s%s%s%s", i ? ", " : "",
		    skipped->way.text, skipped->manifest->name,
		    skipped->goes_on.boolean ? " goes on" : "",
		    skipped->next ? " behind " : "",
		    skipped->next ? skipped->next->name : "");
	}
}

#define HOOK(name, events, weight, image)                                     \
	"apiVersion: batch/v1\nkind: Job\nmetadata: {name: " name             \
	", annotations: {helm.sh/hook: '" events                              \
	"', helm.sh/hook-weight: '" weight                                    \
	"'}}\nspec: {template: {spec: {containers: [{name: c, image: '" image \
	"'}]}}}\n---\n"
#define APP(image)                                                       \
	OBJECT("apps/v1", "Deployment", "w",                             \
	    "spec: {selector: {matchLabels: {app: w}}, template: "       \
	    "{metadata: {labels: {app: w}}, spec: {containers: [{name: " \
	    "c, image: '" image "'}]}}}")                                \
	"---\n"

static const struct row skipped_rows[] = {
    {APP("r/w:1") HOOK("m", "pre-upgrade", "0", "r/w:1"), APP("r/w:2"),
	"gone m goes on"},
    {APP("r/w:1") HOOK("m", "pre-upgrade", "0", "r/tool:1"), APP("r/w:2"),
	"gone m"},
    {APP("r/w:1") HOOK("m", "pre-upgrade", "0", "r/w:1"),
	APP("r/w:2") HOOK("m", "pre-upgrade", "0", "r/w:2"), ""},
    /* Another name with each release; hooks that upgrades do not run. */
    {APP("r/w:1") HOOK("m-1", "pre-upgrade", "0", "r/w:1"),
	APP("r/w:2") HOOK("m-2", "pre-upgrade", "0", "r/w:2"), ""},
    {APP("r/w:1") HOOK("m", "pre-install", "0", "r/w:1"), APP("r/w:2"), ""},
    {APP("r/w:1") HOOK("m", "test", "0", "r/w:1"), APP("r/w:2"), ""},
    {HOOK("m", "pre-install,pre-upgrade", "0", "r/w:1"),
	HOOK("m", "pre-install", "0", "r/w:1"), "never m"},
    {HOOK("m", "pre-upgrade", "0", "r/w:1"),
	HOOK("m", "post-upgrade", "0", "r/w:1"), "after m"},
    {HOOK("m", "post-upgrade", "0", "r/w:1"),
	HOOK("m", "pre-upgrade", "0", "r/w:1"), ""},
    /* Order. */
    {HOOK("a", "pre-upgrade", "1", "i") HOOK("b", "pre-upgrade", "2", "i"),
	HOOK("a", "pre-upgrade", "3", "i") HOOK("b", "pre-upgrade", "2", "i"),
	"order a behind b"},
    {HOOK("a", "pre-upgrade", "1", "i") HOOK("b", "pre-upgrade", "2", "i"),
	HOOK("a", "pre-upgrade", "2", "i") HOOK("b", "pre-upgrade", "2", "i"),
	""},
    {HOOK("a", "pre-upgrade", "1", "i") HOOK("b", "post-upgrade", "2", "i"),
	HOOK("a", "pre-upgrade", "3", "i") HOOK("b", "post-upgrade", "2", "i"),
	""},
};

Test(overlap, skipped)
{
	expect(skipped_rows, COUNT_OF(skipped_rows), spell_skipped);
}

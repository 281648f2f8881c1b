/*
 * Priority classes that pods name and nobody has made: a name of the system's
 * that it does not have, and one that is a slip of the pen away from a
 * PriorityClass of the stream.
 */
#include "fact/scale/scale.h"

#include "base/nearest.h"
#include "fact/computed.h"

#include <string.h>

RARE(workload, meant_class)

/* Other names that begin so are refused (ValidatePriorityClass). */
#define OF_SYSTEM "system-"
static const char *const system_classes[] = {
    "system-cluster-critical", "system-node-critical"};

static bool is_among(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(name, names[i]))
			return true;
	}
	return false;
}

/* The class that was meant; NULL when the one that is named may be there. */
static const char *meant_class(
    const char *name, const char *const *classes, size_t n)
{
	bool is_of_system = !strncmp(name, OF_SYSTEM, strlen(OF_SYSTEM));

	if (is_of_system) {
		classes = system_classes;
		n = COUNT_OF(system_classes);
	}
	if (is_among(name, classes, n))
		return NULL;
	if (!is_of_system)
		return nearest(slice_of(name), classes, n);
	return nearest(slice_of(name), classes, n)
		   ? nearest(slice_of(name), classes, n)
		   : classes[0];
}

void relate_priorities(struct release *release)
{
	const struct entity_list *objects = &release->lists[ENTITY_manifest];
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct buf names = {0};
	const char *const *classes;

	for (size_t i = 0; i < objects->n; i++) {
		const struct manifest *manifest = objects->items[i];

		if (!strcmp(manifest->kind, "PriorityClass"))
			buf_add(&names, &manifest->name,
			    sizeof(manifest->name));
	}
	classes = (const char *const *)(void *)names.ptr;
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];
		struct fact named = RARE_FACT(workload, priority_class);
		const char *meant =
		    named.state == FACT_KNOWN && *named.text
			? meant_class(named.text, classes,
			      names.len / sizeof(*classes))
			: NULL;

		if (meant)
			KEEP_RARE(&release->arena, workload, meant_class,
			    fact_text(meant));
	}
	buf_release(&names);
}

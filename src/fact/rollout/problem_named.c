/* Why Rollouts cannot use the objects they name: what the controller asks of a
 * Service, an Ingress, a VirtualService and the templates of an analysis, held
 * against what they have. */
#include "fact/rollout/rollout.h"

#include "fact/computed.h"

#include <stdlib.h>
#include <string.h>

/* So many reasons are given; the others can wait until these are gone. */
#define MOST_REASONS 5

/* The words of a refusal while they are found, and where the first is. */
struct refusing {
	struct release *release;
	struct reference *reference;
	struct buf text;
	size_t nreasons;
	const struct spot *at;
};

static void refuse(struct refusing *refusing, const struct spot *at,
    const char *format, ...) PRINTF_LIKE(3, 4);

static void refuse(
    struct refusing *refusing, const struct spot *at, const char *format, ...)
{
	va_list args;

	if (refusing->nreasons++ == MOST_REASONS)
		buf_add_text(&refusing->text, "; and more");
	if (refusing->nreasons > MOST_REASONS)
		return;
	if (refusing->text.len)
		buf_add_text(&refusing->text, "; ");
	else
		refusing->at = at;
	va_start(args, format);
	buf_vprintf(&refusing->text, format, args);
	va_end(args);
}

/* Keeps what was found, and gets ready for the next reference. */
static void settle(struct refusing *refusing)
{
	struct reference *reference = refusing->reference;
	const struct spot *at = refusing->at;
	struct arena *arena = &refusing->release->arena;

	if (refusing->text.len)
		reference->refusal = fact_at(
		    fact_text(
			slice_copy(arena, buf_slice(&refusing->text)).ptr),
		    reference->object, at->line, at->col, at->width);
	buf_clear(&refusing->text);
	refusing->nreasons = 0;
	refusing->at = NULL;
}

static void judge_service(
    struct refusing *refusing, const struct referent *service)
{
	const char *name = refusing->reference->part.manifest->name;

	if (refusing->reference->must_select && service->manager.text &&
	    strcmp(service->manager.text, name))
		refuse(refusing, &service->manager,
		    "is managed by Rollout '%s' already",
		    service->manager.text);
}

static void judge_ingress(struct refusing *refusing,
    const struct referent *ingress, const struct sharing *sharing)
{
	if (!*sharing->root || ingress->has_more)
		return;
	for (size_t i = 0; i < ingress->nbackends; i++) {
		if (!strcmp(ingress->backends[i].text, sharing->root))
			return;
	}
	refuse(refusing, &ingress->at,
	    "has no rule that routes to Service '%s'", sharing->root);
}

static bool has_text(const char *const *texts, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(texts[i], text))
			return true;
	}
	return false;
}

/* The lists of routes, and what a Rollout chooses each by. */
static const struct route_kind {
	const char *name, *field;
} kinds[ROUTES_MAX] = {
    [ROUTES_HTTP] = {"http", "routes"},
    [ROUTES_TLS] = {"tls", "tlsRoutes"},
    [ROUTES_TCP] = {"tcp", "tcpRoutes"},
};

/* A route that is changed must lead to old and new pods. */
static void judge_route(struct refusing *refusing, const struct route *route,
    const struct sharing *sharing, const struct route_kind *kind)
{
	bool by_subset = sharing->by_subset;
	const char *const *targets = by_subset ? route->subsets : route->hosts;
	const char *const wanted[] = {
	    by_subset ? sharing->canary_subset : sharing->canary,
	    by_subset ? sharing->stable_subset : sharing->stable,
	};

	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		if (*wanted[i] && !has_text(targets, route->n, wanted[i]))
			refuse(refusing, &route->name,
			    "does not route to %s '%s' in its %s route%s%s%s",
			    by_subset ? "subset" : "Service", wanted[i],
			    kind->name, *route->name.text ? " '" : "",
			    route->name.text, *route->name.text ? "'" : "");
	}
}

/* The number, in the order of keys, of the first route that has that one or a
 * greater. */
static size_t first_of_key(const struct route_list *list, const char *key)
{
	size_t low = 0, high = list->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(list->by_key[middle]->key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of http routes of one name the first is changed, of the others all that have
 * the port and hosts. */
static void judge_chosen(struct refusing *refusing,
    const struct referent *virtual_service, size_t list_number, const char *key)
{
	const struct route_list *list = &virtual_service->routes[list_number];
	const struct route_kind *kind = &kinds[list_number];
	const struct sharing *sharing =
	    refusing->reference->part.workload->rollout->sharing;
	bool is_http = list_number == ROUTES_HTTP;
	size_t first = first_of_key(list, key), i = first;

	for (; i < list->n && !strcmp(list->by_key[i]->key, key); i++) {
		if (i == first || !is_http)
			judge_route(refusing, list->by_key[i], sharing, kind);
	}
	if (i == first)
		refuse(refusing, &virtual_service->at,
		    is_http ? "has no %s route '%s'" : "has no %s route for %s",
		    kind->name, key);
}

static bool is_managed(const struct sharing *sharing, const char *name)
{
	return *name &&
	       bsearch(&name, sharing->managed_routes, sharing->nmanaged_routes,
		   sizeof(name), compare_texts);
}

/* Without a choice there must be one route, those aside that the Rollout makes
 * itself.  Of http the first without a name counts, of others the first. */
static void judge_only(struct refusing *refusing,
    const struct referent *virtual_service, size_t list_number)
{
	const struct route_list *list = &virtual_service->routes[list_number];
	const struct route_kind *kind = &kinds[list_number];
	const struct sharing *sharing =
	    refusing->reference->part.workload->rollout->sharing;
	bool is_http = list_number == ROUTES_HTTP;
	const struct route *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < list->n && n < 2; i++) {
		const struct route *route = &list->items[i];
		const char *name = is_http ? route->name.text : "";

		if (is_managed(sharing, name))
			continue;
		n++;
		if (!only && !*name)
			only = route;
	}
	if (n > 1)
		refuse(refusing, &virtual_service->at,
		    "has several %s routes, one of which the Rollout must "
		    "choose with %s",
		    kind->name, kind->field);
	else if (only)
		judge_route(refusing, only, sharing, kind);
}

static void judge_virtual_service(
    struct refusing *refusing, const struct referent *virtual_service)
{
	const struct choice *choice = refusing->reference->choice;
	size_t n = 0;

	if (!choice || virtual_service->has_more)
		return;
	for (size_t i = 0; i < ROUTES_MAX; i++)
		n += virtual_service->routes[i].n;
	if (!n)
		refuse(refusing, &virtual_service->at,
		    "has no routes of http, tls or tcp");
	for (size_t i = 0; n && i < ROUTES_MAX; i++) {
		/* Routes of a kind that it has none of are not looked at
		 * (ValidateVirtualService of Argo Rollouts). */
		if (!virtual_service->routes[i].given)
			continue;
		if (!choice->of[i].n)
			judge_only(refusing, virtual_service, i);
		for (size_t j = 0; j < choice->of[i].n; j++) {
			if (*choice->of[i].keys[j])
				judge_chosen(refusing, virtual_service, i,
				    choice->of[i].keys[j]);
		}
	}
}

/* Names of arguments that have a value, and of metrics, over all templates of
 * one analysis. */
struct names {
	struct map arguments, metrics;
};

static void add_name(struct map *names, const char *name)
{
	*map_slot(names, slice_of(name)) = names;
}

static void judge_arguments(struct refusing *refusing,
    const struct referent *template, const struct names *names)
{
	for (size_t i = 0; i < template->narguments; i++) {
		const struct spot *name = &template->arguments[i].name;

		if (!map_find(&names->arguments, slice_of(name->text)))
			refuse(refusing, name,
			    "needs the argument '%s', which the Rollout does "
			    "not give",
			    name->text);
	}
}

static void judge_metrics(struct refusing *refusing,
    const struct referent *template, struct names *names)
{
	for (size_t i = 0; i < template->nmetrics; i++) {
		const struct spot *name = &template->metrics[i];
		void **place = map_slot(&names->metrics, slice_of(name->text));

		/* Twice in one template is wrong without the Rollout. */
		if (*place && *place != template)
			refuse(refusing, name,
			    "has a metric '%s', which another template of the "
			    "same analysis has, too",
			    name->text);
		*place = (void *)(uintptr_t) template;
	}
}

static const struct referent *template_of(const struct reference *reference)
{
	return reference->object ? reference->object->referent : NULL;
}

/* False when one of the templates is elsewhere: it may give the others values,
 * or have their metrics. */
static bool collect_names(const struct analysis *analysis, struct names *names)
{
	if (!analysis->known)
		return false;
	for (size_t i = 0; i < analysis->narguments; i++)
		add_name(&names->arguments, analysis->arguments[i]);
	for (size_t i = 0; i < analysis->templates.n; i++) {
		const struct referent *template =
		    template_of(analysis->templates.items[i]);

		if (!template || template->has_more)
			return false;
		for (size_t j = 0; j < template->narguments; j++) {
			if (template->arguments[j].has_value)
				add_name(&names->arguments,
				    template->arguments[j].name.text);
		}
	}
	return true;
}

static void judge_analysis(
    struct refusing *refusing, const struct analysis *analysis)
{
	struct names names = {0};
	bool is_complete = collect_names(analysis, &names);

	for (size_t i = 0; i < analysis->templates.n; i++) {
		const struct referent *template =
		    template_of(analysis->templates.items[i]);

		if (!template)
			continue;
		refusing->reference =
		    (struct reference *)(uintptr_t)analysis->templates.items[i];
		if (analysis->must_end && template->endless.text)
			refuse(refusing, &template->endless,
			    "measures '%s' forever (an interval, but no "
			    "count), and the rollout would wait for it",
			    template->endless.text);
		if (is_complete) {
			judge_arguments(refusing, template, &names);
			judge_metrics(refusing, template, &names);
		}
		settle(refusing);
	}
	map_release(&names.arguments);
	map_release(&names.metrics);
}

static void judge(struct refusing *refusing, const struct reference *reference)
{
	const struct sharing *sharing =
	    reference->part.workload->rollout->sharing;
	const struct referent *referent =
	    reference->object ? reference->object->referent : NULL;
	const char *kind = reference->kind.text;

	if (!referent)
		return;
	if (!strcmp(kind, "Service"))
		judge_service(refusing, referent);
	else if (sharing && !strcmp(kind, "Ingress"))
		judge_ingress(refusing, referent, sharing);
	else if (sharing && !strcmp(kind, "VirtualService"))
		judge_virtual_service(refusing, referent);
	settle(refusing);
}

void relate_refusals(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_reference];
	struct refusing refusing = {.release = release};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct reference *reference =
		    (struct reference *)(uintptr_t)list->items[i];
		const struct analysis *analysis = reference->analysis;

		refusing.reference = reference;
		if (!analysis)
			judge(&refusing, reference);
		else if (analysis->templates.items[0] == reference)
			judge_analysis(&refusing, analysis);
	}
	buf_release(&refusing.text);
}

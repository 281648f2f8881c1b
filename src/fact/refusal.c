/* Why Rollouts cannot use the objects they name: what the controller asks of a
 * Service, an Ingress, a VirtualService and the templates of an analysis, held
 * against what they have. */
#include "fact/relate.h"

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
	refuse(refusing, &ingress->at, "has no rule that leads to Service '%s'",
	    sharing->root);
}

static bool has_text(const char *const *texts, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(texts[i], text))
			return true;
	}
	return false;
}

/* A route that is changed must lead to old and new pods. */
static void judge_route(struct refusing *refusing, const struct route *route,
    const struct sharing *sharing)
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
			    "does not lead to %s '%s' in its %s route%s%s%s",
			    by_subset ? "subset" : "Service", wanted[i],
			    route->protocol, *route->name.text ? " '" : "",
			    route->name.text, *route->name.text ? "'" : "");
	}
}

/* A VirtualService and a Rollout that changes its routes. */
struct meeting {
	const struct referent *virtual_service;
	const struct sharing *sharing;
	struct map routes;  /* of http: name to struct route */
	struct map managed; /* names of routes that the Rollout makes */
};

static void meet(struct meeting *meeting)
{
	const struct referent *virtual_service = meeting->virtual_service;
	const struct sharing *sharing = meeting->sharing;

	for (size_t i = 0; i < virtual_service->nroutes; i++) {
		const struct route *route = &virtual_service->routes[i];
		void **place;

		if (strcmp(route->protocol, "http"))
			continue;
		place = map_slot(&meeting->routes, slice_of(route->name.text));
		if (!*place)
			*place = (void *)(uintptr_t)route;
	}
	for (size_t i = 0; i < sharing->nmanaged_routes; i++)
		*map_slot(&meeting->managed,
		    slice_of(sharing->managed_routes[i])) = meeting;
}

static void part_ways(struct meeting *meeting)
{
	map_release(&meeting->routes);
	map_release(&meeting->managed);
}

static void judge_chosen(
    struct refusing *refusing, const struct meeting *meeting)
{
	const struct choice *choice = refusing->reference->choice;

	for (size_t i = 0; i < choice->nroutes; i++) {
		const char *name = choice->routes[i];
		const struct route *route =
		    map_find(&meeting->routes, slice_of(name));

		if (route && *name)
			judge_route(refusing, route, meeting->sharing);
		else if (*name)
			refuse(refusing, &meeting->virtual_service->at,
			    "has no http route '%s'", name);
	}
}

/* Without a choice there must be one route, those aside that the Rollout makes
 * itself.  Of http the first without a name counts, of others the first. */
static void judge_only(struct refusing *refusing, const struct meeting *meeting,
    const char *protocol, const char *field)
{
	const struct referent *virtual_service = meeting->virtual_service;
	bool is_http = !strcmp(protocol, "http");
	const struct route *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < virtual_service->nroutes; i++) {
		const struct route *route = &virtual_service->routes[i];
		const char *name = is_http ? route->name.text : "";

		if (strcmp(route->protocol, protocol) ||
		    (*name && map_find(&meeting->managed, slice_of(name))))
			continue;
		n++;
		if (!only && !*name)
			only = route;
	}
	if (n > 1)
		refuse(refusing, &virtual_service->at,
		    "has %zu %s routes, of which the Rollout must choose by %s",
		    n, protocol, field);
	else if (only)
		judge_route(refusing, only, meeting->sharing);
}

static void judge_routes(
    struct refusing *refusing, const struct meeting *meeting)
{
	const struct choice *choice = refusing->reference->choice;

	if (!meeting->virtual_service->nroutes)
		refuse(refusing, &meeting->virtual_service->at,
		    "has no routes of http, tls or tcp");
	else if (choice->nroutes)
		judge_chosen(refusing, meeting);
	else
		judge_only(refusing, meeting, "http", "routes");
	if (!choice->has_tls)
		judge_only(refusing, meeting, "tls", "tlsRoutes");
	if (!choice->has_tcp)
		judge_only(refusing, meeting, "tcp", "tcpRoutes");
}

static void judge_virtual_service(struct refusing *refusing,
    const struct referent *virtual_service, const struct sharing *sharing)
{
	struct meeting meeting = {virtual_service, sharing, {0}, {0}};

	if (!refusing->reference->choice || virtual_service->has_more)
		return;
	meet(&meeting);
	judge_routes(refusing, &meeting);
	part_ways(&meeting);
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
			    "has a metric '%s', as another template of the "
			    "same analysis",
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
			    "measures '%s' without end (an interval, but no "
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
	const struct sharing *sharing = reference->part.workload->sharing;
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
		judge_virtual_service(refusing, referent, sharing);
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

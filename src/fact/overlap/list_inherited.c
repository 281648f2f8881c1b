/*
 * Two releases -> the databases whose volume stays while their version changes,
 * and whether either opens what the other has written; by the tags of images.
 *
 * Only what the servers themselves refuse as they start is told, and only of
 * versions that the tags give.
 */
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/overlap/overlap.h"
#include "fact/pod/pod.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* minor is -1 where the tag has none. */
struct number {
	int major, minor;
};

/* A server is known by the last part of its image's name.  opens() tells
 * whether one of version "by" opens what "of" has written; true when in doubt.
 */
struct database {
	const char *title;
	const char *const *images;
	bool (*opens)(struct number of, struct number by);
};

static int compare(struct number a, struct number b)
{
	if (a.major != b.major)
		return a.major < b.major ? -1 : 1;
	if (a.minor < 0 || b.minor < 0)
		return 0;
	return (a.minor > b.minor) - (a.minor < b.minor);
}

/* A data directory is of one major version, of two numbers before 10:
 * PG_VERSION is compared as the server starts. */
static bool postgres_opens(struct number of, struct number by)
{
	if (of.major < 10 && by.major < 10)
		return compare(of, by) == 0;
	return of.major == by.major;
}

/* No series opens what a later one has written; 8.0 comes before 8.1 and
 * later, 8.4 before 9. */
static bool mysql_opens(struct number of, struct number by)
{
	if (compare(by, of) < 0)
		return false;
	if (of.major == 5 && by.major >= 8)
		return by.major == 8 && by.minor <= 0;
	return !(
	    of.major == 8 && by.major >= 9 && of.minor >= 0 && of.minor != 4);
}

/* Each release opens what the one before it has written, no older one. */
static int mongo_step(struct number version)
{
	static const struct number steps[] = {
	    {4, 0}, {4, 2}, {4, 4}, {5, 0}, {6, 0}, {7, 0}, {8, 0}};

	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		if (version.major == steps[i].major &&
		    (version.minor == steps[i].minor ||
			(version.minor < 0 && version.major > 4)))
			return (int)i;
	}
	return -1;
}

static bool mongo_opens(struct number of, struct number by)
{
	int from = mongo_step(of), to = mongo_step(by);

	return from < 0 || to < 0 || to <= from + 1;
}

/* "cannot downgrade a node", and the last 7 comes before 8. */
static bool elasticsearch_opens(struct number of, struct number by)
{
	if (compare(by, of) < 0)
		return false;
	return !(of.major <= 7 && by.major >= 8 &&
		 (of.major < 7 || (of.minor >= 0 && of.minor < 17)));
}

static bool opensearch_opens(struct number of, struct number by)
{
	return compare(by, of) >= 0;
}

/* The version of its dumps: "Can't handle RDB format version". */
static int redis_format(struct number version)
{
	static const struct {
		struct number since;
		int format;
	} formats[] = {{{7, 4}, 12}, {{7, 2}, 11}, {{7, 0}, 10}, {{5, 0}, 9}};

	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		if (compare(version, formats[i].since) >= 0)
			return formats[i].format;
	}
	return 0;
}

/* A tag without a second number may be any of them. */
static bool redis_opens(struct number of, struct number by)
{
	return of.minor < 0 || by.minor < 0 ||
	       redis_format(by) >= redis_format(of);
}

/* 4.0 wants a feature flag that 3.13 was the first to know. */
static bool rabbitmq_opens(struct number of, struct number by)
{
	return !(
	    of.major == 3 && of.minor >= 0 && of.minor < 13 && by.major >= 4);
}

static const char *const postgres_images[] = {
    "postgres", "postgresql", "postgresql-repmgr", "postgis", "pgvector", NULL};
static const char *const mysql_images[] = {"mysql", "mysql-server", NULL};
static const char *const mongo_images[] = {
    "mongo", "mongodb", "percona-server-mongodb", NULL};
static const char *const elasticsearch_images[] = {"elasticsearch", NULL};
static const char *const opensearch_images[] = {"opensearch", NULL};
static const char *const redis_images[] = {"redis", NULL};
static const char *const rabbitmq_images[] = {"rabbitmq", NULL};

static const struct database databases[] = {
    {"PostgreSQL", postgres_images, postgres_opens},
    {"MySQL", mysql_images, mysql_opens},
    {"MongoDB", mongo_images, mongo_opens},
    {"Elasticsearch", elasticsearch_images, elasticsearch_opens},
    {"OpenSearch", opensearch_images, opensearch_opens},
    {"Redis", redis_images, redis_opens},
    {"RabbitMQ", rabbitmq_images, rabbitmq_opens},
};

static const struct database *database_of(const struct container *container)
{
	const char *slash = strrchr(container->image_name, '/');
	const char *name = slash ? slash + 1 : container->image_name;

	for (size_t i = 0; i < COUNT_OF(databases); i++) {
		const char *const *image = databases[i].images;

		for (; *image; image++) {
			if (!strcmp(name, *image))
				return &databases[i];
		}
	}
	return NULL;
}

/* 15.4-alpine, v8.0.36, pg16 of pgvector. */
static bool read_version(const char *tag, struct number *ret)
{
	const char *pg = strstr(tag, "pg");
	char *end;

	if (pg)
		tag = pg + 2;
	else if (*tag == 'v')
		tag++;
	if (!isdigit((unsigned char)*tag))
		return false;
	ret->major = (int)strtol(tag, &end, 10);
	ret->minor = *end == '.' && isdigit((unsigned char)end[1])
			 ? (int)strtol(end + 1, NULL, 10)
			 : -1;
	return ret->major > 0 && ret->major < 100;
}

/* Whether the pods have their data where those before had it, and nothing is
 * said to bring it up to date before. */
static bool keeps_data(
    const struct release *release, const struct transition *transition)
{
	const struct workload *new = transition->workload;
	const struct workload *old = transition->previous;
	struct fact claim = fact_workload_exclusive_claim(release, new);
	struct fact before =
	    fact_workload_exclusive_claim(release->previous, old);

	if (new->seldom->upgrades_data ||
	    strcmp(transition->what.text, "rolls") != 0 ||
	    !fact_workload_holds_data(release, new).boolean ||
	    !fact_workload_holds_data(release->previous, old).boolean)
		return false;
	return claim.has_value == before.has_value &&
	       (!claim.has_value || !strcmp(claim.text, before.text));
}

static void add_inherited(struct release *release, struct vector *list,
    const struct transition *transition, const struct container *old,
    const struct container *new)
{
	const struct database *database = database_of(new);
	struct inherited *inherited;
	struct number of, by;

	if (!database || database_of(old) != database ||
	    !read_version(old->image_tag, &of) ||
	    !read_version(new->image_tag, &by) || compare(of, by) == 0)
		return;
	inherited = arena_alloc(&release->arena, sizeof(*inherited));
	inherited->manifest = transition->manifest;
	inherited->transition = transition;
	inherited->server = fact_text(database->title);
	inherited->from =
	    fact_at(fact_text(old->image_tag), transition->previous->manifest,
		old->image.line, old->image.col, old->image.width);
	inherited->to = fact_at(fact_text(new->image_tag), transition->manifest,
	    new->image.line, new->image.col, new->image.width);
	inherited->opens = fact_bool(database->opens(of, by));
	inherited->goes_back = fact_bool(database->opens(by, of));
	vector_add(list, inherited);
}

static void judge_transition(struct release *release, struct vector *list,
    const struct transition *transition)
{
	const struct workload *new = transition->workload;

	if (!keeps_data(release, transition))
		return;
	for (size_t i = 0; i < new->ncontainers; i++) {
		const struct container *old = container_named(
		    transition->previous, new->containers[i].name.text);

		if (old)
			add_inherited(release, list, transition, old,
			    &new->containers[i]);
	}
}

void list_inherited(struct release *release)
{
	const struct entity_list *transitions =
	    &release->lists[ENTITY_transition];
	struct vector list = {0};

	for (size_t i = 0; i < transitions->n; i++)
		judge_transition(release, &list, transitions->items[i]);
	release->lists[ENTITY_inherited] =
	    vector_to_list(&release->arena, &list);
}

SIMPLE(inherited, manifest, fact_entity(inherited->manifest))
SIMPLE(inherited, transition, fact_entity(inherited->transition))

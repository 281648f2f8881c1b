/* The settings of facts as they are without any configuration. */
#include "fact/settings.h"

/* Names of variables that say how long an application drains, and what else is
 * measured in seconds. */
#define NO_DRAIN_TIME                                                         \
	"*interval*", "poll*", "*check", "*checks", "checker", "checking",    \
	    "healthcheck*", "*subscription*", "trial*", "*login*",            \
	    "nodedrain*", "drainnode*", "kured*", "autoshut*", "machine*",    \
	    "sandbox*", "workspace*", "notebook*", "kernel*", "evict*", "vm", \
	    "guest", "*restart*", "*reload*", "degrad*", "*inactiv*",         \
	    "noactivity*", "scheduled", "retry*", "retries", "backoff*",      \
	    "every"
static const char *const shutdown_says[] = {"*shutdown*"};
static const char *const shutdown_unless[] = {NO_DRAIN_TIME, "*idle*"};
static const char *const drain_says[] = {"*drain*"};
static const char *const drain_but_not[] = {"drainage*", "drain batch*"};
static const char *const drain_unless[] = {NO_DRAIN_TIME};

/* Grace is given to many things, members and payments more often than pods: it
 * is a drain time where the name says nothing else, or what ends. */
static const char *const grace_says[] = {"^grace", "graceful*", "app grace*",
    "exit grace*", "grpc grace*", "http grace*", "kill grace*", "pod grace*",
    "server grace*", "service grace*", "sigterm grace*", "stop grace*",
    "term grace*", "terminat* grace*"};
static const char *const grace_unless[] = {NO_DRAIN_TIME, "*token*", "*cookie*",
    "*cache*", "*varnish*", "*session*", "lease*", "*payment*", "*billing*",
    "*license*", "*licence*", "*password*", "*refresh*", "*expir*", "*stale*",
    "*retention*", "*evict*", "*leader*", "*monitor*", "cert*", "startup*",
    "*boot*", "*health*", "heartbeat*", "*offline*", "scaledown*", "scalein*",
    "*delet*", "job*", "task*", "build*", "rotat*", "upgrade*", "orphan*",
    "archiv*", "invit*", "subscri*", "deprecat*", "^kubernetes_", "node",
    "worker pod*", "runner pod*", "executor pod*"};

/* How names and images say that a container helps the others of its pod while
 * they answer: it carries their requests, or takes their logs and traces.  Who
 * asks them for metrics, or tells them of new files, can end before them. */
static const char *const sidecar_says[] = {"*proxy*", "envoy*", "cloudsql*",
    "csql*", "*tunnel*", "dapr*", "daprd*", "nutcracker*", "mcrouter*",
    "pgpool*", "pgcat*", "fluent*", "filebeat*", "promtail*", "logstash*",
    "vector", "*shipper*", "*forwarder*", "logger*", "logging*", "otel*",
    "opentelemetry*", "*collector*", "telegraf*", "*agent*"};
static const char *const sidecar_unless[] = {"*exporter*", "*metrics*",
    "*reload*", "*watcher*", "rbac*", "scrape*", "init*"};

/* How names, commands and arguments say that something is warmed up. */
static const char *const warmup_says[] = {"warmup*", "warmer*", "warming*",
    "warmcache*", "*cachewarm*", "*prewarm*", "*preload*", "*prefetch*",
    "cachefill*", "cacheload*", "hydrat*", "rehydrat*"};
static const char *const warmup_but_not[] = {"no *", "skip *", "disable *",
    "without *", "wait for *", "wait for * *", "ld preload", "pre load*",
    "pre fetch*", "warmupdate*", "warmupgrade*", "prefetchcount*",
    "prefetchlimit*", "prefetchmultiplier*", "prefetchsize*", "* false",
    "*=false", "*=no", "*=off", "*=0"};

/* A seed is also a number that random ones begin with. */
static const char *const seed_says[] = {"seed", "seeds", "seeder", "seeding"};
static const char *const seed_but_not[] = {"no *", "skip *", "wait for *",
    "wait for * *", "--seed", "random.seed", "seed=", "seeds=", "seed("};
static const char *const seed_unless[] = {"^-"};

/* Caches are filled from seeds, too. */
static const char *const store_unless[] = {
    "^-", "*warm*", "*cache*", "*preload*", "*prefetch*", "*hydrat*"};

#define ITEMS(list) (list), COUNT_OF(list)

static const struct name_words drain_words[] = {
    {ITEMS(shutdown_says), NULL, 0, ITEMS(shutdown_unless)},
    {ITEMS(drain_says), ITEMS(drain_but_not), ITEMS(drain_unless)},
    {ITEMS(grace_says), NULL, 0, ITEMS(grace_unless)},
};

static const struct name_words sidecar_words[] = {
    {ITEMS(sidecar_says), NULL, 0, ITEMS(sidecar_unless)},
};

static const struct name_words warmup_words[] = {
    {ITEMS(warmup_says), ITEMS(warmup_but_not), NULL, 0},
    {ITEMS(seed_says), ITEMS(seed_but_not), ITEMS(seed_unless)},
};

static const struct name_words store_words[] = {
    {ITEMS(seed_says), ITEMS(seed_but_not), ITEMS(store_unless)},
};

const struct setting setting_rows[] = {
    {"drain.delay_seconds", offsetof(struct settings, drain_delay),
	"seconds of the preStop that a fix-it proposes", 10, NULL, 0},
    {"drain.grace_seconds", offsetof(struct settings, drain_grace),
	"the least that a governed rollout should give its pods to end", 30,
	NULL, 0},
    {"drain.margin_seconds", offsetof(struct settings, drain_margin),
	"seconds left for the process to end once it has drained", 5, NULL, 0},
    {"drain.sidecars", offsetof(struct settings, sidecars),
	"names of containers and images that help the others of their pod", 0,
	ITEMS(sidecar_words)},
    {"drain.variables", offsetof(struct settings, drain),
	"names of variables that hold the application's drain time", 0,
	ITEMS(drain_words)},
#define LIMIT(name, setting, most, meaning)                                 \
	{setting, offsetof(struct settings, limits[LIMIT_##name]), meaning, \
	    most, NULL, 0},
#include "fact/limits.def"
#undef LIMIT
    {"warmup.names", offsetof(struct settings, warmup),
	"names, labels, commands and arguments that say a warmup", 0,
	ITEMS(warmup_words)},
    {"warmup.seeds", offsetof(struct settings, seeds),
	"those of them that fill a store, which keeps what it got", 0,
	ITEMS(store_words)},
};
const size_t nsetting_rows = COUNT_OF(setting_rows);

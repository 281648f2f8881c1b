/*
 * What facts depend on besides the manifests: numbers, and words by which names
 * are recognised.  The configuration may give others than the program has.
 */
#ifndef FACT_SETTINGS_H
#define FACT_SETTINGS_H

#include "base/name_list.h"

struct custom_set;

/* See limits.def. */
enum limit {
#define LIMIT(name, setting, most, meaning) LIMIT_##name,
#include "fact/limits.def"
#undef LIMIT
	LIMIT_MAX
};

/* A resource class: what the containers of one pod request together. */
struct resource_class {
	const char *name;
	double cpu_min, cpu_max;       /* cores */
	double memory_min, memory_max; /* bytes */
};

/*
 * Set before the first byte of input, shared by all workers.  All zero: nothing
 * is recognised by its name.
 */
struct settings {
	struct name_list *warmup;   /* names, labels, arguments of a warmup */
	struct name_list *seeds;    /* those of them that fill a store */
	struct name_list *drain;    /* variables that hold a drain time */
	struct name_list *sidecars; /* containers that help others */
	int64_t drain_margin;	    /* seconds left for a process to end */
	int64_t drain_delay; /* seconds of the preStop that is proposed */
	int64_t drain_grace; /* least grace period that is proposed */
	int64_t limits[LIMIT_MAX];
	unsigned kube_least, kube_most; /* minors of Kubernetes 1 that the
					   release is for; 0: those known */
	bool compares; /* there are two releases: objects keep what may differ
			  between them */
	bool seals; /* the render is held against evidence or becomes some:
		       objects keep what they say */
	bool keeps_raw; /* rules read objects as they are written: these stay */
	const char *applied_by; /* as --applied-by names it; NULL: helm */
	const struct custom_set *customs; /* of --crds and charts, prepared; or
					     NULL */
	/* What pods of a resource class request; in an arena of the caller. */
	const struct resource_class *classes;
	size_t nclasses;
	uint32_t given; /* a bit for each row that is not as without any
			   configuration */
};

/* A setting that can be given by its name, and what it is without that. */
struct setting {
	const char *name;    /* "drain.margin_seconds" */
	size_t offset;	     /* in struct settings */
	const char *meaning; /* for --list-facts */
	int64_t number;	     /* 0 or more, where it has no words */
	const struct name_words *words;
	size_t nwords; /* 0: it is a number */
};

/* All of them, by name. */
extern const struct setting setting_rows[];
extern const size_t nsetting_rows;

/* The setting of that name, or NULL. */
const struct setting *setting_find(struct slice name);

/* The class of that name, or NULL. */
const struct resource_class *settings_class(
    const struct settings *settings, const char *name);

/* Sets all that have a name to what they are without any configuration. */
void settings_set_defaults(struct settings *settings);
void settings_release(struct settings *settings);

/*
 * Sets one, whatever it was; the last one counts.  -1 with a sentence when it
 * is not of that type, the number is negative, the pattern does not compile or
 * an entry of the words says nothing.
 */
MUST_CHECK int settings_set_int(struct settings *settings,
    const struct setting *setting, int64_t value, struct fault *fault);
MUST_CHECK int settings_set_pattern(struct settings *settings,
    const struct setting *setting, struct slice pattern, struct fault *fault);
MUST_CHECK int settings_set_words(struct settings *settings,
    const struct setting *setting, const struct name_words *words,
    size_t nwords, struct fault *fault);

/* Whether a configuration has set it. */
bool settings_is_given(
    const struct settings *settings, const struct setting *setting);

/* The value of a setting that is a number. */
int64_t settings_int(
    const struct settings *settings, const struct setting *setting);

/* The names of a setting that is a list of them. */
const struct name_list *settings_names(
    const struct settings *settings, const struct setting *setting);

/* All settings with their defaults and meanings, as text: for --list-facts. */
void settings_describe(struct buf *buf);

#endif

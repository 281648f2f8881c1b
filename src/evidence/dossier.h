/*
 * The files that back a promotion, read: each is known by what is in it, and
 * what it says is kept with the place where it says so.
 */
#ifndef EVIDENCE_DOSSIER_H
#define EVIDENCE_DOSSIER_H

#include "base/map.h"
#include "base/sha256.h"
#include "contract/contract.h"
#include "doc/canon.h"

/* What a file is, as its content tells. */
enum paper_form {
	PAPER_UNKNOWN,	   /* none of these */
	PAPER_CONFORMANCE, /* the report of a conformance suite */
	PAPER_LOAD,	   /* of a load test */
	PAPER_RENDER,	   /* Kubernetes objects */
	PAPER_VALIDATION,  /* SARIF, JUnit, TAP, the report of kubeconform */
	PAPER_BUNDLE,	   /* what --write-evidence seals */
	PAPER_RELEASE,	   /* a bundle of a release with its gates */
	PAPER_THRESHOLDS,  /* numbers that scenarios allow */
	PAPER_SUITES,	   /* a list of suites */
	PAPER_REFERENCE,   /* a scenario, a policy, a schema: decides nothing */
};

/* "conformance report", "load report", ... */
const char *paper_form_name(enum paper_form form);

/* A number under its name, as a report or a scenario has it. */
struct paper_number {
	const char *name; /* "p95_ms" */
	double value;
	const char *text; /* as written */
	struct place place;
};

struct paper_numbers {
	const struct paper_number *items;
	size_t n;
	struct place place; /* of the mapping they are in */
};

/* One section of a conformance report. */
struct paper_section {
	struct clause_text name, status;
	struct clause_list missing, failed;
};

/* An object of a render. */
struct paper_object {
	const struct node *node;
	const struct canon *canon;
	const char *identity; /* "Deployment apps/web" */
	const char *name;
	struct place place;	 /* of its kind */
	struct place name_place; /* of its name, else of its kind */
};

/* What scenarios allow, by their names. */
struct paper_scenario {
	const char *name;
	struct paper_numbers allowed;
};

/* A file that a bundle seals by its digest. */
struct paper_sealed {
	struct clause_text name, digest;
};

/* What ties a file to a run or a release. */
struct paper_key {
	const char *name; /* "run_id" */
	struct clause_text value;
};

/* One file.  What it does not say has no text and no place. */
struct paper {
	const struct origin *origin;
	enum paper_form form;
	const char *kind;   /* "SARIF log", "JUnit report"; for messages */
	struct place place; /* of what tells its form */
	char digest[SHA256_HEX]; /* of its bytes */

	/* The first thing in it that is not as its form asks; NULL: none. */
	const char *malformed;
	struct place malformed_place;

	struct clause_text suite, scenario, status, profile;
	struct clause_text time; /* as written */
	int64_t seconds;	 /* that, since 1970 */
	const struct paper_key *keys;
	size_t nkeys;

	/* Conformance: */
	struct clause_list failed_sections;
	const struct paper_section *sections;
	size_t nsections;
	struct place sections_place;

	/* Load: */
	struct paper_numbers metrics, thresholds;
	struct clause_list violations;

	/* Validation: */
	uint64_t nran, nfailed;
	struct place failure; /* the first */

	/* Render: */
	const struct paper_object *objects;
	size_t nobjects;

	/* Bundle: */
	struct clause_text render; /* the render's digest */
	struct clause_bool allowed;
	const struct paper_sealed *sealed;
	size_t nsealed;

	/* Of a release: what its pins were frozen for. */
	struct clause_text frozen;

	/* Thresholds; suites as texts: */
	const struct paper_scenario *scenarios;
	size_t nscenarios;
	struct clause_list suites;

	bool is_mapped; /* of a team's own form: it has no sections */
	bool is_sealed; /* a bundle beside it has its digest: that speaks */
};

struct team_forms;

/* All zero is empty and ready. */
struct dossier {
	struct arena arena; /* owns all of it */
	struct paper *papers; /* in the order of the paths */
	size_t n, cap;
	const struct team_forms *forms; /* of the configuration, or NULL */
	int64_t now;	 /* seconds since 1970 */
	int64_t max_age; /* seconds; 0: any age will do */
	struct place start; /* of the first file; for what is in none */
	struct map *seen;   /* while it is read */
};

/*
 * Adds a file, or all files in a folder and those below, in the order of their
 * names; names that begin with a dot are left out.  What a file holds never
 * fails: it makes the paper malformed or unknown.  -1 with a sentence when a
 * path cannot be opened.
 */
MUST_CHECK int dossier_add_path(struct dossier *dossier, const char *path,
    const struct origin_maker *maker, struct fault *fault);

/* Adds one file's text. */
void dossier_add_text(struct dossier *dossier, const struct origin *origin,
    struct slice text);

/* When all files are there: bundles are held against what they seal. */
void dossier_close(struct dossier *dossier);

void dossier_release(struct dossier *dossier);

/*
 * The time that a text gives: a date of RFC 3339 with or without a time and a
 * zone (UTC without), in seconds since 1970.  False when it is none.
 */
bool evidence_time(struct slice text, int64_t *ret_seconds);

/* The files that --write-evidence seals, and the one that seals them. */
#define BUNDLE_FILES 3
extern const char *const bundle_files[BUNDLE_FILES];
#define BUNDLE_NAME "bundle.json"

/* The last part of a path. */
const char *file_name_of(const char *path);

#endif

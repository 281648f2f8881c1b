/*
 * What the contract's clauses are held against besides the manifests.
 */
#ifndef CONTRACT_EVIDENCE_H
#define CONTRACT_EVIDENCE_H

struct values;
struct matrix;
struct scenarios;
struct map;
struct dossier;

/* All zero: nothing was given, and no clause about it can be checked. */
struct evidence {
	const struct values *values;	   /* the chart's, merged; or NULL */
	const struct matrix *matrix;	   /* the install matrix, or NULL */
	const struct scenarios *scenarios; /* their assets, or NULL */
	const struct map *install_only;	   /* names, as "# Source:" has them, of
					      templates that print nothing on an
					      upgrade; or NULL */
	const struct dossier *dossier; /* the files of --evidence, or NULL */
};

#endif

/*
 * A rule, loaded: data from one file, checked, compiled, const.
 */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "diag/levels.h"
#include "doc/reader.h"
#include "rule/vocabulary.h"

/* An expression; program NULL: not given. */
struct expression {
	const struct cel_program *program;
};

/* A message: literal text and placeholders in turn. */
struct message_part {
	struct slice literal;		       /* before the placeholder */
	const struct cel_program *placeholder; /* NULL: none, or is_case */
	bool is_case; /* the placeholder is {case}: what the case says */
};

struct message {
	const struct message_part *parts;
	size_t n;
};

struct rule_note {
	struct expression when, at;
	struct message message;
};

struct rule_notes {
	const struct rule_note *items;
	size_t n;
};

/* One of several things that a rule finds; the first that holds is reported. */
struct rule_case {
	struct expression when; /* program NULL: always */
	struct expression at;	/* program NULL: the rule's own */
	struct message says;	/* no parts: the message has no {case} */
	bool has_severity;
	enum severity severity; /* if it has one: whatever severity_when says */
	struct rule_notes notes; /* before those of the rule */
};

/* A piece of what a fix writes: a literal in both forms, then a value. */
struct fixit_piece {
	struct slice yaml, json;
	const struct cel_program *value; /* NULL: the literal is all */
};

/* What one edit writes: a value, or a key and its value. */
struct fixit_text {
	struct slice key; /* empty: a value alone */
	const struct fixit_piece *pieces;
	size_t n;
};

/* An edit that mends what the rule finds; of several texts each is inserted
 * at the same place. */
struct fixit {
	struct expression when, at;
	enum fix_kind kind; /* FIX_REPLACE or FIX_INSERT */
	const struct fixit_text *texts;
	size_t ntexts;
};

/* A file that an example gives, under the name it has in findings. */
struct example_file {
	const char *name;
	const char *text;
};

/* One example: a stream, the profile it is judged by, and what that is held
 * against beside it. */
struct example {
	const char *yaml;	      /* "" when there is none */
	const struct node *contract;  /* a mapping, or NULL */
	struct example_file clauses;  /* the same as a file; text NULL: none */
	struct example_file previous; /* the release that ran before */
	struct example_file values, matrix;
	const struct example_file *scenarios, *evidence;
	size_t nscenarios, nevidence;
	const char *shown;	    /* all files, for people to read */
	const struct node *classes; /* resourceClasses, or NULL */
	struct place place;
};

/* A threshold or pattern that users may change, named params.NAME. */
struct param {
	const char *name;
	const char *meaning;	    /* "" when the rule does not say */
	const struct setting *sets; /* that it gives to the facts, or NULL */
	bool shows; /* sets is the program's, which it shows and renames */
	struct cel_value value; /* the default, or the configuration's */
	struct place place;	/* of the value */
};

/* The parameters of a rule, as a class of their own. */
struct params {
	struct param *items;
	size_t n;
	const struct cel_class *class;
};

/* When a rule finds something, where that is and in which words. */
struct rule_body {
	struct expression when, at, about;
	struct expression require; /* program NULL: the cases decide alone */
	struct expression raises[SEVERITY_MAX]; /* severity_when, by severity */
	struct message message;
	const struct rule_case *cases; /* none: the message is all there is */
	size_t ncases;
	struct rule_notes notes;
	const struct fixit *fixits;
	size_t nfixits;
};

/* Tables that hold rules, see rule/packed.h. */
struct packed_rules;

struct rule {
	struct diag_kind kind; /* texts in the ruleset's arena */
	const struct origin *origin;
	enum entity_kind on; /* or ON_OBJECT */
	struct scope *scope; /* others may have the same */
	struct params params;
	struct slice clause; /* contract field that asks; empty: none */
	bool is_silent; /* what it finds as off is not kept: no level turns it
			   on */
	bool guards; /* not asked for by the clause, but an error breaks it */
	bool may_raise;		/* one of its raises or cases has a severity */
	struct rule_body *body; /* NULL: it is packed, see rule_body() */
	struct {
		const struct packed_rules *in;
		uint32_t tests, rest; /* where its own begin */
	} packed;
	const struct example *bad, *good; /* of the built-in rules only when
					     they were read as texts */
	size_t nbad, ngood;
};

/* Whether a rule is part of the program: it is read from no file. */
static inline bool rule_is_builtin(const struct rule *rule)
{
	return rule->origin->name[0] == '<';
}

/* The body of a rule, which lives as long as the rule does, or in the arena:
 * what is packed is unpacked each time. */
const struct rule_body *rule_body(const struct rule *rule, struct arena *arena);

/* The same, though it may lack all that only tells what was found; of the cases
 * there are when and the severity. */
const struct rule_body *rule_tests(
    const struct rule *rule, struct arena *arena);

/* How a field of a rule is written. */
enum rule_shape {
	RULE_NAME, /* words of lower-case letters and digits */
	RULE_TEXT,
	RULE_TEXTS, /* a list of them */
	RULE_FLAG,
	RULE_SEVERITY,
	RULE_EXPRESSION,
	RULE_CONDITIONS, /* severities with an expression each */
	RULE_LIST,	 /* of mappings */
	RULE_MAPPING,
	RULE_ANY, /* one mapping or a list of them */
};

/* A field of a rule, for the JSON Schema. */
struct rule_field {
	const char *name;
	bool required;
	enum rule_shape shape;
	const char *meaning;
};

/* The fields by their order, from 0; NULL: there are no more. */
const struct rule_field *rule_field_at(size_t i);

/* All rules of a run.  All zero is empty and ready. */
struct ruleset {
	struct arena arena; /* owns all rules, their texts and nodes */
	struct cel_programs programs;
	struct rule **rules;
	size_t n, cap;
	struct rule **of_objects; /* those on object, for check_object() */
	size_t nof_objects, cap_of_objects;
	struct map by_name; /* ids, codes and aliases, of the first nnamed */
	size_t nnamed;
};

/* Adds the rules that are part of the program, without their examples. */
void ruleset_add_builtin(struct ruleset *ruleset);

/* The same from the texts of their files, with the examples. */
void ruleset_add_sources(struct ruleset *ruleset);

/* Lets the rules that are off and that no level turns on keep quiet, so that
 * what they would find takes neither time nor memory. */
void ruleset_silence(struct ruleset *ruleset, const struct levels *levels);

/* Whether a rule that was read from a file needs objects as they are written
 * when all of them have been read. */
bool ruleset_reads_raw(const struct ruleset *ruleset);

/* A set of that rule alone, for a run; it borrows the pointer and is not to be
 * released. */
struct ruleset ruleset_of_one(struct rule **rule);

/* Adds a rule that has been made, whose id, code and aliases are not taken. */
void ruleset_add_rule(struct ruleset *ruleset, struct rule *rule);

/*
 * Adds the rules of a file, or of all files of a directory whose names end in
 * .yaml or .yml, in the order of their names.  -1 with FILE:LINE:COL and a
 * sentence for each unknown or missing field, wrong type, expression that does
 * not compile, id or code that is taken; what comes after one of the fields
 * that expressions depend on is not looked at when that is wrong.
 */
MUST_CHECK int ruleset_add_path(
    struct ruleset *ruleset, const char *path, struct fault *fault);

/* The same for one file's text. */
MUST_CHECK int ruleset_add_text(struct ruleset *ruleset,
    const struct origin *origin, struct slice text, struct fault *fault);

/* The same for the root of a document, whose nodes live in the ruleset. */
MUST_CHECK int ruleset_add_root(struct ruleset *ruleset,
    const struct origin *origin, const struct node *root, struct fault *fault);

void ruleset_release(struct ruleset *ruleset);

/* The rule that has that id or code, or had it once; or NULL.  Not for several
 * threads: names are indexed when they are first asked for. */
struct rule *ruleset_find(struct ruleset *ruleset, struct slice name);

#endif

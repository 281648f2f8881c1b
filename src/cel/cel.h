/*
 * The rule language: a subset of CEL (the Common Expression Language that
 * Kubernetes uses in ValidatingAdmissionPolicy), parsed and type-checked when
 * a rule is loaded, evaluated over facts and raw nodes.
 *
 * In the subset: int, double, string, bool, null, list and map values; field
 * selection and index; ! and unary -; * / % + -; comparisons; in; && || with
 * CEL's absorption of errors; ?:; has(), size(), matches(), startsWith(),
 * endsWith(), contains(), what Kubernetes adds for texts and lists
 * (cel/library.h); the conversions int() double() string() bool();
 * dyn(), which turns the checks of types off; the macros all, exists,
 * exists_one, filter, map.
 */
#ifndef CEL_CEL_H
#define CEL_CEL_H

#include "base/fault.h"
#include "cel/cel_value.h"

struct cel_program;
struct cel_answers;
struct cel_patterns;

/* Programs that are freed together.  All zero is empty and ready. */
struct cel_programs {
	const struct cel_program **items;
	size_t n, cap;
};
void cel_programs_release(struct cel_programs *programs);

/* A name that expressions may use. */
struct cel_variable {
	const char *name;
	struct cel_type type;
};

/* The names in scope, given at compilation; indexes of vars are those of the
 * values given at evaluation. */
struct cel_scope {
	const struct cel_variable *vars;
	size_t nvars; /* 64 at most */
	bool lax; /* what the types refuse becomes an error of evaluation, as
		     in CEL without its checker; syntax is refused anyway */
	const char *optional; /* the variable whose value may be cel_none() and
				 which is used as what stands behind ".?" is,
				 or NULL */
	bool is_strict;	/* patterns are RE2's alone, as the API server has it */
	struct cel_programs *owner; /* of the programs that are compiled, or
				       NULL: the caller is */
};

/* What is wrong with an expression, and at which byte of it. */
struct cel_problem {
	size_t offset;
	bool is_syntax; /* no CEL takes it, whatever this subset lacks */
	struct fault fault; /* the sentence; release it */
};

/*
 * Parses and checks source.  NULL with *problem set: a syntax error, an
 * unknown name or field (the nearest one is proposed), an operator or function
 * that does not take these types, a pattern that does not compile.  The class
 * tables of scope must outlive the program; source need not.
 * Free with cel_program_free(), unless scope has an owner.
 */
const struct cel_program *cel_compile(struct slice source,
    const struct cel_scope *scope, struct cel_problem *problem);
void cel_program_free(const struct cel_program *program);

/* Whether some CEL may parse source: false only where its grammar does not take
 * it.  Names, types and functions are not looked at. */
bool cel_may_parse(struct slice source);

/*
 * Calls visit for each name that source takes from its scope, with the field
 * that is selected of it, or "".  Left out are variables of macros, names that
 * may be those of macros this subset lacks, and names before a method, which
 * may be those of a library.  False, and nothing is called, where source is
 * beyond the subset's grammar.
 */
typedef void cel_visit_name(
    struct slice name, struct slice field, void *context);
bool cel_visit_names(
    struct slice source, cel_visit_name *visit, void *context);

/* Whether a program that was compiled at run time names a field of a class
 * whose type is not known, as what an entity is written as. */
bool cel_program_reads_raw(const struct cel_program *program);

/* What the program's value will be; CEL_DYN when only evaluation can tell. */
struct cel_type cel_program_type(const struct cel_program *program);

/* Whether the program reads the variable of that index. */
bool cel_program_uses(const struct cel_program *program, size_t var);

/* Whether the program can be told to be false, without evaluating it, where the
 * scope's var is what cel_from_node() makes of object: by var.a.b == "x" or
 * var.a.b in ["x", "y"], as it compares them, or by has(var.a.b), alone or
 * joined by && with whatever else.  false: it may be anything. */
bool cel_program_excludes(const struct cel_program *program, size_t var,
    const struct node *object);

/*
 * Evaluates.  values[i] is the value of scope's vars[i]; context is handed to
 * the classes' get().  The result lives in arena and in what the values live
 * in; a failure is a value of CEL_ERROR.  The program is only read: threads
 * may share it.  Cost is bounded: nesting by the parser, work by a budget of
 * steps, past which the value is CEL_ERROR.
 */
struct cel_value cel_eval(const struct cel_program *program,
    const struct cel_value *values, const void *context, struct arena *arena);

/* The value of a variable that there is not. */
struct cel_value cel_none(void);

/* The same within *steps, off which those are taken that it takes; when none
 * are left the value is CEL_ERROR. */
struct cel_value cel_eval_within(uint64_t *steps,
    const struct cel_program *program, const struct cel_value *values,
    const void *context, struct arena *arena);

/* The same with patterns, where those stay that were compiled on the way, and
 * answers to what was asked of lists that are kept. */
struct cel_value cel_eval_with(struct cel_patterns *patterns,
    struct cel_answers *answers, uint64_t *steps,
    const struct cel_program *program, const struct cel_value *values,
    const void *context, struct arena *arena);

#endif

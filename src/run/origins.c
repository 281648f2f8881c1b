/*
 * The name of a file that is read -> its origin, with the name that reports
 * give it and its place in the list of all files.
 */
#include "run/program.h"

#include "run/report_path.h"

struct origin *program_origin(
    struct program *program, const char *name, enum origin_role role)
{
	struct origin *origin = arena_alloc(&program->arena, sizeof(*origin));

	*origin = (struct origin){
	    .name = name,
	    .relative = report_path(&program->arena, program->here, name),
	    .role = role,
	    .index = (unsigned)program->norigins,
	};
	program->origins = grow(program->origins, program->norigins,
	    &program->cap_origins, sizeof(*program->origins));
	program->origins[program->norigins++] = origin;
	return origin;
}

const struct origin *program_make_origin(
    void *program, const char *name, const struct slice *packed)
{
	struct origin *origin = program_origin(program,
	    text_copy(&((struct program *)program)->arena, name),
	    ORIGIN_CONTRACT);

	origin->packed = packed;
	return origin;
}

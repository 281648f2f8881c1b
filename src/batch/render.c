/* The command of --render and a profile's values -> a process: see render.h. */
#include "batch/render.h"

#include "base/placeholder.h"
#include "batch/child.h"

#include <stddef.h>

static const struct {
	const char *name;
	size_t field;
	const char *missing; /* what to do when there is no value */
} placeholders[] = {
    {"release", offsetof(struct render_values, release),
	"name it with --release NAME or in the command itself"},
    {"chart", offsetof(struct render_values, chart),
	"name it with --chart DIR"},
    {"profile", offsetof(struct render_values, profile), "give it an id"},
    {"values_file", offsetof(struct render_values, values_file),
	"the contract names none for it, or it is not below --root"},
    {"namespace", offsetof(struct render_values, namespace),
	"name it with --namespace NAME"},
};

/* The row of that name, or the number of rows. */
static size_t find_placeholder(struct slice name)
{
	size_t i = 0;

	while (
	    i < COUNT_OF(placeholders) && !slice_is(name, placeholders[i].name))
		i++;
	return i;
}

/* Whether the placeholder is another in each profile. */
static bool is_of_profile(struct slice name)
{
	return slice_is(name, "profile") || slice_is(name, "values_file");
}

static int check_word(
    struct render *render, const char *word, struct fault *fault)
{
	struct slice rest = slice_of(word);
	struct placeholder_piece piece;

	while (placeholder_next(&rest, &piece)) {
		if (!piece.is_placeholder)
			continue;
		if (find_placeholder(piece.text) == COUNT_OF(placeholders))
			return fault_set(fault,
			    "--render: there is no placeholder {%.*s}; there "
			    "are {release}, {chart}, {profile}, {values_file} "
			    "and {namespace}, and {{ stands for a brace",
			    SLICE_ARGS(piece.text));
		render->needs_values_file |=
		    slice_is(piece.text, "values_file");
		render->tells_apart |= is_of_profile(piece.text);
	}
	return 0;
}

int render_read(struct render *render, const char *command, struct arena *arena,
    struct fault *fault)
{
	*render = (struct render){0};
	if (words_cut("--render", command, arena, &render->words, fault))
		return -1;
	for (size_t i = 0; i < render->words.n; i++) {
		if (check_word(render, render->words.items[i], fault))
			return -1;
	}
	return 0;
}

static int add_value(struct buf *word, struct slice name,
    const struct render_values *values, struct fault *fault)
{
	size_t i = find_placeholder(name);
	const char *value = *(
	    const char *const *)((const char *)values + placeholders[i].field);

	if (!value)
		return fault_set(fault, "--render: there is no {%.*s}; %s",
		    SLICE_ARGS(name), placeholders[i].missing);
	if (value[0] == '-')
		return fault_set(fault,
		    "--render: {%.*s} is '%s', which begins with '-' and "
		    "could be taken for an option",
		    SLICE_ARGS(name), value);
	buf_add_text(word, value);
	return 0;
}

int render_check(const struct render *render,
    const struct render_values *values, struct fault *fault)
{
	struct buf unused = {0};
	int result = 0;

	for (size_t i = 0; i < render->words.n; i++) {
		struct slice rest = slice_of(render->words.items[i]);
		struct placeholder_piece piece;

		while (!result && placeholder_next(&rest, &piece)) {
			if (piece.is_placeholder && !is_of_profile(piece.text))
				result = add_value(
				    &unused, piece.text, values, fault);
		}
	}
	buf_release(&unused);
	return result;
}

static int fill_word(struct buf *filled, const char *word,
    const struct render_values *values, struct fault *fault)
{
	struct slice rest = slice_of(word);
	struct placeholder_piece piece;

	buf_clear(filled);
	while (placeholder_next(&rest, &piece)) {
		if (!piece.is_placeholder)
			buf_add_slice(filled, piece.text);
		else if (add_value(filled, piece.text, values, fault))
			return -1;
	}
	return 0;
}

int render_run(const struct render *render, const struct render_values *values,
    int out, struct fault *fault)
{
	struct arena arena = {0};
	struct buf filled = {0};
	struct words words = {
	    .items = arena_array(&arena, render->words.n + 1, sizeof(char *)),
	};
	int result = 0;

	for (; !result && words.n < render->words.n; words.n++) {
		result = fill_word(
		    &filled, render->words.items[words.n], values, fault);
		words.items[words.n] =
		    slice_copy(&arena, buf_slice(&filled)).ptr;
	}
	if (!result)
		result = child_run(&words, out, fault);
	buf_release(&filled);
	arena_release(&arena);
	return result;
}

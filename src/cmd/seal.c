/* A report -> the files of an evidence bundle. */
#include "cmd/seal.h"

#include "evidence/render_digest.h"
#include "input/source.h"
#include "report/json_tree.h"
#include "report/verdict_json.h"
#include "run/replace.h"
#include "sink/sink.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* A file of the bundle, in memory. */
struct sealed_file {
	const char *name;
	struct buf text;
	char digest[RENDER_DIGEST]; /* "sha256:..." */
};

static void set_digest(struct slice text, char ret_digest[RENDER_DIGEST])
{
	memcpy(ret_digest, "sha256:", sizeof("sha256:"));
	sha256_of(text, ret_digest + sizeof("sha256:") - 1);
}

/* What the format would write to a file. */
static void print_report(
    const struct report *report, struct slice format, struct buf *text)
{
	const struct sink_options options = {.is_summary = true};
	char *bytes = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&bytes, &len);

	if (!file)
		out_of_memory();
	sink_find(format)->write(file, report, &options);
	if (fclose(file))
		out_of_memory();
	buf_add_slice(text, (struct slice){bytes, len});
	free(bytes);
}

static void print_json(struct json *json, struct buf *text)
{
	json_print(json, text);
	json_free(json);
}

static struct json *new_render(const struct run *run)
{
	const struct entity_list *manifests =
	    &run->parts[0].release->lists[ENTITY_manifest];
	const struct canon **canons =
	    xcalloc(manifests->n + 1, sizeof(*canons));
	struct json *json = json_new_object();
	char digest[RENDER_DIGEST];

	for (size_t i = 0; i < manifests->n; i++)
		canons[i] = ((const struct manifest *)manifests->items[i])
				->seldom->canon;
	/* What is not whole has a digest that no release has. */
	if (!render_digest(canons, manifests->n, digest))
		memcpy(digest, "sha256:-", sizeof("sha256:-"));
	json_set_text(json, "digest", digest);
	json_set_number(json, "objects", manifests->n);
	free(canons);
	return json;
}

/* The digest of a file's text; false for what cannot be read again. */
static bool digest_file(
    const struct origin *origin, char ret_digest[RENDER_DIGEST])
{
	struct source *source = xcalloc(1, sizeof(*source));
	struct fault unused = {0};
	struct buf bytes = {0};
	char block[16384];
	ssize_t n = -1;

	if (!origin->is_stdin &&
	    !source_open(source, origin, false, &unused)) {
		while ((n = source_read(
			    source, block, sizeof(block), &unused)) > 0)
			buf_add(&bytes, block, (size_t)n);
		source_release(source);
	}
	set_digest(buf_slice(&bytes), ret_digest);
	free(source);
	buf_release(&bytes);
	fault_release(&unused);
	return n == 0;
}

/* What the run was made from, in the order of reading. */
static struct json *new_inputs(const struct program *program)
{
	static const char *const roles[] = {
	    [ORIGIN_MANIFEST] = "manifest",
	    [ORIGIN_PREVIOUS] = "previous",
	    [ORIGIN_TEMPLATE] = "template",
	    [ORIGIN_CONTRACT] = "asked",
	};
	struct json *list = json_new_array();

	for (size_t i = 0; i < program->norigins; i++) {
		const struct origin *origin = program->origins[i];
		struct json *json;
		char digest[RENDER_DIGEST];

		if (origin->role == ORIGIN_TEMPLATE)
			continue;
		json = json_new_object();
		json_set_text(json, "name", origin->name);
		json_set_text(json, "role", roles[origin->role]);
		json_set_optional(json, "digest",
		    digest_file(origin, digest) ? digest : NULL);
		json_push(list, json);
	}
	return list;
}

static const char *spell_time(struct program *program)
{
	char text[sizeof("YYYY-MM-DDThh:mm:ssZ")];
	time_t now = (time_t)program->now;
	struct tm day;

	if (!gmtime_r(&now, &day) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &day))
		return "1970-01-01T00:00:00Z";
	return arena_printf(&program->arena, "%s", text);
}

/* What seals the other files; the reader of src/evidence/read_bundle.c wants
 * all of it. */
static struct json *new_bundle(struct program *program, const struct run *run,
    const struct verdicts *verdicts, const struct sealed_file *files, size_t n)
{
	struct json *json = json_new_object(), *sealed = json_new_object(),
		    *versions = json_new_object();

	for (size_t i = 0; i < n; i++)
		json_set_text(sealed, files[i].name, files[i].digest);
	json_set_text(versions, "rolloutlint", PACKAGE_VERSION);
	json_set_text(json, "format", "rolloutlint-evidence");
	json_set_number(json, "schema_version", 1);
	json_set_text(json, "profile", verdicts->profile);
	json_set_text(json, "generated_at", spell_time(program));
	json_set(json, "render", new_render(run));
	json_set_bool(json, "allowed", verdicts->allowed);
	json_set(json, "files", sealed);
	json_set(json, "inputs", new_inputs(program));
	json_set(json, "versions", versions);
	return json;
}

static void write_text(FILE *out, const void *context)
{
	const struct buf *text = context;

	fwrite(text->ptr, 1, text->len, out);
}

/* A bundle may be made anew by a run that was held to the old one, but no
 * manifest is written over. */
static bool is_input(const struct program *program, const char *name)
{
	struct stat file, input;

	for (size_t i = 0; !stat(name, &file) && i < program->ninputs; i++) {
		if (!stat(program->inputs[i]->name, &input) &&
		    file.st_dev == input.st_dev && file.st_ino == input.st_ino)
			return true;
	}
	return false;
}

static int write_file(struct program *program, const struct sealed_file *file)
{
	const char *name = arena_printf(&program->arena, "%s/%s",
	    program->options.write_evidence, file->name);

	if (is_input(program, name))
		return fault_set(&program->fault,
		    "'%s' was not overwritten because it is part of the input",
		    name);
	return replace_file(name, write_text, &file->text, &program->fault);
}

int seal_write(struct program *program, const struct report *report,
    const struct run *run, const struct verdicts *verdicts)
{
	struct sealed_file files[] = {{.name = bundle_files[0]},
	    {.name = bundle_files[1]}, {.name = bundle_files[2]},
	    {.name = BUNDLE_NAME}};
	const char *folder = program->options.write_evidence;
	size_t last = COUNT_OF(files) - 1;
	int result = 0;

	if (run->ntroubles)
		return fault_set(&program->fault,
		    "no evidence was written because part of the input could "
		    "not be checked");
	if (mkdir(folder, 0777) && errno != EEXIST)
		return fault_set(&program->fault, "cannot make '%s': %s",
		    folder, strerror(errno));
	print_json(json_new_verdicts(verdicts), &files[0].text);
	print_report(report, SLICE("markdown"), &files[1].text);
	print_report(report, SLICE("sarif"), &files[2].text);
	for (size_t i = 0; i < last; i++)
		set_digest(buf_slice(&files[i].text), files[i].digest);
	print_json(new_bundle(program, run, verdicts, files, last),
	    &files[last].text);
	for (size_t i = 0; i <= last; i++) {
		if (!result)
			result = write_file(program, &files[i]);
		buf_release(&files[i].text);
	}
	return result;
}

/* Origins into URIs, each spelled once: every location of every result refers
 * to one. */
#include "sink/sarif_files.h"

#include "report/uri.h"

/* What a location says of a file. */
struct reference {
	const struct origin *origin; /* the key in the map */
	const char *uri;	     /* in the arena, or borrowed */
	const char *base;
	size_t number;	       /* index of the artifact plus one; 0: none */
	struct json *location; /* all that */
};

/* The URI and, before it, what tells the two bases apart. */
static void add_key(struct buf *key, const struct origin *origin)
{
	buf_add_text(key, uri_is_absolute(origin) ? "/" : "");
	uri_add(key, origin);
}

static const char *base_of(const struct origin *origin)
{
	return uri_is_absolute(origin) ? SARIF_FILE_SYSTEM : SARIF_SOURCES;
}

static struct json *new_location(const struct reference *reference)
{
	struct json *location = json_new_object();

	json_set_text(location, "uri", reference->uri);
	json_set_text(location, "uriBaseId", reference->base);
	if (reference->number)
		json_set_number(location, "index", reference->number - 1);
	return location;
}

struct json *sarif_file_location(
    const struct sarif_files *files, const struct origin *origin)
{
	const struct reference *known =
	    map_find(&files->by_origin, map_address_key(&origin));
	struct buf uri = {0}, key = {0};
	struct json *location;

	if (known)
		return new_location(known);
	if (!origin)
		return new_location(
		    &(struct reference){.uri = "stdin", .base = SARIF_SOURCES});
	uri_add(&uri, origin);
	add_key(&key, origin);
	location = new_location(&(struct reference){
	    .uri = buf_text(&uri),
	    .base = base_of(origin),
	    .number = (uintptr_t)map_find(&files->by_uri, buf_slice(&key)),
	});
	buf_release(&uri);
	buf_release(&key);
	return location;
}

void sarif_print_file(const struct sarif_files *files,
    const struct origin *origin, const char *key, struct json_out *out)
{
	const struct reference *known =
	    map_find(&files->by_origin, map_address_key(&origin));
	struct json *location;

	if (known) {
		json_print_to(known->location, key, out);
		return;
	}
	location = sarif_file_location(files, origin);
	json_print_to(location, key, out);
	json_free(location);
}

static struct json *new_roles(const struct origin *origin)
{
	struct json *roles = json_new_array();

	json_push(roles, json_new_text(origin->role == ORIGIN_CONTRACT
					   ? SLICE("policy")
					   : SLICE("analysisTarget")));
	json_push(roles,
	    json_new_text(origin->is_stdin ? SLICE("standardStream")
					   : SLICE("referencedOnCommandLine")));
	return roles;
}

/* YAML unless the name says JSON. */
static void set_language(struct json *artifact, const struct origin *origin)
{
	bool json = slice_ends(slice_of(origin->name), SLICE(".json"));

	json_set_text(artifact, "sourceLanguage", json ? "json" : "yaml");
	json_set_text(artifact, "mimeType",
	    json ? "application/json" : "application/yaml");
}

/* The number of the artifact, and whether it is a new one. */
static size_t number_of(
    struct sarif_files *files, const struct origin *origin, bool *ret_is_new)
{
	struct buf key = {0};
	void **slot;

	add_key(&key, origin);
	slot = map_slot(
	    &files->by_uri, slice_copy(&files->arena, buf_slice(&key)));
	buf_release(&key);
	*ret_is_new = !*slot;
	if (!*slot)
		*slot = (void *)(uintptr_t)(json_length(files->artifacts) + 1);
	return (uintptr_t)*slot;
}

static void add_file(struct sarif_files *files, const struct origin *origin)
{
	struct reference *reference =
	    arena_alloc(&files->arena, sizeof(*reference));
	struct json *artifact;
	struct buf uri = {0};
	bool is_new;

	uri_add(&uri, origin);
	*reference = (struct reference){
	    .origin = origin,
	    .uri = slice_copy(&files->arena, buf_slice(&uri)).ptr,
	    .base = base_of(origin),
	    .number = number_of(files, origin, &is_new),
	};
	reference->location = new_location(reference);
	buf_release(&uri);
	*map_slot(&files->by_origin, map_address_key(&reference->origin)) =
	    reference;
	if (!is_new)
		return;
	artifact = json_new_object();
	json_set(artifact, "location", new_location(reference));
	json_set(artifact, "roles", new_roles(origin));
	set_language(artifact, origin);
	json_push(files->artifacts, artifact);
}

void sarif_files_init(
    struct sarif_files *files, const struct origin *const *origins, size_t n)
{
	*files = (struct sarif_files){.artifacts = json_new_array()};
	for (size_t i = 0; i < n; i++)
		add_file(files, origins[i]);
}

void sarif_files_release(struct sarif_files *files)
{
	for (size_t i = 0; i < files->by_origin.n; i++) {
		struct reference *reference = files->by_origin.entries[i].value;

		json_free(reference->location);
	}
	map_release(&files->by_uri);
	map_release(&files->by_origin);
	arena_release(&files->arena);
}

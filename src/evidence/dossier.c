/* Paths -> files -> papers. */
#include "evidence/dossier.h"

#include "doc/scalar.h"
#include "evidence/page.h"
#include "evidence/team_form.h"
#include "input/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Folders one in the other. */
#define MOST_FOLDERS 16

const char *const bundle_files[BUNDLE_FILES] = {
    "verdicts.json", "verdicts.md", "report.sarif"};

const char *file_name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static struct place first_place(const struct origin *origin)
{
	return (struct place){origin, (struct span){1, 1, 1, 2}};
}

/* Whether a file of that name is written by a program: what a person wrote may
 * be about reports without being one. */
static bool is_of_machine(const char *name)
{
	static const char *const ends[] = {
	    ".json", ".yaml", ".yml", ".sarif", ".xml", ".tap"};

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (slice_ends(slice_of(name), slice_of(ends[i])))
			return true;
	}
	return false;
}

/* What a text that cannot be read may have been, by words in it or its name, so
 * that it is not told of twice: as what it is, and as missing. */
static enum paper_form guess_form(
    const struct origin *origin, struct slice text)
{
	static const struct {
		const char *word;
		enum paper_form form;
	} words[] = {
	    {"failed_sections", PAPER_CONFORMANCE},
	    {"suite_id", PAPER_CONFORMANCE},
	    {"rolloutlint-evidence", PAPER_BUNDLE},
	    {"ops_load_report", PAPER_LOAD},
	    {"\"violations\"", PAPER_LOAD},
	    {"http_req_duration", PAPER_LOAD},
	    {"<testsuite", PAPER_VALIDATION},
	    {"\"runs\"", PAPER_VALIDATION},
	    {"apiVersion:", PAPER_RENDER},
	    {"\"apiVersion\"", PAPER_RENDER},
	};
	static const struct {
		const char *word;
		enum paper_form form;
	} names[] = {
	    {"conformance", PAPER_CONFORMANCE},
	    {"rollout", PAPER_LOAD},
	    {"rollback", PAPER_LOAD},
	    {"load", PAPER_LOAD},
	    {"sarif", PAPER_VALIDATION},
	    {"junit", PAPER_VALIDATION},
	    {"validat", PAPER_VALIDATION},
	    {"kubeconform", PAPER_VALIDATION},
	    {"render", PAPER_RENDER},
	};

	if (!is_of_machine(origin->name))
		return PAPER_UNKNOWN;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_find(text, slice_of(words[i].word), 0) >= 0)
			return words[i].form;
	}
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strstr(file_name_of(origin->name), names[i].word))
			return names[i].form;
	}
	return PAPER_UNKNOWN;
}

static struct paper *add_paper(
    struct dossier *dossier, const struct origin *origin, struct slice text)
{
	struct paper *paper;

	dossier->papers = grow(dossier->papers, dossier->n, &dossier->cap,
	    sizeof(*dossier->papers));
	paper = &dossier->papers[dossier->n++];
	*paper = (struct paper){
	    .origin = origin,
	    .place = first_place(origin),
	};
	sha256_of(text, paper->digest);
	if (!place_known(dossier->start))
		dossier->start = paper->place;
	return paper;
}

static void refuse_text(struct dossier *dossier, struct paper *paper,
    struct slice text, struct place place, const char *reason)
{
	paper->form = guess_form(paper->origin, text);
	paper->malformed = text_copy(&dossier->arena, reason);
	paper->malformed_place = place;
}

/* "Deployment apps/web": kind, and namespace and name. */
static const char *identity_of(
    struct arena *arena, const struct node *object)
{
	static const char *const keys[] = {"namespace", "name"};
	const struct node *metadata = node_get(object, "metadata");
	const struct node *kind = node_get(object, "kind");
	struct slice texts[2] = {{"", 0}, {"", 0}};

	for (size_t i = 0; i < 2; i++)
		(void)node_to_text(node_get(metadata, keys[i]), &texts[i]);
	return arena_printf(arena, "%.*s %.*s%s%.*s", SLICE_ARGS(kind->text),
	    SLICE_ARGS(texts[0]), texts[0].len ? "/" : "",
	    SLICE_ARGS(texts[1]));
}

static void set_name(const struct page *page, struct paper_object *object)
{
	const struct node *name =
	    node_find(object->node, "metadata", "name", NULL);
	struct slice text = {"", 0};

	(void)node_to_text(name, &text);
	object->name = slice_copy(page->arena, text).ptr;
	object->name_place =
	    text.len ? node_place(page->reader.origin, name) : object->place;
}

/* The objects of a document, those of lists one by one, as they are collected
 * from the input.  Recursion is bounded: a tree is no deeper than its limits.
 */
static void add_objects(
    const struct page *page, const struct node *node, struct buf *objects)
{
	const struct node *kind = node_get(node, "kind");
	const struct node *items =
	    node->kind == NODE_SEQUENCE ? node : node_get(node, "items");
	struct paper_object object = {.node = node};

	if (items && items->kind == NODE_SEQUENCE &&
	    (node == items || (kind && kind->kind == NODE_SCALAR &&
				  slice_ends(kind->text, SLICE("List"))))) {
		for (uint32_t i = 0; i < items->n; i++)
			add_objects(page, items->items[i], objects);
		return;
	}
	if (!is_render(node))
		return;
	object.canon = canon_of(node, page->arena);
	object.identity = identity_of(page->arena, node);
	object.place = node_place(page->reader.origin, kind);
	set_name(page, &object);
	buf_add(objects, &object, sizeof(object));
}

static void take_root(const struct dossier *dossier, const struct page *page,
    const struct node *root, struct buf *objects)
{
	struct paper *paper = page->paper;

	if (paper->form == PAPER_UNKNOWN &&
	    read_team_form(page, dossier->forms, root))
		return;

	if (paper->form == PAPER_UNKNOWN && is_render(root)) {
		paper->form = PAPER_RENDER;
		paper->place = page_place(page, root);
	}
	if (paper->form == PAPER_RENDER)
		add_objects(page, root, objects);
	else if (paper->form == PAPER_UNKNOWN)
		read_document(page, root);
	else
		page_refuse(page, root, "a second document begins here");
}

static void refuse_finding(struct dossier *dossier, struct paper *paper,
    struct slice text, const struct finding *finding)
{
	enum paper_form known = paper->form;
	struct buf says = {0};

	refuse_text(dossier, paper, text, finding->place,
	    finding_text(finding, &says));
	buf_release(&says);
	if (known != PAPER_UNKNOWN)
		paper->form = known;
}

static void read_documents(
    struct dossier *dossier, const struct page *page, struct slice text)
{
	struct paper *paper = page->paper;
	struct events *events = events_new(text, 1);
	struct finding_list findings = {0};
	struct buf objects = {0};
	const struct node *root;
	int more;

	do {
		root = NULL;
		more = document_load(events, paper->origin, &default_limits,
		    page->arena, &findings, &root);
		if (root && !node_is_null(root))
			take_root(dossier, page, root, &objects);
	} while (more > 0 && !findings.n);
	if (findings.n)
		refuse_finding(dossier, paper, text, &findings.items[0]);
	paper->nobjects = objects.len / sizeof(*paper->objects);
	paper->objects = paper->nobjects
			     ? arena_copy(page->arena, objects.ptr, objects.len)
			     : NULL;
	buf_release(&objects);
	finding_list_release(&findings);
	events_free(events);
}

void dossier_add_text(
    struct dossier *dossier, const struct origin *origin, struct slice text)
{
	struct paper *paper = add_paper(dossier, origin, text);
	struct fault unused = {0};
	struct page page = {
	    .reader = {origin, &dossier->arena, &unused},
	    .paper = paper,
	    .arena = &dossier->arena,
	};

	text = slice_copy(&dossier->arena, text);
	if (!slice_trim(text).len)
		refuse_text(
		    dossier, paper, text, paper->place, "it is empty");
	else if (!read_junit(&page, text) && !read_tap(&page, text))
		read_documents(dossier, &page, text);
	fault_release(&unused);
}

/* -1 when it cannot be opened; what is no text makes it malformed. */
static int add_file(struct dossier *dossier, const struct origin *origin,
    struct fault *fault)
{
	struct source *source = xcalloc(1, sizeof(*source));
	struct fault refused = {0};
	struct buf bytes = {0};
	char block[16384];
	ssize_t n = 0;

	if (source_open(source, origin, false, fault)) {
		free(source);
		return -1;
	}
	while (bytes.len <= default_limits.document_bytes &&
	       (n = source_read(source, block, sizeof(block), &refused)) > 0)
		buf_add(&bytes, block, (size_t)n);
	if (bytes.len > default_limits.document_bytes)
		fault_set(&refused, "it is larger than %zu bytes",
		    default_limits.document_bytes);
	if (*fault_text(&refused)) {
		struct paper *paper =
		    add_paper(dossier, origin, buf_slice(&bytes));

		refuse_text(dossier, paper, buf_slice(&bytes), paper->place,
		    fault_text(&refused));
	} else {
		dossier_add_text(dossier, origin, buf_slice(&bytes));
	}
	source_release(source);
	free(source);
	buf_release(&bytes);
	fault_release(&refused);
	return 0;
}

/* Whether a file or folder was met before, by whatever name. */
static bool is_known(struct dossier *dossier, const struct stat *status)
{
	struct {
		dev_t device;
		ino_t number;
	} *key = arena_alloc(&dossier->arena, sizeof(*key));
	void **slot;
	bool known;

	key->device = status->st_dev;
	key->number = status->st_ino;
	slot = map_slot(
	    dossier->seen, (struct slice){(const char *)key, sizeof(*key)});
	known = *slot;
	*slot = key;
	return known;
}

static int add_path(struct dossier *dossier, const char *path,
    const struct origin_maker *maker, unsigned depth, struct fault *fault);

/* Recursion is bounded by MOST_FOLDERS. */
static int add_folder(struct dossier *dossier, const char *folder,
    const struct origin_maker *maker, unsigned depth, struct fault *fault)
{
	size_t len = strlen(folder);
	struct dirent **entries;
	int n = xcounted(scandir(folder, &entries, NULL, alphasort));
	int result = 0;

	if (n < 0)
		return fault_set(
		    fault, "cannot read '%s': %s", folder, strerror(errno));
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		const char *path = arena_printf(&dossier->arena, "%s%s%s",
		    folder, len && folder[len - 1] == '/' ? "" : "/", name);

		if (!result && *name != '.')
			result =
			    add_path(dossier, path, maker, depth + 1, fault);
		free(entries[i]);
	}
	free(entries);
	return result;
}

static int add_path(struct dossier *dossier, const char *path,
    const struct origin_maker *maker, unsigned depth, struct fault *fault)
{
	struct stat status;

	if (stat(path, &status))
		return fault_set(
		    fault, "cannot read '%s': %s", path, strerror(errno));
	if (is_known(dossier, &status))
		return 0;
	if (S_ISDIR(status.st_mode))
		return depth < MOST_FOLDERS
			   ? add_folder(dossier, path, maker, depth, fault)
			   : 0;
	if (depth && !S_ISREG(status.st_mode))
		return 0;
	return add_file(
	    dossier, maker->make(maker->context, path, NULL), fault);
}

int dossier_add_path(struct dossier *dossier, const char *path,
    const struct origin_maker *maker, struct fault *fault)
{
	if (!dossier->seen)
		dossier->seen = xcalloc(1, sizeof(*dossier->seen));
	return add_path(dossier, path, maker, 0, fault);
}

/* Whether both are in one folder. */
static bool are_beside(const char *a, const char *b)
{
	size_t len = (size_t)(file_name_of(a) - a);

	return len == (size_t)(file_name_of(b) - b) && !strncmp(a, b, len);
}

/* What a bundle seals it speaks for, changed or not: those who judge tell of
 * what was changed. */
static void mark_sealed(
    struct dossier *dossier, const struct paper *bundle, const char *name)
{
	for (size_t i = 0; name && i < dossier->n; i++) {
		struct paper *paper = &dossier->papers[i];
		const char *path = paper->origin->name;

		if (paper != bundle &&
		    are_beside(path, bundle->origin->name) &&
		    !strcmp(file_name_of(path), name))
			paper->is_sealed = true;
	}
}

/* One that is malformed may not get as far as saying what it seals. */
static void mark_all_sealed(
    struct dossier *dossier, const struct paper *bundle)
{
	for (size_t i = 0; i < bundle->nsealed; i++)
		mark_sealed(dossier, bundle, bundle->sealed[i].name.text);
	for (size_t i = 0; bundle->malformed && i < BUNDLE_FILES; i++)
		mark_sealed(dossier, bundle, bundle_files[i]);
}

void dossier_close(struct dossier *dossier)
{
	for (size_t i = 0; i < dossier->n; i++) {
		if (dossier->papers[i].form == PAPER_BUNDLE)
			mark_all_sealed(dossier, &dossier->papers[i]);
	}
	if (dossier->seen)
		map_release(dossier->seen);
	free(dossier->seen);
	dossier->seen = NULL;
}

void dossier_release(struct dossier *dossier)
{
	if (dossier->seen)
		map_release(dossier->seen);
	free(dossier->seen);
	free(dossier->papers);
	arena_release(&dossier->arena);
	*dossier = (struct dossier){0};
}

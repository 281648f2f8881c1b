/* A file read whole, as its one document. */
#include "doc/file.h"

#include "input/source.h"

/* The whole file; refused when it is larger than any document may be. */
static int read_all(struct source *source, const char *what, struct buf *bytes,
    struct fault *fault)
{
	char block[16384];
	ssize_t n;

	while ((n = source_read(source, block, sizeof(block), fault)) > 0) {
		buf_add(bytes, block, (size_t)n);
		if (bytes->len > default_limits.document_bytes)
			return fault_set(fault,
			    "%s: the %s is larger than %zu bytes",
			    source->origin->name, what,
			    default_limits.document_bytes);
	}
	return n < 0 ? -1 : 0;
}

static int refuse(const struct origin *origin, struct span span,
    const char *sentence, struct fault *fault)
{
	return fault_at(
	    fault, origin->name, span.line, span.col, "%s", sentence);
}

/* A finding as a sentence, with the place its note is about: where what is
 * broken here began, or what is here for the second time. */
static int refuse_finding(const struct origin *origin,
    const struct finding *finding, struct fault *fault)
{
	struct buf text = {0}, says = {0};
	struct span began;

	buf_add_text(&text, finding_text(finding, &says));
	buf_release(&says);
	if (finding->nnotes) {
		began = finding->notes[0].place.span;
		buf_printf(&text, " (see %u:%u)", began.line, began.col);
	}
	refuse(origin, finding->place.span, buf_text(&text), fault);
	buf_release(&text);
	return -1;
}

/* The one document of the events; empty ones around it do not count. */
static int load_single(struct events *events, const struct origin *origin,
    struct arena *arena, struct finding_list *findings,
    const struct node **ret_root, struct fault *fault)
{
	const struct node *next;

	while (document_load(events, origin, &default_limits, arena, findings,
		   &next) > 0) {
		if (next && *ret_root)
			return refuse(origin, next->span,
			    "a second document begins here; the file must "
			    "hold one",
			    fault);
		if (next)
			*ret_root = next;
		if (findings->n)
			break;
	}
	if (findings->n)
		return refuse_finding(origin, &findings->items[0], fault);
	return 0;
}

int file_parse_or_nothing(const struct origin *origin, struct slice text,
    struct arena *arena, const struct node **ret_root, struct fault *fault)
{
	struct events *events = events_new(text, 1);
	struct finding_list findings = {0};
	const struct node *root = NULL;
	int result =
	    load_single(events, origin, arena, &findings, &root, fault);

	finding_list_release(&findings);
	events_free(events);
	if (!result)
		*ret_root = root;
	return result;
}

int file_load_or_nothing(const struct origin *origin, const char *what,
    struct arena *arena, const struct node **ret_root, struct fault *fault)
{
	struct source source;
	struct buf bytes = {0};
	int result;

	if (source_open(&source, origin, false, fault))
		return -1;
	result = read_all(&source, what, &bytes, fault);
	source_release(&source);
	if (!result)
		result = file_parse_or_nothing(origin,
		    slice_copy(arena, buf_slice(&bytes)), arena, ret_root,
		    fault);
	buf_release(&bytes);
	return result;
}

/* What must hold a document. */
static int require_root(const struct origin *origin, const char *what,
    const struct node *root, const struct node **ret_root, struct fault *fault)
{
	if (!root)
		return fault_at(
		    fault, origin->name, 1, 1, "the %s is empty", what);
	*ret_root = root;
	return 0;
}

int file_load(const struct origin *origin, const char *what,
    struct arena *arena, const struct node **ret_root, struct fault *fault)
{
	const struct node *root;

	if (file_load_or_nothing(origin, what, arena, &root, fault))
		return -1;
	return require_root(origin, what, root, ret_root, fault);
}

int file_parse(const struct origin *origin, const char *what, struct slice text,
    struct arena *arena, const struct node **ret_root, struct fault *fault)
{
	const struct node *root;

	if (file_parse_or_nothing(origin, text, arena, &root, fault))
		return -1;
	return require_root(origin, what, root, ret_root, fault);
}

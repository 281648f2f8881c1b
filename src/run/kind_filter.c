/* Objects of the run held to lists of kinds. */
#include "run/kind_filter.h"

#include "fact/entity.h"

#include <string.h>

/* A kind begins with a capital letter, which tells it from a resource, such as
 * "configmaps", and from a file. */
static bool is_name(struct slice text)
{
	size_t slashes = 0, kind = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == ' ' || c == '=')
			return false;
		if (c != '/')
			continue;
		if (i + 1 == text.len || !i || text.ptr[i - 1] == '/')
			return false;
		slashes++;
		kind = i + 1;
	}
	return text.len && slashes <= 2 && text.ptr[kind] >= 'A' &&
	       text.ptr[kind] <= 'Z';
}

bool kind_list_is_valid(const char *text)
{
	for (;;) {
		size_t len = strcspn(text, ",");

		if (!is_name((struct slice){text, len}))
			return false;
		if (!text[len])
			return true;
		text += len + 1;
	}
}

/* "apps/v1/Deployment" */
static void add_full_name(struct buf *buf, const struct subject *subject)
{
	if (*subject->group)
		buf_printf(buf, "%s/", subject->group);
	buf_printf(buf, "%s/%s", subject->version, subject->kind);
}

static bool list_has(const char *list, struct slice kind, struct slice full)
{
	for (;;) {
		size_t len = strcspn(list, ",");
		struct slice name = {list, len};

		if (slice_eq(name, kind) || slice_eq(name, full))
			return true;
		if (!list[len])
			return false;
		list += len + 1;
	}
}

bool kind_lists_have(
    const char *const *lists, size_t n, const struct subject *subject)
{
	struct buf full = {0};
	bool found = false;

	if (n)
		add_full_name(&full, subject);
	for (size_t i = 0; i < n && !found; i++)
		found = list_has(
		    lists[i], slice_of(subject->kind), buf_slice(&full));
	buf_release(&full);
	return found;
}

static bool is_skipped(
    const struct options *options, const struct subject *subject)
{
	return kind_lists_have(options->skipped, options->nskipped, subject);
}

static bool is_rejected(
    const struct options *options, const struct subject *subject)
{
	return kind_lists_have(options->rejected, options->nrejected, subject);
}

static void reject(struct run *run, const struct manifest *manifest,
    const struct subject *subject)
{
	struct buf text = {0};

	buf_printf(&text, "%s '%s' is of a kind that --reject names",
	    subject->kind, subject->name);
	finding_add(&run->result.findings,
	    &(struct finding){
		.kind = own_kind(KIND_KIND_REJECTED),
		.severity = own_kind(KIND_KIND_REJECTED)->severity,
		.place = entity_place(ENTITY_manifest, manifest),
		.is_whole = true,
		.text = buf_text(&text),
		.subject = subject,
		.path = "kind",
	    });
	buf_release(&text);
}

void kinds_reject(struct run *run, const struct options *options)
{
	bool any = false;

	for (size_t i = 0; i < run->nparts && options->nrejected; i++) {
		const struct release *release = run->parts[i].release;
		const struct entity_list *list =
		    &release->lists[ENTITY_manifest];

		for (size_t j = 0; j < list->n; j++) {
			const struct manifest *manifest = list->items[j];
			struct subject subject =
			    manifest_subject(release, manifest);

			if (!is_rejected(options, &subject) ||
			    is_skipped(options, &subject))
				continue;
			reject(run, manifest, &subject);
			any = true;
		}
	}
	if (any)
		finding_list_sort(&run->result.findings);
}

void kinds_skip(struct run *run, const struct options *options)
{
	struct finding_list *findings = &run->result.findings;
	size_t kept = 0;

	for (size_t i = 0; i < findings->n && options->nskipped; i++) {
		const struct finding *finding = &findings->items[i];

		if (!finding->subject || !is_skipped(options, finding->subject))
			findings->items[kept++] = *finding;
	}
	if (options->nskipped)
		findings->n = kept;
}

size_t kinds_skipped_count(const struct run *run, const struct options *options)
{
	size_t n = 0;

	for (size_t i = 0; i < run->nparts && options->nskipped; i++) {
		const struct release *release = run->parts[i].release;
		const struct entity_list *list =
		    &release->lists[ENTITY_manifest];

		for (size_t j = 0; j < list->n; j++) {
			struct subject subject =
			    manifest_subject(release, list->items[j]);

			n += is_skipped(options, &subject);
		}
	}
	return n;
}

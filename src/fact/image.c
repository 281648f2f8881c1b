/* The parts of an image: host:5000/path/name:tag@digest; and images of one name
 * that differ. */
#include "fact/image.h"

#include "fact/apart.h"
#include "fact/kind.h"

#include <string.h>
#include <strings.h>

static ptrdiff_t last_of(struct slice text, char c)
{
	ptrdiff_t i = (ptrdiff_t)text.len - 1;

	while (i >= 0 && text.ptr[i] != c)
		i--;
	return i;
}

/* Cuts off what comes after the byte at offset; "" when offset is none. */
static const char *cut(
    struct facts *facts, struct slice *text, ptrdiff_t offset)
{
	struct slice rest;

	if (offset < 0)
		return "";
	rest = (struct slice){
	    text->ptr + offset + 1, text->len - (size_t)offset - 1};
	text->len = (size_t)offset;
	return facts_text(facts, rest);
}

void collect_image(struct facts *facts, struct container *container)
{
	struct slice text = slice_of(container->image.text);
	ptrdiff_t colon;

	container->image_digest =
	    cut(facts, &text, slice_find(text, SLICE("@"), 0));
	colon = last_of(text, ':');
	/* Before a slash it is the port of a registry. */
	container->image_tag =
	    cut(facts, &text, colon > last_of(text, '/') ? colon : -1);
	container->image_name = facts_text(facts, text);
}

/* Words of a tag for the same program built upon something else. */
static const char *const variants[] = {"alpine", "amd", "arm", "armhf",
    "bookworm", "bullseye", "buster", "centos", "debian", "debug", "distroless",
    "fat", "fips", "focal", "fpm", "full", "glibc", "jammy", "jdk", "jre",
    "linux", "minimal", "musl", "noble", "nonroot", "rhel", "rootless",
    "scratch", "slim", "static", "trixie", "ubi", "ubuntu", "windows", NULL};

/* Words of a tag that say a version, or one that moves, with a number behind
 * them or not. */
static const char *const releases[] = {"alpha", "b", "beta", "build", "canary",
    "current", "dev", "develop", "edge", "final", "g", "ga", "git", "head",
    "hotfix", "latest", "lts", "m", "main", "mainline", "master", "next",
    "nightly", "p", "patch", "pr", "pre", "preview", "prod", "production", "r",
    "rc", "rel", "release", "rev", "sha", "snapshot", "stable", "staging",
    "test", "testing", "trunk", "unstable", "v", "version", NULL};

/* The shortest that Git abbreviates a commit to. */
#define SHORTEST_COMMIT 7

static bool is_one_of(struct slice word, const char *const *words)
{
	for (; *words; words++) {
		if (word.len == strlen(*words) &&
		    !strncasecmp(word.ptr, *words, word.len))
			return true;
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_commit(struct slice word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!is_digit(word.ptr[i]) && !memchr("abcdef", word.ptr[i], 6))
			return false;
	}
	return word.len >= SHORTEST_COMMIT;
}

/* The letters that a word begins with: "rc" of "rc.1". */
static struct slice letters_of(struct slice word)
{
	size_t n = 0;

	while (n < word.len && !is_digit(word.ptr[n]) && word.ptr[n] != '.')
		n++;
	return (struct slice){word.ptr, n};
}

/* One word of a tag, added to what it says. */
static void sort_word(
    struct slice word, struct buf *component, struct buf *version)
{
	struct slice letters = letters_of(word), rest;

	if (is_one_of(letters, variants))
		return;
	if (!letters.len || is_commit(word) || is_one_of(letters, releases)) {
		/* v1.2 is 1.2. */
		if (slice_is(letters, "v"))
			word = (struct slice){word.ptr + 1, word.len - 1};
		buf_printf(version, "-%.*s", SLICE_ARGS(word));
		return;
	}
	rest = (struct slice){word.ptr + letters.len, word.len - letters.len};
	buf_printf(component, "-%.*s", SLICE_ARGS(letters));
	if (rest.len)
		buf_printf(version, "-%.*s", SLICE_ARGS(rest));
}

/* A tag's words by what they say: which program, and which version of it. */
static void read_tag(
    const char *tag, struct buf *component, struct buf *version)
{
	while (*tag) {
		size_t len = strcspn(tag, "-_");

		if (len)
			sort_word((struct slice){tag, len}, component, version);
		tag += len + (tag[len] != '\0');
	}
}

static const char *tag_of(const struct container *container)
{
	return *container->image_tag || *container->image_digest
		   ? container->image_tag
		   : "latest";
}

/* As distribution/reference does it (ParseNormalizedNamed): what stands before
 * the first slash is a registry when it has a dot or a colon, or is localhost.
 * "" when there is none. */
static struct slice registry_of(const char *name)
{
	size_t first = strcspn(name, "/");
	struct slice host = {name, first};
	bool is_host = name[first] &&
		       (memchr(name, '.', first) || memchr(name, ':', first) ||
			   slice_is(host, "localhost"));

	return is_host ? host : slice_of("");
}

const char *image_path(const char *name)
{
	static const char folder[] = "library/";
	size_t len = registry_of(name).len;

	if (len)
		name += len + 1;
	return strncmp(name, folder, strlen(folder)) ? name
						     : name + strlen(folder);
}

static void add_repository(const char *name, struct buf *key)
{
	struct slice host = registry_of(name);
	bool is_default =
	    slice_is(host, "docker.io") || slice_is(host, "index.docker.io");

	if (is_default)
		name = image_path(name);
	if (is_default || !host.len)
		buf_add_text(key,
		    strchr(name, '/') ? "docker.io/" : "docker.io/library/");
	buf_add_text(key, name);
}

void image_key(const struct container *container, struct buf *key)
{
	struct buf version = {0};

	buf_clear(key);
	add_repository(container->image_name, key);
	buf_add_char(key, ' ');
	read_tag(tag_of(container), key, &version);
	buf_release(&version);
}

bool image_versions_differ(const struct container *a, const struct container *b)
{
	struct buf component = {0}, left = {0}, right = {0};
	bool differ;

	if (*a->image_digest && *b->image_digest)
		return strcmp(a->image_digest, b->image_digest) != 0;
	read_tag(tag_of(a), &component, &left);
	read_tag(tag_of(b), &component, &right);
	differ = left.len && right.len &&
		 !slice_eq(buf_slice(&left), buf_slice(&right));
	buf_release(&component);
	buf_release(&left);
	buf_release(&right);
	return differ;
}

/* What a Helm test runs is no part of the release. */
static bool is_compared(const struct container *container)
{
	return *container->image_name && !container->is_stale &&
	       !is_test_hook(container->workload->manifest);
}

void relate_images(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_container];
	struct map first = {0};
	struct buf key = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct container *container =
		    (struct container *)(uintptr_t)list->items[i];
		struct container *earlier;

		if (!is_compared(container))
			continue;
		image_key(container, &key);
		buf_printf(&key, "%u",
		    apart_number(release, container->workload->manifest));
		earlier = map_find(&first, buf_slice(&key));
		if (!earlier)
			*map_slot(&first, slice_copy(&release->arena,
					      buf_slice(&key))) = container;
		else if (image_versions_differ(earlier, container))
			container_seldom(&release->arena, container)->drifted =
			    earlier;
	}
	buf_release(&key);
	map_release(&first);
}

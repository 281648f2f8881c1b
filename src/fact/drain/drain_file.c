/*
 * How long an application takes to shut down: read off a file of a ConfigMap,
 * whatever its format is.
 *
 * A line is a key, one of ":=" or blanks, and a value, as in YAML, TOML, JSON,
 * properties and most files of servers.  What a key is in, by braces, by a
 * section or by how far it is indented, belongs to its name.
 */
#include "fact/drain/drain.h"

#include "fact/number.h"
#include "fact/shell.h"

#include <string.h>

/* Sections in each other; a key in a deeper one is read without the names of
 * the innermost, which are more than any server's file has. */
#define MOST_DEPTH 64

/* A brace counts as much as so many blanks. */
#define BRACE 1000
/* A bare number from here on is in milliseconds: as seconds it would be longer
 * than a quarter of an hour. */
#define LEAST_MILLISECONDS 1000

/* Settings of known programs, and what their values are in without a unit. */
static const struct {
	const char *name, *unit;
} known_settings[] = {
    {"timeout-per-shutdown-phase", "-ms"}, /* Spring */
    {"graceful-timeout", "-s"},		   /* Gunicorn */
    {"gracefulshutdowntimeout", "-s"},	   /* Apache httpd */
    {"worker-shutdown-timeout", "-s"},	   /* nginx */
    {"quarkus.shutdown.timeout", "-s"},
    {"hard-stop-after", "-ms"},	       /* HAProxy */
    {"process-control-timeout", "-s"}, /* PHP-FPM */
};

/* What a name says of the program's own end, and what makes it that of others.
 */
static const char *const endings[] = {"shutdown", "shut-down", "graceful",
    "graceperiod", "grace-period", "gracetime", "grace-time", "drain"};
static const char *const others[] = {"node", "pod", "evict", "terminat", "max-",
    "job", "task", "restart", "reload", "replica", "lock", "alert"};
/* What a bare number must be called to be a time. */
static const char *const time_words[] = {
    "time", "period", "delay", "wait", "duration", "grace"};

/* A key that others are in. */
struct parent {
	int64_t indent;
	struct slice key;
};

struct scan {
	struct facts *facts;
	const char *file;
	const struct node *node;
	struct parent parents[MOST_DEPTH];
	size_t nparents;
	int64_t depth; /* of braces */
	struct buf name;
	struct buf *times;
};

static bool has_any(struct slice name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_find(name, slice_of(words[i]), 0) >= 0)
			return true;
	}
	return false;
}

#define HAS_ANY(name, words) has_any(name, words, COUNT_OF(words))

/* In lower case, with hyphens for underscores. */
static void add_key(struct buf *name, struct slice key)
{
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		buf_printf(name, "%c", c == '_' ? '-' : c);
	}
}

/* "00:01:00", as .NET writes it. */
static bool read_clock(struct slice text, int64_t *ret_seconds)
{
	static const int64_t weights[] = {3600, 60, 1};
	int64_t part;

	if (text.len != 8 || text.ptr[2] != ':' || text.ptr[5] != ':')
		return false;
	*ret_seconds = 0;
	for (size_t i = 0; i < 3; i++) {
		struct slice digits = {text.ptr + 3 * i, 2};

		if (!slice_to_int(digits, &part))
			return false;
		*ret_seconds += part * weights[i];
	}
	return *ret_seconds > 0;
}

/* "60s", "PT60S", "60 seconds", or a number whose unit is known or evident. */
static bool read_time(
    struct scan *scan, struct slice value, int64_t *ret_seconds)
{
	static const char *const seconds[] = {
	    "s", "sec", "secs", "second", "seconds"};
	struct slice rest = value;
	double number;

	if (drain_time(buf_slice(&scan->name), value, ret_seconds) ||
	    read_clock(value, ret_seconds))
		return true;
	if (!take_number(&rest, &number) || number < 1)
		return false;
	rest = slice_trim(rest);
	for (size_t i = 0; rest.len && i < COUNT_OF(seconds); i++) {
		if (slice_is(rest, seconds[i]) && number <= 3600) {
			*ret_seconds = round_up(number);
			return true;
		}
	}
	if (rest.len || number < LEAST_MILLISECONDS || number > 3600.0 * 1000 ||
	    !HAS_ANY(buf_slice(&scan->name), time_words))
		return false;
	*ret_seconds = round_up(number / 1000);
	return true;
}

static const char *known_unit(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(known_settings); i++) {
		if (slice_ends(name, slice_of(known_settings[i].name)))
			return known_settings[i].unit;
	}
	return "";
}

/* A digit's separators are of no account: 60_000. */
static struct slice plain_value(struct slice value, struct buf *plain)
{
	struct slice text = shell_unquoted(slice_trim(value));

	buf_clear(plain);
	if (slice_starts(text, SLICE("PT"))) {
		text.ptr += 2;
		text.len -= 2;
		add_key(plain, text);
		return buf_slice(plain);
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_')
			buf_printf(plain, "%c", text.ptr[i]);
	}
	return buf_slice(plain);
}

static void add_setting(
    struct scan *scan, struct slice key, struct slice value)
{
	struct file_time time = {.file = scan->file};
	struct buf plain = {0};
	struct slice name;
	const char *unit;

	buf_clear(&scan->name);
	if (scan->nparents) {
		add_key(&scan->name, scan->parents[scan->nparents - 1].key);
		buf_printf(&scan->name, ".");
	}
	add_key(&scan->name, key);
	name = buf_slice(&scan->name);
	unit = known_unit(name);
	if (!*unit && (!HAS_ANY(name, endings) || HAS_ANY(name, others) ||
			  !is_drain_variable(scan->facts, name)))
		return;
	buf_printf(&scan->name, "%s", unit);
	if (read_time(scan, plain_value(value, &plain), &time.seconds)) {
		time.setting = facts_text(scan->facts, key);
		time.line = scan->node->span.line;
		time.col = scan->node->span.col;
		time.width = facts_width(scan->node);
		buf_add(scan->times, &time, sizeof(time));
	}
	buf_release(&plain);
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	       c == '"' || c == '\'';
}

static void enter(struct scan *scan, int64_t indent, struct slice key)
{
	if (scan->nparents < MOST_DEPTH)
		scan->parents[scan->nparents++] = (struct parent){indent, key};
}

static void leave(struct scan *scan, int64_t indent)
{
	while (scan->nparents &&
	       scan->parents[scan->nparents - 1].indent >= indent)
		scan->nparents--;
}

/* The value behind a key, without a comment and what ends it. */
static struct slice value_of(struct slice text)
{
	ptrdiff_t comment = slice_find(text, SLICE(" #"), 0);

	if (comment >= 0)
		text.len = (size_t)comment;
	text = slice_trim(text);
	while (text.len && (text.ptr[0] == ':' || text.ptr[0] == '=' ||
			       text.ptr[0] == ' ')) {
		text.ptr++;
		text.len--;
	}
	if (text.len && text.ptr[text.len - 1] == ';')
		text.len--;
	return slice_trim(text);
}

/* One setting, or what opens a section; the text has no braces. */
static void read_piece(struct scan *scan, struct slice piece, int64_t indent)
{
	struct slice text = slice_trim(piece), key;
	size_t n = 0;

	if (!text.len || slice_starts(text, SLICE("#")) ||
	    slice_starts(text, SLICE(";")) || slice_starts(text, SLICE("//")))
		return;
	if (text.ptr[0] == '[') {
		scan->nparents = 0;
		enter(scan, -1, text);
		return;
	}
	while (n < text.len && is_key_char(text.ptr[n]))
		n++;
	key = shell_unquoted((struct slice){text.ptr, n});
	text = value_of((struct slice){text.ptr + n, text.len - n});
	leave(scan, indent);
	if (text.len)
		add_setting(scan, key, text);
	else if (key.len)
		enter(scan, indent, key);
}

/* Braces and commas end a piece of their line. */
static void read_line(struct scan *scan, struct slice line)
{
	int64_t blanks = 0;
	size_t start = 0;

	while ((size_t)blanks < line.len && line.ptr[blanks] == ' ')
		blanks++;
	for (size_t i = 0; i <= line.len; i++) {
		char c = i < line.len ? line.ptr[i] : ',';

		if (c != '{' && c != '}' && c != ',')
			continue;
		read_piece(scan, (struct slice){line.ptr + start, i - start},
		    blanks + scan->depth * BRACE);
		start = i + 1;
		if (c == '{')
			scan->depth++;
		else if (c == '}' && scan->depth)
			scan->depth--;
	}
}

/* Files that are objects of Kubernetes are of the pods they make. */
static bool may_tell(struct slice text)
{
	static const char *const words[] = {"hutdown", "HUTDOWN", "rain",
	    "RAIN", "race", "RACE", "hut-down", "hut_down", "hard-stop-after",
	    "process_control_timeout"};

	return text.len >= sizeof("drain=5") - 1 && HAS_ANY(text, words) &&
	       slice_find(text, SLICE("apiVersion"), 0) < 0;
}

void collect_file_times(struct facts *facts, struct slice file,
    const struct node *node, struct buf *times)
{
	struct scan scan = {.facts = facts, .node = node, .times = times};
	struct slice text;
	size_t start = 0;

	if (!node_to_text(node, &text) || !may_tell(text))
		return;
	scan.file = facts_text(facts, file);
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '\n')
			continue;
		read_line(
		    &scan, (struct slice){text.ptr + start, i - start});
		start = i + 1;
	}
	buf_release(&scan.name);
}

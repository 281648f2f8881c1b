/* The settings of facts, by name: one row each. */
#include "fact/settings.h"

#include <string.h>

enum setting_type { SETTING_INT, SETTING_PATTERN };

static const struct setting {
	const char *name;
	enum setting_type type;
	size_t offset; /* in struct settings */
} rows[] = {
    {"drain.delay_seconds", SETTING_INT,
	offsetof(struct settings, drain_delay)},
    {"drain.grace_seconds", SETTING_INT,
	offsetof(struct settings, drain_grace)},
    {"drain.margin_seconds", SETTING_INT,
	offsetof(struct settings, drain_margin)},
    {"drain.variables", SETTING_PATTERN, offsetof(struct settings, drain)},
    {"warmup.names", SETTING_PATTERN, offsetof(struct settings, warmup)},
};

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	}
	return NULL;
}

void settings_release(struct settings *settings)
{
	regex_free(settings->warmup);
	regex_free(settings->drain);
	*settings = (struct settings){0};
}

const struct resource_class *settings_class(
    const struct settings *settings, const char *name)
{
	for (size_t i = 0; name && i < settings->nclasses; i++) {
		if (!strcmp(settings->classes[i].name, name))
			return &settings->classes[i];
	}
	return NULL;
}

bool settings_has(const char *name)
{
	return find(name);
}

/* Where the setting is kept; NULL with the fault set when it is none of that
 * type. */
static void *member(struct settings *settings, const char *name,
    enum setting_type type, struct fault *fault)
{
	const struct setting *row = find(name);

	if (row && row->type == type)
		return (char *)settings + row->offset;
	fault_set(fault, "the setting '%s' of the facts must be %s", name,
	    type == SETTING_INT ? "a pattern" : "a whole number");
	return NULL;
}

int settings_set_int(struct settings *settings, const char *name, int64_t value,
    struct fault *fault)
{
	int64_t *kept = member(settings, name, SETTING_INT, fault);

	if (!kept)
		return -1;
	if (value < 0)
		return fault_set(fault,
		    "the setting '%s' of the facts must not be negative", name);
	*kept = value;
	return 0;
}

int settings_set_pattern(struct settings *settings, const char *name,
    struct slice pattern, struct fault *fault)
{
	struct regex **kept = member(settings, name, SETTING_PATTERN, fault);
	struct regex *regex;
	size_t offset;

	if (!kept)
		return -1;
	regex = regex_new(pattern, &offset, fault);
	if (!regex)
		return -1;
	regex_free(*kept);
	*kept = regex;
	return 0;
}

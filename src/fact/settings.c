/* The settings of facts, set by name. */
#include "fact/settings.h"

#include "base/mem.h"

#include <inttypes.h>
#include <string.h>

const struct setting *setting_find(struct slice name)
{
	for (size_t i = 0; i < nsetting_rows; i++) {
		if (slice_is(name, setting_rows[i].name))
			return &setting_rows[i];
	}
	return NULL;
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

static void *member(const struct settings *kept, const struct setting *setting)
{
	return (char *)(uintptr_t)kept + setting->offset;
}

static uint32_t bit_of(const struct setting *setting)
{
	return (uint32_t)1 << (setting - setting_rows);
}

bool settings_is_given(
    const struct settings *kept, const struct setting *setting)
{
	return kept->given & bit_of(setting);
}

static int refuse_type(const struct setting *setting, struct fault *fault)
{
	return fault_set(fault, "the setting '%s' must be %s", setting->name,
	    setting->nwords ? "words or a pattern" : "a whole number");
}

int settings_set_int(struct settings *kept, const struct setting *setting,
    int64_t value, struct fault *fault)
{
	if (setting->nwords)
		return refuse_type(setting, fault);
	if (value < 0)
		return fault_set(fault, "the setting '%s' must not be negative",
		    setting->name);
	*(int64_t *)member(kept, setting) = value;
	kept->given |= bit_of(setting);
	return 0;
}

/* Keeps the list when it could be made, in place of the one before. */
static int keep_list(struct settings *kept, const struct setting *setting,
    struct name_list *list, int result)
{
	struct name_list **place = member(kept, setting);

	if (result) {
		name_list_free(list);
		return result;
	}
	name_list_free(*place);
	*place = list;
	kept->given |= bit_of(setting);
	return 0;
}

int settings_set_pattern(struct settings *kept, const struct setting *setting,
    struct slice pattern, struct fault *fault)
{
	struct name_list *list;

	if (!setting->nwords)
		return refuse_type(setting, fault);
	list = name_list_new();
	return keep_list(
	    kept, setting, list, name_list_add_pattern(list, pattern, fault));
}

int settings_set_words(struct settings *kept, const struct setting *setting,
    const struct name_words *words, size_t nwords, struct fault *fault)
{
	struct name_list *list;
	int result = 0;

	if (!setting->nwords)
		return refuse_type(setting, fault);
	list = name_list_new();
	for (size_t i = 0; !result && i < nwords; i++)
		result = name_list_add(list, &words[i], fault);
	return keep_list(kept, setting, list, result);
}

void settings_set_defaults(struct settings *kept)
{
	struct fault fault = {0};

	for (size_t i = 0; i < nsetting_rows; i++) {
		const struct setting *setting = &setting_rows[i];
		int result = setting->nwords
				 ? settings_set_words(kept, setting,
				       setting->words, setting->nwords, &fault)
				 : settings_set_int(
				       kept, setting, setting->number, &fault);

		if (result)
			BUG(fault_text(&fault));
	}
	kept->given = 0;
}

const struct name_list *settings_names(
    const struct settings *kept, const struct setting *setting)
{
	return *(struct name_list *const *)member(kept, setting);
}

int64_t settings_int(const struct settings *kept, const struct setting *setting)
{
	return *(const int64_t *)member(kept, setting);
}

void settings_release(struct settings *kept)
{
	name_list_free(kept->warmup);
	name_list_free(kept->seeds);
	name_list_free(kept->drain);
	name_list_free(kept->sidecars);
	*kept = (struct settings){0};
}

static void describe_list(
    struct buf *buf, const char *key, const char *const *items, size_t n)
{
	size_t width = 80;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(items[i]) + 2;

		if (width + len > 76)
			buf_printf(
			    buf, "%s\n    %-8s", i ? "," : "", i ? "" : key);
		else
			buf_add_char(buf, ',');
		width = width + len > 76 ? 12 + len : width + len;
		buf_printf(buf, " %s", items[i]);
	}
}

void settings_describe(struct buf *buf)
{
	buf_add_text(buf, "settings: what facts depend on, with the defaults "
			  "that .rolloutlint.yaml can change\n");
	for (size_t i = 0; i < nsetting_rows; i++) {
		const struct setting *setting = &setting_rows[i];

		buf_printf(buf, "  %-26s ", setting->name);
		if (setting->nwords)
			buf_printf(buf, "%-16s %s", "words", setting->meaning);
		else
			buf_printf(buf, "int = %-10" PRId64 " %s",
			    setting->number, setting->meaning);
		for (size_t j = 0; j < setting->nwords; j++) {
			const struct name_words *words = &setting->words[j];

			describe_list(buf, "says", words->says, words->nsays);
			describe_list(
			    buf, "but_not", words->but_not, words->nbut_not);
			describe_list(
			    buf, "unless", words->unless, words->nunless);
		}
		buf_add_char(buf, '\n');
	}
}

/* A scalar of a manifest -> what the API server has when it has read it. */
#include "fact/change/spelling.h"

#include <string.h>

static void spell_number(struct spelling *spelling, double number)
{
	spelling->is_numeric = true;
	spelling->number = number;
	buf_printf(spelling->text, "%.17g", number);
}

/* What nothing is known of, as it is sent. */
static void spell_as_sent(struct spelling *spelling, const struct node *node)
{
	struct scalar scalar = scalar_as_sent(node);

	switch (scalar.type) {
	case SCALAR_NULL: return;
	case SCALAR_BOOL:
		buf_add_text(spelling->text, scalar.boolean ? "true" : "false");
		return;
	case SCALAR_INT:
		spelling->is_numeric = true;
		spelling->number = (double)scalar.integer;
		buf_printf(spelling->text, "%lld", (long long)scalar.integer);
		return;
	case SCALAR_DOUBLE: spell_number(spelling, scalar.real); return;
	case SCALAR_STRING:
		/* "1" is not 1. */
		buf_add_char(spelling->text, '"');
		buf_add_slice(spelling->text, scalar.text);
		return;
	}
}

static int digit_of(char c)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
	    "qrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* What base64 stands for: data and stringData say the same. */
static void spell_bytes(struct spelling *spelling, struct slice text)
{
	unsigned bits = 0, nbits = 0;

	for (size_t i = 0; i < text.len; i++) {
		int digit = digit_of(text.ptr[i]);

		if (digit < 0)
			continue;
		bits = (bits << 6 | (unsigned)digit) & 0xffff;
		nbits += 6;
		if (nbits < 8)
			continue;
		nbits -= 8;
		buf_add_char(spelling->text, (char)(bits >> nbits & 0xff));
	}
}

static void spell_typed(struct spelling *spelling, const struct field *field,
    const struct node *node)
{
	double number;

	if (field->of == OF_BYTES)
		spell_bytes(spelling, given_text(node));
	else if (field->of == OF_STRING || field->of == OF_TIME)
		buf_add_slice(spelling->text,
		    node_is_null(node) ? SLICE("") : node->text);
	else if (field->of == OF_QUANTITY && given_quantity(node, &number))
		spell_number(spelling, number);
	else
		spell_as_sent(spelling, node);
}

/* Pointers to texts: an empty one is not nothing. */
static bool keeps_empty(const struct field *field)
{
	static const char *const names[] = {"preemptionPolicy", "reclaimPolicy",
	    "storageClassName", "volumeBindingMode", "volumeMode"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (!strcmp(api_text(field->name), names[i]))
			return true;
	}
	return false;
}

/* imagePullPolicy follows from the image's tag
 * (SetDefaults_Container() of pkg/apis/core/v1). */
static bool is_default_policy(struct slice policy, const struct node *container)
{
	struct slice image = given_text_at(container, "image");
	ptrdiff_t colon = -1;
	bool is_latest;

	for (size_t i = 0; i < image.len; i++) {
		if (image.ptr[i] == '@')
			return slice_is(policy, "IfNotPresent");
		if (image.ptr[i] == ':')
			colon = (ptrdiff_t)i;
		if (image.ptr[i] == '/')
			colon = -1;
	}
	is_latest = colon < 0 || slice_ends(image, SLICE(":latest"));
	return slice_is(policy, is_latest ? "Always" : "IfNotPresent");
}

/* Kept from one request to the next, so that each is found at once. */
static const struct node *limit_beside(struct limits_beside *beside,
    const struct node *request, const struct node *requests)
{
	if (beside->requests != requests) {
		named_release(&beside->limits);
		beside->limits = named_of(given(requests->parent, "limits"));
		beside->requests = requests;
	}
	return request->key ? named_find(&beside->limits, request->key->text)
			    : NULL;
}

void limits_release(struct limits_beside *beside)
{
	named_release(&beside->limits);
}

/* A request that is left out is the limit of its name
 * (SetDefaults_Pod() of pkg/apis/core/v1). */
static bool is_limit(const struct spelling *spelling,
    const struct node *request, const struct node *requests)
{
	const struct node *limit =
	    requests->key && slice_is(requests->key->text, "requests")
		? limit_beside(spelling->beside, request, requests)
		: NULL;
	double asked, most;

	return limit && given_quantity(request, &asked) &&
	       given_quantity(limit, &most) && asked == most;
}

static bool is_default(const struct spelling *spelling,
    const struct field *field, const struct node *node,
    const struct node *mapping)
{
	struct slice text = buf_slice(spelling->text);

	if (field->shape == SHAPE_MAP)
		return field->of == OF_QUANTITY &&
		       is_limit(spelling, node, mapping);
	if (!text.len)
		return !keeps_empty(field);
	if (field->otherwise && slice_is(text, api_text(field->otherwise)))
		return true;
	if (!strcmp(api_text(field->name), "serviceAccount"))
		return slice_eq(
		    text, given_text_at(mapping, "serviceAccountName"));
	return !strcmp(api_text(field->name), "imagePullPolicy") &&
	       is_default_policy(text, mapping);
}

void spell_value(struct spelling *spelling, const struct field *field,
    const struct node *node, const struct node *mapping)
{
	if (!field) {
		spell_as_sent(spelling, node);
		spelling->is_default = node_is_null(node);
		return;
	}
	spell_typed(spelling, field, node);
	spelling->is_default = is_default(spelling, field, node, mapping);
}

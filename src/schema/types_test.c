/* The tables that rules/fields is compiled to: what the walker relies on. */
#include "schema/types.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_field(const struct type *type, const struct field *field)
{
	cr_assert_eq(strlen(api_text(field->name)), field->len, "%s.%s",
	    api_text(type->name), api_text(field->name));
	if (field->of == OF_TYPE)
		cr_assert_lt(field->type, schema_ntypes, "%s.%s",
		    api_text(type->name), api_text(field->name));
	cr_assert_lt(field->form, FORM_MAX);
	cr_assert_lt(field->key_form, FORM_MAX);
	cr_assert(!field->bounded || field->least <= field->most, "%s.%s",
	    api_text(type->name), api_text(field->name));
	/* Forms are of texts, bounds of numbers. */
	cr_assert(!field->bounded || field->of == OF_INT32 ||
		      field->of == OF_INT64 || field->of == OF_INT_OR_STRING,
	    "%s.%s", api_text(type->name), api_text(field->name));
	cr_assert(!field->values || field->of == OF_STRING, "%s.%s",
	    api_text(type->name), api_text(field->name));
}

static bool comes_before(const struct field *left, const struct field *right)
{
	if (left->len != right->len)
		return left->len < right->len;
	return memcmp(api_text(left->name), api_text(right->name), left->len) <
	       0;
}

Test(schema_types, fields_are_in_the_order_they_are_looked_up)
{
	for (size_t i = 0; i < schema_ntypes; i++) {
		const struct type *type = &schema_types[i];

		cr_assert_leq(type->nfields, FIELDS_MAX);
		for (size_t j = 0; j < type->nfields; j++) {
			expect_field(type, &type_fields(type)[j]);
			cr_assert(
			    j == 0 || comes_before(&type_fields(type)[j - 1],
					  &type_fields(type)[j]),
			    "%s.%s", api_text(type->name),
			    api_text(type_fields(type)[j].name));
		}
	}
}

/* Items are told apart by fields that they have. */
Test(schema_types, keys_of_lists_are_fields)
{
	for (size_t i = 0; i < schema_ntypes; i++) {
		const struct type *type = &schema_types[i];

		for (size_t j = 0; j < type->nfields; j++) {
			const struct field *field = &type_fields(type)[j];

			for (const uint32_t *key = schema_lists + field->keys;
			     *key; key++) {
				const struct type *item =
				    &schema_types[field->type];
				bool found = false;

				for (size_t l = 0; l < item->nfields; l++)
					found |= !strcmp(
					    api_text(type_fields(item)[l].name),
					    api_text(*key));
				cr_assert(found, "%s.%s: %s",
				    api_text(type->name), api_text(field->name),
				    api_text(*key));
			}
		}
	}
}

static void expect_list(uint16_t list)
{
	size_t n = 0;

	for (; schema_lists[list + n]; n++)
		cr_assert_lt(
		    n, LIST_MAX, "%s...", api_text(schema_lists[list]));
}

/* Who tells of a value has room for all that it may be. */
Test(schema_types, lists_have_no_more_texts_than_are_told)
{
	for (size_t i = 0; i < schema_ntypes; i++) {
		const struct type *type = &schema_types[i];

		for (size_t j = 0; j < type->nfields; j++)
			expect_list(type_fields(type)[j].values);
		for (size_t j = 0; j < type->nconditions; j++)
			expect_list(
			    schema_conditions[type->conditions + j].values);
	}
}

static bool is_same_text(uint32_t left, uint32_t right)
{
	return !strcmp(api_text(left), api_text(right));
}

static bool is_same_kind(const struct kind *left, const struct kind *right)
{
	return is_same_text(left->kind, right->kind) &&
	       is_same_text(left->group, right->group) &&
	       is_same_text(left->version, right->version);
}

/* Each kind is there once, by a type of its own. */
Test(schema_types, kinds_are_told_apart)
{
	for (size_t i = 0; i < schema_nkinds; i++) {
		const struct kind *kind = &schema_kinds[i];

		cr_assert_lt(kind->type, schema_ntypes);
		for (size_t j = 0; j < i; j++)
			cr_assert(!is_same_kind(kind, &schema_kinds[j]), "%s",
			    api_text(kind->kind));
	}
}

Test(schema_types, time_zones_are_in_order)
{
	cr_assert_gt(schema_ntime_zones, 0);
	for (size_t i = 1; i < schema_ntime_zones; i++)
		cr_assert_lt(strcmp(api_text(schema_time_zones[i - 1]),
				 api_text(schema_time_zones[i])),
		    0);
}

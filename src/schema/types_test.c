/* The tables that rules/fields is compiled to: what the walker relies on. */
#include "schema/types.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_field(const struct type *type, const struct field *field)
{
	cr_assert_eq(
	    strlen(field->name), field->len, "%s.%s", type->name, field->name);
	if (field->of == OF_TYPE)
		cr_assert_lt(field->type, schema_ntypes, "%s.%s", type->name,
		    field->name);
	cr_assert_lt(field->form, FORM_MAX);
	cr_assert_lt(field->key_form, FORM_MAX);
	cr_assert(!field->bounded || field->least <= field->most, "%s.%s",
	    type->name, field->name);
	/* Forms are of texts, bounds of numbers. */
	cr_assert(!field->bounded || field->of == OF_INT32 ||
		      field->of == OF_INT64 || field->of == OF_INT_OR_STRING,
	    "%s.%s", type->name, field->name);
	cr_assert(!field->values || field->of == OF_STRING, "%s.%s", type->name,
	    field->name);
}

static bool comes_before(const struct field *left, const struct field *right)
{
	if (left->len != right->len)
		return left->len < right->len;
	return memcmp(left->name, right->name, left->len) < 0;
}

Test(schema_types, fields_are_in_the_order_they_are_looked_up)
{
	for (size_t i = 0; i < schema_ntypes; i++) {
		const struct type *type = &schema_types[i];

		cr_assert_leq(type->nfields, FIELDS_MAX);
		for (size_t j = 0; j < type->nfields; j++) {
			expect_field(type, &type->fields[j]);
			cr_assert(j == 0 || comes_before(&type->fields[j - 1],
						&type->fields[j]),
			    "%s.%s", type->name, type->fields[j].name);
		}
	}
}

/* Items are told apart by fields that they have. */
Test(schema_types, keys_of_lists_are_fields)
{
	for (size_t i = 0; i < schema_ntypes; i++) {
		const struct type *type = &schema_types[i];

		for (size_t j = 0; j < type->nfields; j++) {
			const struct field *field = &type->fields[j];

			for (size_t k = 0; field->keys && field->keys[k]; k++) {
				const struct type *item =
				    &schema_types[field->type];
				bool found = false;

				for (size_t l = 0; l < item->nfields; l++)
					found |= !strcmp(item->fields[l].name,
					    field->keys[k]);
				cr_assert(found, "%s.%s: %s", type->name,
				    field->name, field->keys[k]);
			}
		}
	}
}

/* Each kind is there once, by a type of its own. */
Test(schema_types, kinds_are_told_apart)
{
	for (size_t i = 0; i < schema_nkinds; i++) {
		const struct kind *kind = &schema_kinds[i];

		cr_assert_lt(kind->type, schema_ntypes);
		for (size_t j = 0; j < i; j++)
			cr_assert(
			    strcmp(kind->kind, schema_kinds[j].kind) ||
				strcmp(kind->group, schema_kinds[j].group) ||
				strcmp(kind->version, schema_kinds[j].version),
			    "%s", kind->kind);
	}
}

Test(schema_types, time_zones_are_in_order)
{
	cr_assert_gt(schema_ntime_zones, 0);
	for (size_t i = 1; i < schema_ntime_zones; i++)
		cr_assert_lt(
		    strcmp(schema_time_zones[i - 1], schema_time_zones[i]), 0);
}

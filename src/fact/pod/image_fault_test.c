/* Images -> why the kubelet refuses them. */
#include "fact/pod/pod.h"

#include <criterion/criterion.h>

struct row {
	const char *image, *fault; /* how it begins, or NULL */
};

static void expect(const struct row *row)
{
	const char *fault = image_fault(slice_of(row->image));

	if (row->fault)
		cr_expect(fault && slice_starts(
				       slice_of(fault), slice_of(row->fault)),
		    "%s: %s", row->image, fault ? fault : "taken");
	else
		cr_expect_null(fault, "%s: %s", row->image, fault);
}

Test(fact_image_fault, of_images)
{
	static const struct row rows[] = {
	    {"web:{{ .Values.tag }}", "contains a template action"},
	    {"web:<no value>", "contains a part that a template"},
	    {"web:%!s(<nil>)", "contains a part that a template"},
	    {"web :1", "contains a blank"},
	    {" web", "contains a blank"},
	    {"https://example.com/web:1", "is an address"},
	    {":1", "has no repository"},
	    {"/web:1", "has no repository"},
	    {"web:", "has an empty tag"},
	    {"example.com/web:@sha256:aa", "has an empty tag"},
	    {"example.com/Shop/web:1", "has capital letters"},
	    {"webApp:1", "has capital letters"},
	    /* The kubelet takes them. */
	    {"web", NULL},
	    {"localhost:5000/a/b:V1.2_RC", NULL},
	    {"Registry/web:1", NULL},
	    {"web@sha256:ABCDEF", NULL},
	    {"[2001:db8::1]:5000/web:1", NULL},
	    /* A later step may fill them in. */
	    {"${IMAGE}", NULL},
	    {"ko://example.com/cmd/web", NULL},
	    {"example.com/IMAGE", NULL},
	    {"", NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(&rows[i]);
}

/* Kinds -> whether they are served, and what was meant when they are not. */
#include "schema/schema.h"

#include <criterion/criterion.h>

struct row {
	const char *group, *version, *kind;
	const char *meant; /* api version and kind, or NULL */
};

static void expect(const struct row *row)
{
	const struct served *meant =
	    schema_meant(row->group, row->version, row->kind);
	struct buf found = {0};

	if (meant)
		buf_printf(&found, "%s %s", api_text(meant->api_version),
		    api_text(meant->kind));
	cr_expect_str_eq(buf_text(&found), row->meant ? row->meant : "",
	    "%s/%s %s: %s", row->group, row->version, row->kind,
	    buf_text(&found));
	buf_release(&found);
}

/* Who knows the description need not ask. */
Test(schema_served, what_is_described_was_meant)
{
	for (size_t i = 0; i < schema_nkinds; i++) {
		const struct kind *kind = &schema_kinds[i];

		cr_expect_null(
		    schema_meant(api_text(kind->group), api_text(kind->version),
			api_text(kind->kind)),
		    "%s/%s %s", api_text(kind->group), api_text(kind->version),
		    api_text(kind->kind));
	}
}

#define EXPECT(rows)                                                \
	for (size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++) \
	expect(&(rows)[i])

Test(schema_served, what_was_meant)
{
	static const struct row rows[] = {
	    {"apps", "v1", "deployment", "apps/v1 Deployment"},
	    {"batch", "v1", "Cronjob", "batch/v1 CronJob"},
	    {"Apps", "v1", "Deployment", "apps/v1 Deployment"},
	    {"app", "v1", "Deployment", "apps/v1 Deployment"},
	    {"apps", "v1", "Deploymnet", "apps/v1 Deployment"},
	    {"", "v1", "Deployment", "apps/v1 Deployment"},
	    {"", "apps", "Deployment", "apps/v1 Deployment"},
	    {"apps", "v1", "CronJob", "batch/v1 CronJob"},
	    {"", "v1", "PodDisruptionBudget", "policy/v1 PodDisruptionBudget"},
	    {"batch", "v2", "Job", "batch/v1 Job"},
	    {"extensions", "v1", "Ingress", NULL},
	    {"argoproj.io", "v1alpha1", "rollout",
		"argoproj.io/v1alpha1 Rollout"},
	    {"argoproj.io", "v1", "Rollout", "argoproj.io/v1alpha1 Rollout"},
	};

	EXPECT(rows);
}

Test(schema_served, what_others_may_serve)
{
	static const struct row rows[] = {
	    {"apps", "v1", "Deployment", NULL},
	    {"", "v1", "Node", NULL},
	    {"autoscaling", "v1", "HorizontalPodAutoscaler", NULL},
	    /* Versions that a server may have turned on, or had once. */
	    {"resource.k8s.io", "v1beta2", "DeviceClass", NULL},
	    {"scheduling.k8s.io", "v1alpha1", "Workload", NULL},
	    {"batch", "v1beta1", "CronJob", NULL},
	    {"extensions", "v1beta1", "Deployment", NULL},
	    /* Kinds of others, some of the name of one of Kubernetes'. */
	    {"serving.knative.dev", "v1", "Service", NULL},
	    {"networking.istio.io", "v1", "Gateway", NULL},
	    {"gateway.networking.k8s.io", "v1", "Gateway", NULL},
	    {"metrics.k8s.io", "v1beta1", "PodMetrics", NULL},
	    {"argoproj.io", "v1alpha1", "Workflow", NULL},
	    {"apps.openshift.io", "v1", "DeploymentConfig", NULL},
	    {"autoscaling.k8s.io", "v1", "VerticalPodAutoscaler", NULL},
	    /* Of OpenShift, before its kinds had groups. */
	    {"", "v1", "Route", NULL},
	    {"", "v1", "Template", NULL},
	    {"", "v1", "DeploymentConfig", NULL},
	    /* Files of programs. */
	    {"", "v1", "Config", NULL},
	    {"skaffold", "v4beta11", "Config", NULL},
	    {"", "", "", NULL},
	};

	EXPECT(rows);
}

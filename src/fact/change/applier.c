/*
 * What the documents of each say: helm.sh/docs (resource-policy),
 * argo-cd.readthedocs.io (sync options) and fluxcd.io (annotations of
 * Kustomizations).
 *
 * Argo CD heeds helm.sh/resource-policy when an Application is deleted, not
 * when it prunes (isPruningDisabled() of its gitops-engine).  Flux may be its
 * helm-controller, which heeds it as Helm does.
 */
#include "fact/change/applier.h"

#include "fact/change/kept.h"
#include "fact/computed.h"
#include "fact/hook/hook.h"
#include "fact/settings.h"

#include <string.h>

static const char *applier_of(const struct release *release)
{
	const char *by =
	    release->settings ? release->settings->applied_by : NULL;

	return by ? by : "helm";
}

bool is_applied_by(const struct release *release, const char *who)
{
	return !strncmp(applier_of(release), who, strlen(who));
}

static bool has_option(const struct release *release,
    const struct manifest *manifest, const char *option)
{
	struct fact options = fact_manifest_sync_options(release, manifest);

	return options.state == FACT_KNOWN && strstr(options.text, option);
}

bool outlives_release(
    const struct release *release, const struct manifest *manifest)
{
	const struct kept *kept = manifest->seldom->kept;

	if (is_applied_by(release, "kubectl"))
		return true;
	/* Who writes an option of Argo CD has it, though nothing says so. */
	if (has_option(release, manifest, "Prune=false") &&
	    (is_applied_by(release, "argocd") ||
		!strcmp(applier_of(release), "helm")))
		return true;
	if (is_applied_by(release, "argocd") || !kept)
		return false;
	return kept->keeps ||
	       (kept->flux_keeps && is_applied_by(release, "flux"));
}

bool is_forced(const struct release *release, const struct manifest *manifest)
{
	if (is_applied_by(release, "argocd"))
		return has_option(release, manifest, "Force=true");
	return is_applied_by(release, "flux") && manifest->seldom->kept &&
	       manifest->seldom->kept->flux_forces;
}

/* kubectl replace --force deletes before it looks. */
bool is_always_remade(
    const struct release *release, const struct manifest *manifest)
{
	return is_applied_by(release, "argocd") &&
	       has_option(release, manifest, "Force=true") &&
	       has_option(release, manifest, "Replace=true");
}

bool is_left_alone(
    const struct release *release, const struct manifest *manifest)
{
	return is_applied_by(release, "flux") && manifest->seldom->kept &&
	       manifest->seldom->kept->flux_leaves;
}

bool may_apply_on_server(
    const struct release *release, const struct manifest *manifest)
{
	if (is_applied_by(release, "argocd"))
		return has_option(release, manifest, "ServerSideApply=true") &&
		       !has_option(release, manifest, "Replace=true");
	return strcmp(applier_of(release), "helm3") != 0 &&
	       strcmp(applier_of(release), "kubectl") != 0;
}

/* argoproj/argo-cd, gitops-engine/pkg/utils/kube/resource_ops.go; fluxcd/pkg,
 * ssa/manager_apply.go, and the helm-controller's actions. */
bool forces_conflicts(const struct release *release)
{
	return is_applied_by(release, "argocd") ||
	       is_applied_by(release, "flux");
}

/* Facts of the objects around workloads: Services, autoscalers, disruption
 * budgets, ConfigMaps; and who collects the other kinds. */
#include "fact/collect.h"
#include "fact/attach/attach.h"
#include "fact/called/called.h"
#include "fact/config/configuration.h"
#include "fact/cut/entrances.h"
#include "fact/drain/drain.h"
#include "fact/network/network.h"
#include "fact/pod/pod.h"
#include "fact/scale/scale.h"
#include "fact/service/backends.h"
#include "fact/service/ingress.h"
#include "fact/service/service.h"
#include "fact/service/subsets.h"
#include "fact/service/trust.h"
#include "fact/taken/taken.h"
#include "fact/update/update.h"
#include "fact/warmup/warmup.h"

#include <string.h>

/* A kind may have several. */
static void collect_ingress(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	collect_ingress_backends(collection, object, manifest);
	collect_ingress_entries(collection, object, manifest);
	collect_ingress_entrances(collection, object, manifest);
	collect_written_secrets(collection, object, manifest);
	collect_tls(collection, object, manifest);
}

static const struct {
	const char *group, *kind;
	void (*collect)(const struct collection *collection,
	    const struct node *object, const struct manifest *manifest);
} collectors[] = {
    {"", "Service", collect_service},
    {"", "Service", collect_addresses},
    {"", "ConfigMap", collect_configmap},
    {"", "ConfigMap", collect_changing},
    {"", "ConfigMap", collect_key_set},
    {"", "Secret", collect_secret},
    {"", "Secret", collect_changing},
    {"", "Secret", collect_key_set},
    {"", "Secret", collect_written_secrets},
    {"", "Secret", collect_served_certificate},
    {"cert-manager.io", "Certificate", collect_key_writer},
    {"cert-manager.io", "Certificate", collect_written_secrets},
    {"cert-manager.io", "Certificate", collect_issued_certificate},
    {"external-secrets.io", "ExternalSecret", collect_key_writer},
    {"external-secrets.io", "ExternalSecret", collect_written_secrets},
    {"bitnami.com", "SealedSecret", collect_key_writer},
    {"bitnami.com", "SealedSecret", collect_written_secrets},
    {"trust.cert-manager.io", "Bundle", collect_key_writer},
    {"rbac.authorization.k8s.io", "Role", collect_key_writer},
    {"rbac.authorization.k8s.io", "ClusterRole", collect_key_writer},
    {"", "ServiceAccount", collect_quiet_account},
    {"", "Secret", collect_token_secret},
    {"rbac.authorization.k8s.io", "Role", collect_useful_role},
    {"rbac.authorization.k8s.io", "ClusterRole", collect_useful_role},
    {"rbac.authorization.k8s.io", "Role", collect_eviction},
    {"rbac.authorization.k8s.io", "ClusterRole", collect_eviction},
    {"", "PersistentVolumeClaim", collect_claim},
    {"", "PersistentVolumeClaim", collect_named_volume},
    {"", "Namespace", collect_pod_standard},
    {"", "LimitRange", collect_limit_range},
    {"", "ResourceQuota", collect_quota},
    {"", "ResourceQuota", collect_quota_demands},
    {"networking.k8s.io", "Ingress", collect_ingress},
    {"extensions", "Ingress", collect_ingress},
    {"gateway.networking.k8s.io", "HTTPRoute", collect_route_backends},
    {"gateway.networking.k8s.io", "HTTPRoute", collect_gateway_entrances},
    {"gateway.networking.k8s.io", "GRPCRoute", collect_route_backends},
    {"gateway.networking.k8s.io", "GRPCRoute", collect_gateway_entrances},
    {"gateway.networking.k8s.io", "TLSRoute", collect_route_backends},
    {"gateway.networking.k8s.io", "TLSRoute", collect_gateway_entrances},
    {"gateway.networking.k8s.io", "TCPRoute", collect_route_backends},
    {"gateway.networking.k8s.io", "Gateway", collect_gateway},
    {"gateway.networking.k8s.io", "Gateway", collect_tls},
    {"gateway.networking.k8s.io", "HTTPRoute", collect_attachments},
    {"gateway.networking.k8s.io", "GRPCRoute", collect_attachments},
    {"gateway.networking.k8s.io", "TLSRoute", collect_attachments},
    {"gateway.networking.k8s.io", "TCPRoute", collect_attachments},
    {"gateway.networking.k8s.io", "UDPRoute", collect_attachments},
    {"networking.istio.io", "VirtualService", collect_istio_entrances},
    {"networking.istio.io", "VirtualService", collect_destinations},
    {"networking.istio.io", "VirtualService", collect_istio_attachments},
    {"networking.istio.io", "Gateway", collect_istio_gateway},
    {"networking.istio.io", "Gateway", collect_tls},
    {"security.istio.io", "PeerAuthentication", collect_peer_authentication},
    {"networking.istio.io", "DestinationRule", collect_destination_rule},
    {"route.openshift.io", "Route", collect_openshift_backends},
    {"route.openshift.io", "Route", collect_openshift_entrances},
    {"projectcontour.io", "HTTPProxy", collect_contour_entrances},
    {"projectcontour.io", "HTTPProxy", collect_tls},
    {"traefik.io", "IngressRoute", collect_traefik_backends},
    {"traefik.io", "IngressRoute", collect_traefik_entrances},
    {"traefik.io", "IngressRoute", collect_tls},
    {"traefik.io", "IngressRouteTCP", collect_tls},
    {"traefik.io", "IngressRouteTCP", collect_traefik_entrances},
    {"traefik.containo.us", "IngressRoute", collect_traefik_entrances},
    {"traefik.containo.us", "IngressRouteTCP", collect_traefik_entrances},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration",
	collect_webhooks},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration",
	collect_webhooks},
    {"apiextensions.k8s.io", "CustomResourceDefinition", collect_conversion},
    {"apiregistration.k8s.io", "APIService", collect_api_service},
    {"cloud.google.com", "BackendConfig", collect_backend_config},
    {"networking.gke.io", "GCPBackendPolicy", collect_backend_policy},
    {"autoscaling", "HorizontalPodAutoscaler", collect_hpa},
    {"keda.sh", "ScaledObject", collect_scaled_object},
    {"keda.sh", "ScaledJob", collect_scaled_job},
    {"monitoring.coreos.com", "ServiceMonitor", collect_monitor},
    {"monitoring.coreos.com", "PodMonitor", collect_monitor},
    {"autoscaling.k8s.io", "VerticalPodAutoscaler", collect_vpa},
    {"policy", "PodDisruptionBudget", collect_pdb},
    {"networking.k8s.io", "NetworkPolicy", collect_networkpolicy},
    {"argoproj.io", "AnalysisTemplate", collect_analysis},
    {"argoproj.io", "ClusterAnalysisTemplate", collect_analysis},
};

void collect_by_kind(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	for (size_t i = 0; i < COUNT_OF(collectors); i++) {
		if (text_eq(collectors[i].kind, manifest->kind) &&
		    text_eq(collectors[i].group, manifest->group))
			collectors[i].collect(collection, object, manifest);
	}
}

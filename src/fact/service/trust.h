/*
 * Whether the API server trusts who answers a webhook: caBundle against the
 * certificate that the pods serve, and the Certificate of cert-manager that
 * stands for both.
 */
#ifndef FACT_SERVICE_TRUST_H
#define FACT_SERVICE_TRUST_H

#include "fact/service/backends.h"

struct served_certificate {
	const struct manifest *manifest; /* the Secret */
	const char *chain;		 /* of tls.crt, as PEM */
};

struct issued_certificate {
	const struct manifest *manifest; /* the Certificate */
	const char *secret;		 /* that it is written to; or "" */
	struct text_list hosts;		 /* dnsNames */
};

/* A Secret with a certificate. */
void collect_served_certificate(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* A Certificate of cert-manager. */
void collect_issued_certificate(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* What a webhook trusts: its clientConfig, and the annotations of its object.
 */
void collect_trust(const struct collection *collection,
    const struct node *object, const struct node *client_config,
    struct backend *backend);

/* Secrets that pods mount as volumes. */
void collect_mounted_secrets(struct facts *facts, const struct node *pod_spec,
    struct workload *workload);

/* Holds webhooks against what their pods serve; after relate_dangling(). */
void relate_trust(
    struct release *release, struct facts *const *facts, size_t nfacts);

#endif

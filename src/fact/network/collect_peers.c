/*
 * The rules of a NetworkPolicy -> whom they name: the peers of all rules for a
 * direction together.
 * A rule without peers is for everybody; an address range may hold any pod's.
 */
#include "fact/network/network.h"

#include "fact/selector.h"

static struct selector peer_selector(
    struct facts *facts, const struct node *node)
{
	struct selector selector = facts_selector(facts, node);

	selector.given = node != NULL;
	return selector;
}

static struct peer read_peer(struct facts *facts, const struct node *node)
{
	struct peer peer = {
	    .pods = peer_selector(facts, node_get(node, "podSelector")),
	    .namespaces =
		peer_selector(facts, node_get(node, "namespaceSelector")),
	};

	peer.is_unclear = peer.pods.invalid || peer.namespaces.invalid ||
			  (!peer.pods.given && !peer.namespaces.given);
	return peer;
}

const struct peer *collect_peers(struct facts *facts, const struct node *rules,
    const char *key, size_t *ret_n)
{
	struct buf peers = {0};
	const struct peer *kept;

	for (size_t i = 0; i < node_length(rules); i++) {
		const struct node *rule = rules->items[i];
		const struct node *list = node_get(rule, key);
		const struct peer anybody = {.is_anybody = true,
		    .is_open = !node_length(node_get(rule, "ports"))};

		if (!node_length(list))
			buf_add(&peers, &anybody, sizeof(anybody));
		for (size_t j = 0; j < node_length(list); j++) {
			struct peer peer = read_peer(facts, list->items[j]);

			buf_add(&peers, &peer, sizeof(peer));
		}
	}
	*ret_n = peers.len / sizeof(*kept);
	kept = facts_keep(facts, &peers);
	buf_release(&peers);
	return kept;
}

static bool names_pods(const struct peer *peer)
{
	return peer->pods.n && (!peer->namespaces.given || !peer->namespaces.n);
}

enum welcome peer_welcomes(const struct peer *peer,
    const struct label_list *labels, enum tri same_namespace)
{
	bool is_near = !peer->namespaces.given;

	if (peer->is_anybody || peer->is_unclear)
		return WELCOME_PERHAPS;
	if (is_near && same_namespace == TRI_NO)
		return WELCOME_NOT;
	if (peer->pods.given && !selector_matches(&peer->pods, labels))
		return WELCOME_NOT;
	return names_pods(peer) && (!is_near || same_namespace == TRI_YES)
		   ? WELCOME_BY_NAME
		   : WELCOME_PERHAPS;
}

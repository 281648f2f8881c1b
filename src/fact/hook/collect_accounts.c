/* Whom a binding of RBAC gives which rights: its subjects to the names of
 * ServiceAccounts, and its role. */
#include "fact/hook/hook.h"

static bool is_account(const struct node *subject)
{
	struct slice kind;

	return node_to_text(node_get(subject, "kind"), &kind) &&
	       slice_is(kind, "ServiceAccount");
}

static void add_account(struct facts *facts, const struct node *subject,
    const char *field, struct buf *names)
{
	const char *name = facts_name(facts, node_get(subject, "name"));
	const char *text = facts_name(facts, node_get(subject, field));

	if (*name && is_account(subject))
		buf_add(names, &text, sizeof(text));
}

/* A field, name or namespace, of its ServiceAccounts. */
static struct text_list collect_accounts(
    struct facts *facts, const struct node *object, const char *field)
{
	const struct node *subjects = node_get(object, "subjects");
	struct buf names = {0};
	struct text_list list = {0};

	for (size_t i = 0; i < node_length(subjects); i++)
		add_account(facts, subjects->items[i], field, &names);
	list.n = names.len / sizeof(*list.items);
	list.items = facts_keep(facts, &names);
	buf_release(&names);
	return list;
}

static const char *role_text(
    struct facts *facts, const struct node *object, const char *field)
{
	return facts_name(facts, node_find(object, "roleRef", field, NULL));
}

const struct grant *collect_grant(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind)
{
	struct grant grant;

	if (!slice_is(group, "rbac.authorization.k8s.io") ||
	    !(slice_is(kind, "RoleBinding") ||
		slice_is(kind, "ClusterRoleBinding")))
		return NULL;
	grant = (struct grant){
	    .accounts = collect_accounts(facts, object, "name"),
	    .namespaces = collect_accounts(facts, object, "namespace"),
	    .role_kind = role_text(facts, object, "kind"),
	    .role_name = role_text(facts, object, "name"),
	};
	return grant.accounts.n
		   ? arena_copy(&facts->arena, &grant, sizeof(grant))
		   : NULL;
}

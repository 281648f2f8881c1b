/*
 * The fields of a rule file that name the rule: each reader checks one and sets
 * it in the kind of the rule that is being loaded.
 */
#ifndef RULE_HEADING_H
#define RULE_HEADING_H

#include "rule/rule.h"

/* A rule that is being read: not yet among those of the ruleset. */
struct loading {
	struct ruleset *ruleset;
	struct rule *rule;
	struct reader reader;
};

/* Whether text is words of lower-case letters and digits with single '-'
 * between them. */
bool heading_is_id(const char *text);

/* -1 with the fault of the reader set: for an id that is not the file's name,
 * a code of ours in a file of the user, and either when it is taken. */
MUST_CHECK int heading_read_id(
    const struct loading *loading, const struct node *node);
MUST_CHECK int heading_read_code(
    const struct loading *loading, const struct node *node);

/* -1 for a title of several lines, with a brace or full stop, or too long. */
MUST_CHECK int heading_read_title(
    const struct loading *loading, const struct node *node);

/* A list of ids and codes; -1 for one that is another rule's own, or given
 * twice: names that a rule had may be those of several. */
MUST_CHECK int heading_read_aliases(
    const struct loading *loading, const struct node *node);

/* A list of ids; -1 for what is none.  That they are of rules is not asked. */
MUST_CHECK int heading_read_suppressors(
    const struct loading *loading, const struct node *node);

/* A list of addresses; -1 for what does not begin with https://. */
MUST_CHECK int heading_read_see(
    const struct loading *loading, const struct node *node);

#endif

/* Pods that change the schema of a database as they start: what an init
 * container, or the script of a regular one, is told to run. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

RARE(workload, migration)

/* Commands that change it, by the words that no other command has.  Sources:
 * the manuals of Rails, Django, Laravel, Alembic, Flask-Migrate, Prisma, Knex,
 * TypeORM, Doctrine, Flyway, Liquibase, Entity Framework, Ecto, Diesel, sqlx,
 * golang-migrate, goose, Atlas, Airflow. */
static const char *const migrations[] = {"db:migrate", "manage.py migrate",
    "artisan migrate", "alembic upgrade", "db upgrade", "db migrate",
    "prisma migrate deploy", "migrate:latest", "migration:run",
    "migrations:migrate", "flyway migrate", "liquibase update",
    "database update", "ecto.migrate", "migration run", "migrate run",
    "migrate apply", "run migrate", "run migration"};
/* Words of commands that only look, or show what would be done. */
static const char *const looks[] = {
    "wait", "check", "status", "dry-run", "--plan", "show"};

static bool has_one_of(
    struct slice text, const char *const *words, size_t nwords)
{
	for (size_t i = 0; i < nwords; i++) {
		if (slice_find(text, slice_of(words[i]), 0) >= 0)
			return true;
	}
	return false;
}

static bool is_migration(struct slice text)
{
	return has_one_of(text, migrations, COUNT_OF(migrations)) &&
	       !has_one_of(text, looks, COUNT_OF(looks));
}

/* Whether a command asks which of the pods it is, or whether it is wanted. */
static bool is_condition(struct slice command)
{
	static const char *const words[] = {
	    "if", "elif", "case", "[", "[[", "test"};
	struct slice word;

	if (!shell_word(&command, &word))
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return false;
}

/* The command of a script that is one; echoes are not, and what is behind a
 * condition may run in one of the pods. */
static bool script_migrates(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;

	while (shell_next(&shell, &command)) {
		if (is_condition(command.text))
			return false;
		if (!shell_only_says(shell_body(command.text)) &&
		    is_migration(command.text))
			return true;
	}
	return false;
}

/* Adds a word behind the others, the last part of a path. */
static void add_word(struct buf *words, struct slice word)
{
	if (words->len)
		buf_add_char(words, ' ');
	buf_add_slice(words, word);
}

/* The image of a tool that does nothing else is its first word: flyway/flyway
 * with the argument migrate. */
static void add_tool(struct buf *words, const struct node *container)
{
	static const char *const tools[] = {"flyway", "liquibase"};
	struct slice image = scalar_text(node_get(container, "image"));

	for (size_t i = 0; i < COUNT_OF(tools); i++) {
		if (slice_find(image, slice_of(tools[i]), 0) >= 0)
			add_word(words, slice_of(tools[i]));
	}
}

/* Where a container is told to change the schema; NULL when it is not. */
static const struct node *migration_of(const struct node *container)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);
	struct buf words = {0};
	bool migrates;

	if (script)
		return script_migrates(scalar_text(script)) ? script : NULL;
	add_tool(&words, container);
	for (size_t i = 0; argument_at(arguments, i); i++)
		add_word(&words, argument_text(arguments, i));
	migrates = is_migration(buf_slice(&words));
	buf_release(&words);
	return migrates ? argument_at(arguments, 0) : NULL;
}

static void note_migration(struct facts *facts, const struct node *containers,
    struct workload *workload)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *at = migration_of(containers->items[i]);

		if (at && RARE_FACT(workload, migration).state == FACT_ABSENT)
			KEEP_RARE(&facts->arena, workload, migration,
			    facts_placed(
				fact_text(facts_name(facts,
				    node_get(containers->items[i], "name"))),
				at));
	}
}

void collect_migration(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	note_migration(facts, node_get(pod_spec, "initContainers"), workload);
	note_migration(facts, node_get(pod_spec, "containers"), workload);
}

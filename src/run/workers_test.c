/* Chunks shared out among threads: all linted, in order, none left waiting. */
#include "run/workers.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <time.h>

enum { CHUNKS = 2000, CHUNK_BYTES = 400 };

static const struct origin origin = {.name = "in.yaml"};

/* A finding for each chunk, at the line of its number. */
static void lint(const void *context, const struct chunk *chunk, uint32_t order,
    struct facts *facts, struct chunk_result *result)
{
	atomic_size_t *nlinted = (atomic_size_t *)(uintptr_t)context;
	struct span span = {order + 1, 1, order + 1, 2};

	(void)facts;
	cr_assert_eq(chunk->first_line, order + 1);
	finding_own(&result->findings, KIND_SIZE_LIMIT,
	    (struct place){&origin, span}, "chunk %u", (unsigned)order);
	result->ndocuments++;
	atomic_fetch_add(nlinted, 1);
}

static void put(struct workers *workers, struct chunk_result *result, size_t n)
{
	static const char text[CHUNK_BYTES] = {'#'};

	for (size_t i = 0; i < n; i++) {
		struct chunk chunk = {
		    .origin = &origin, .first_line = (uint32_t)i + 1};

		buf_add(&chunk.bytes, text, sizeof(text));
		workers_put(workers, &chunk, result);
	}
}

static void expect_order(unsigned njobs)
{
	struct settings settings = {0};
	atomic_size_t nlinted = 0;
	struct chunk_result result = {0};
	struct workers *workers = workers_new(njobs, &settings, lint, &nlinted);

	put(workers, &result, CHUNKS);
	workers_finish(workers, &result);
	cr_assert_eq(atomic_load(&nlinted), CHUNKS);
	cr_assert_eq(result.ndocuments, CHUNKS);
	cr_assert_eq(result.findings.n, CHUNKS);
	for (uint32_t i = 0; i < CHUNKS; i++)
		cr_assert_eq(result.findings.items[i].place.span.line, i + 1);
	finding_list_release(&result.findings);
	workers_free(workers);
}

Test(workers, results_come_in_the_order_of_the_chunks)
{
	expect_order(1);
	expect_order(2);
	expect_order(8);
}

/* A pipe may be silent for as long as it likes: what came before that is not
 * kept back until more comes.  A minute is for machines under load. */
Test(workers, what_was_given_is_linted_while_the_reader_waits)
{
	struct settings settings = {0};
	atomic_size_t nlinted = 0;
	struct chunk_result result = {0};
	struct workers *workers = workers_new(2, &settings, lint, &nlinted);
	struct timespec moment = {.tv_nsec = 1000000};

	put(workers, &result, CHUNKS);
	workers_give(workers, &result);
	for (int i = 0; i < 60000 && atomic_load(&nlinted) < CHUNKS; i++)
		nanosleep(&moment, NULL);
	cr_assert_eq(atomic_load(&nlinted), CHUNKS);
	workers_finish(workers, &result);
	finding_list_release(&result.findings);
	workers_free(workers);
}

/* Whose facts one small chunk went to. */
struct witness {
	const struct facts *facts;
};

static void lint_seen(const void *context, const struct chunk *chunk,
    uint32_t order, struct facts *facts, struct chunk_result *result)
{
	struct witness *witness = (struct witness *)(uintptr_t)context;

	(void)chunk;
	(void)order;
	(void)result;
	witness->facts = facts;
}

/* Whether a thread of its own lints the first chunk of so many bytes. */
static bool starts_at_once(uint64_t nbytes)
{
	struct settings settings = {0};
	struct witness witness = {0};
	struct chunk_result result = {0};
	struct workers *workers =
	    workers_new(2, &settings, lint_seen, &witness);
	const struct facts *readers;
	size_t n;

	workers_expect(workers, nbytes);
	put(workers, &result, 1);
	workers_finish(workers, &result);
	readers = workers_facts(workers, &n)[0];
	cr_assert_neq(witness.facts, NULL);
	workers_free(workers);
	return witness.facts != readers;
}

Test(workers, a_large_input_that_is_announced_is_shared_from_the_start)
{
	cr_expect(starts_at_once(1024 * 1024));
	cr_expect_not(starts_at_once(1024), "it is not worth a thread");
	cr_expect_not(starts_at_once(0), "a pipe");
}

/* Rounds of a loop on several threads. */
#include "base/parallel.h"

#include "base/mem.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { JOBS = 3, ROUNDS = 10000 };

struct counts {
	size_t ntaken;
	int of_round[ROUNDS];
	int of_worker[JOBS];
};

static void count(void *context, unsigned worker, size_t i)
{
	struct counts *counts = context;

	counts->of_round[i]++;
	counts->of_worker[worker]++;
}

/* Each worker has its own number, so its count is whole without a lock. */
static void expect_rounds(unsigned njobs, size_t n)
{
	struct counts *counts = xcalloc(1, sizeof(*counts));
	int sum = 0;

	parallel_for(njobs, n, count, counts);
	for (size_t i = 0; i < ROUNDS; i++)
		cr_assert_eq(counts->of_round[i], i < n, "round %zu", i);
	for (size_t i = 0; i < JOBS; i++)
		sum += counts->of_worker[i];
	cr_assert_eq(sum, (int)n);
	for (size_t i = njobs ? njobs : 1; i < JOBS; i++)
		cr_assert_eq(counts->of_worker[i], 0, "worker %zu", i);
	free(counts);
}

Test(base_parallel, every_round_is_run_once)
{
	expect_rounds(1, ROUNDS);
	expect_rounds(2, ROUNDS);
	expect_rounds(JOBS, ROUNDS);
	expect_rounds(JOBS, 2);
	expect_rounds(JOBS, 1);
	expect_rounds(JOBS, 0);
	expect_rounds(0, 5);
}

static void take(void *context, size_t i)
{
	struct counts *counts = context;

	cr_assert_eq(counts->of_round[i], 1, "round %zu is not done", i);
	cr_assert_eq(counts->ntaken++, i);
}

Test(base_parallel, rounds_are_taken_in_their_order)
{
	for (unsigned njobs = 0; njobs <= JOBS; njobs++) {
		struct counts *counts = xcalloc(1, sizeof(*counts));

		parallel_in_order(njobs, ROUNDS, count, take, counts);
		cr_assert_eq(counts->ntaken, ROUNDS);
		free(counts);
	}
	parallel_in_order(JOBS, 0, count, take, NULL);
}

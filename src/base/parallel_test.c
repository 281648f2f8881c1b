/* Rounds of a loop on several threads. */
#include "base/parallel.h"

#include "base/mem.h"

#include <criterion/criterion.h>
#include <pthread.h>
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

enum { AHEAD = 3 };

/* What rounds make, each where the one before the ring's length made it. */
struct ring {
	size_t made[AHEAD];
	size_t ntaken;
};

static void make(void *context, unsigned worker, size_t i)
{
	struct ring *ring = context;

	(void)worker;
	ring->made[i % AHEAD] = i;
}

static void take_made(void *context, size_t i)
{
	struct ring *ring = context;

	cr_assert_eq(ring->made[i % AHEAD], i);
	ring->ntaken++;
}

Test(base_parallel, no_round_begins_before_there_is_room)
{
	for (unsigned njobs = 1; njobs <= JOBS; njobs++) {
		struct ring ring = {0};

		parallel_in_ring(njobs, ROUNDS, AHEAD, make, take_made, &ring);
		cr_assert_eq(ring.ntaken, ROUNDS);
	}
}

/* Each round waits for the next one to have begun, round 0 in take(). */
struct meeting {
	pthread_barrier_t both;
};

static void meet(void *context, unsigned worker, size_t i)
{
	struct meeting *meeting = context;

	(void)worker;
	if (i)
		pthread_barrier_wait(&meeting->both);
}

static void meet_while_taking(void *context, size_t i)
{
	struct meeting *meeting = context;

	if (!i)
		pthread_barrier_wait(&meeting->both);
}

/* Round 1 runs while round 0 is taken, or both would wait for ever. */
Test(base_parallel, others_run_while_one_takes, .timeout = 20)
{
	struct meeting meeting;

	pthread_barrier_init(&meeting.both, NULL, 2);
	parallel_in_order(2, 2, meet, meet_while_taking, &meeting);
	pthread_barrier_destroy(&meeting.both);
}

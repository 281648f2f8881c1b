/*
 * A command -> what it cost, in one line: seconds on the clock, seconds of the
 * processor in user mode and in all, KiB of memory at its peak, exit status.
 * What the command prints goes nowhere.  `make bench` measures with it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* In the child: never returns. */
static void run(char **argv)
{
	int nowhere = open("/dev/null", O_RDWR);

	if (nowhere < 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	struct rusage used;
	double start = now(), user;
	int status;
	pid_t child;

	if (argc < 2) {
		fputs("usage: measure COMMAND [ARGUMENT]...\n", stderr);
		return 2;
	}
	child = fork();
	if (!child)
		run(argv + 1);
	if (child < 0 || wait4(child, &status, 0, &used) < 0) {
		perror("measure");
		return 2;
	}
	user = seconds(used.ru_utime);
	printf("%.4f %.4f %.4f %ld %d\n", now() - start, user,
	    user + seconds(used.ru_stime), used.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	return 0;
}

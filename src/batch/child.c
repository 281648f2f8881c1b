/* Words -> a process -> its output in a file: see child.h. */
#include "batch/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int refuse_start(
    const struct words *words, int error, struct fault *fault)
{
	return fault_set(
	    fault, "cannot run '%s': %s", words->items[0], strerror(error));
}

/* Nothing to read, and out to write to. */
static int prepare_files(posix_spawn_file_actions_t *actions, int out)
{
	int error = posix_spawn_file_actions_addopen(
	    actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

	return error ? error
		     : posix_spawn_file_actions_adddup2(
			   actions, out, STDOUT_FILENO);
}

/* We ignore SIGPIPE, and a program that we start would go on doing so. */
static int prepare_signals(posix_spawnattr_t *attributes)
{
	sigset_t signals;
	int error;

	sigemptyset(&signals);
	sigaddset(&signals, SIGPIPE);
	error = posix_spawnattr_setsigdefault(attributes, &signals);
	return error ? error
		     : posix_spawnattr_setflags(
			   attributes, POSIX_SPAWN_SETSIGDEF);
}

/* 0, or an errno. */
static int start(const struct words *words, int out, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error;

	if (posix_spawn_file_actions_init(&actions) ||
	    posix_spawnattr_init(&attributes))
		out_of_memory();
	error = prepare_files(&actions, out);
	if (!error)
		error = prepare_signals(&attributes);
	/* It changes none of the words, whatever its prototype says. */
	if (!error)
		error = posix_spawnp(ret_pid, words->items[0], &actions,
		    &attributes, (char **)(uintptr_t)words->items, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static int judge(const struct words *words, int status, struct fault *fault)
{
	if (WIFSIGNALED(status))
		return fault_set(fault, "'%s' was ended by signal %d (%s)",
		    words->items[0], WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status))
		return fault_set(fault, "'%s' ended with exit status %d",
		    words->items[0], WEXITSTATUS(status));
	return 0;
}

int child_run(const struct words *words, int out, struct fault *fault)
{
	pid_t pid;
	int status, error = start(words, out, &pid);

	if (error)
		return refuse_start(words, error, fault);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return refuse_start(words, errno, fault);
	}
	return judge(words, status, fault);
}

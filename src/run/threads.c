/* The option, or the processors there are. */
#include "run/threads.h"

#include <unistd.h>

static unsigned processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

unsigned threads_to_use(const struct options *options)
{
	return options->njobs ? options->njobs : processors();
}

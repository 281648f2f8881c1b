/* Folders one in the other -> whether to go on into the next. */
#include "base/folder_chain.h"

#include <errno.h>
#include <sys/stat.h>

int folder_chain_enter(struct folder_chain *folder,
    const struct folder_chain *above, const char *path, unsigned most,
    struct fault *fault)
{
	struct stat status;

	if (stat(path, &status))
		return fault_set(
		    fault, "cannot read '%s': %s", path, strerror(errno));
	*folder = (struct folder_chain){
	    above, status.st_dev, status.st_ino, above ? above->depth + 1 : 1};
	for (; above; above = above->above) {
		if (above->device == folder->device &&
		    above->inode == folder->inode)
			return 0;
	}
	if (folder->depth > most)
		return fault_set(fault,
		    "'%s' is nested in %u folders, which is too deep", path,
		    most);
	return 1;
}

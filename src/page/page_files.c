/* Texts -> files below a folder. */
#include "page/page_files.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

void page_files_release(struct page_files *files)
{
	buf_release(&files->path);
	buf_release(&files->text);
}

int page_files_make(struct page_files *files, const char *folder)
{
	buf_clear(&files->path);
	buf_printf(&files->path, "%s%s", files->root, folder);
	if (!mkdir(buf_text(&files->path), 0777) || errno == EEXIST)
		return 0;
	return fault_set(files->fault, "cannot make '%s': %s",
	    buf_text(&files->path), strerror(errno));
}

int page_files_write(struct page_files *files, const char *folder,
    const char *name, const char *end)
{
	FILE *file;
	size_t len = files->text.len, written;

	buf_clear(&files->path);
	buf_printf(&files->path, "%s%s/%s%s", files->root, folder, name, end);
	file = fopen(buf_text(&files->path), "w");
	if (!file)
		return fault_set(files->fault, "cannot write '%s': %s",
		    buf_text(&files->path), strerror(errno));
	written = fwrite(buf_text(&files->text), 1, len, file);
	buf_clear(&files->text);
	if (fclose(file) || written != len)
		return fault_set(files->fault, "cannot write '%s': %s",
		    buf_text(&files->path), strerror(errno));
	return 0;
}

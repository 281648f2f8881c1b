/* Messages of programs, told from what a manifest may begin with. */
#include "input/log_line.h"

#include <criterion/criterion.h>

Test(log_line, messages)
{
	static const char *const lines[] = {
	    "coalesce.go:289: warning: destination for a.b is a table.",
	    "walk.go:74: found symbolic link in path: /charts/a",
	    "pkg/client/client.go:12: retrying",
	    "2026/01/15 12:00:00 info: skipping unknown hook",
	    "W0115 12:00:00.123456    1 warnings.go:70] unknown field",
	    "WARNING: Kubernetes configuration file is group-readable.",
	    "Error: INSTALLATION FAILED: cannot re-use a name",
	    "level=warning msg=\"chart is deprecated\"",
	    "time=\"2026-01-15T12:00:00Z\" level=info msg=x",
	    "Pulled: registry.example/charts/web:1.2.3",
	    "Digest: sha256:0123",
	    "Release \"web\" has been upgraded. Happy Helming!",
	};

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		cr_expect(is_log_line(slice_of(lines[i])), "%s", lines[i]);
}

Test(log_line, beginnings_of_documents)
{
	static const char *const lines[] = {
	    "",
	    "apiVersion: v1",
	    "kind: Deployment",
	    "metadata:",
	    "# Source: web/templates/a.yaml",
	    "# coalesce.go:289: warning",
	    "---",
	    "{\"apiVersion\": \"v1\"}",
	    "- apiVersion: v1",
	    "level: warning",
	    "Warning:",
	    "main.go: package",
	    ".go:1",
	    "2026/01",
	    "2026-01-15: released",
	    "W0115",
	    "I: 5",
	};

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		cr_expect(!is_log_line(slice_of(lines[i])), "%s", lines[i]);
}

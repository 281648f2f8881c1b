/* What does nothing but wait, by its command or its image. */
#include "fact/pod/pod.h"

#include "fact/test_release.h"

static void expect_waits(const char *container, bool expected)
{
	struct test_release test;
	struct buf yaml = {0};
	struct fact fact;

	buf_printf(&yaml,
	    "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\n"
	    "spec: {template: {spec: {containers: [{name: a, %s}]}}}\n",
	    container);
	test_release_init(&test, buf_text(&yaml), NULL);
	fact =
	    fact_workload_only_waits(test.release, test_workload(&test, "d"));
	cr_assert_eq(fact.boolean, expected, "%s", container);
	test_release_free(&test);
	buf_release(&yaml);
}

Test(fact_only_waits, by_its_image)
{
	expect_waits("image: 'registry.k8s.io/pause:3.10'", true);
	expect_waits("image: 'mirror.example:5000/x/pause-amd64:3'", true);
	expect_waits("image: pause", true);
	expect_waits("image: 'example/pausebot:1'", false);
	expect_waits("image: 'example/web:1'", false);
	/* What it is told counts more. */
	expect_waits("image: pause, command: [server]", false);
}

Test(fact_only_waits, by_its_command)
{
	expect_waits("image: x, command: [sleep, infinity]", true);
	expect_waits("image: x, command: [/bin/sleep], args: ['3600']", true);
	expect_waits("image: x, command: [tail, -f, /dev/null]", true);
	expect_waits("image: x, command: [tail, -f, /var/log/x]", false);
	expect_waits("image: x, command: [sh, -c, 'sleep infinity']", true);
	expect_waits(
	    "image: x, command: [sh, -c, 'exec sleep 1d >/dev/null']", true);
	expect_waits("image: x, command: [sh, -c, 'while true; do sleep 9; "
		     "done']",
	    true);
	expect_waits("image: x, command: [sh, -c, 'trap : TERM; echo up; "
		     "sleep 9 & wait']",
	    true);
	expect_waits(
	    "image: x, command: [sh, -c, 'while true; do sync; sleep 9; done']",
	    false);
	expect_waits(
	    "image: x, command: [sh, -c, 'sleep 5; exec server']", false);
	expect_waits("image: x, command: [sh, -c, '']", false);
	expect_waits("image: x, command: [sh, -c, \"sleep 'x\"]", false);
}

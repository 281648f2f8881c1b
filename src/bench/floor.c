/*
 * A bare loop over libyaml's events: the least that a program can take which
 * reads the file with libyaml.  `make bench` measures rolloutlint against it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <yaml.h>

/* Reads all events and drops them; false when the text is not YAML. */
static bool read_events(FILE *file)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool ended = false, failed = false;

	if (!yaml_parser_initialize(&parser))
		return false;
	yaml_parser_set_input_file(&parser, file);
	while (!ended && !failed) {
		failed = !yaml_parser_parse(&parser, &event);
		if (failed)
			break;
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return !failed;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	bool read;

	if (!file) {
		fputs("usage: floor FILE\n", stderr);
		return 2;
	}
	read = read_events(file);
	fclose(file);
	return read ? 0 : 1;
}

/* The name of a format -> its row in the table of all formats. */
#include "sink/sink.h"

static const struct sink sinks[] = {
#define ROW(                                                               \
    symbol, row_name, machine, of_several, row_meaning, timelines, hashes) \
	{                                                                  \
	    .name = row_name,                                              \
	    .meaning = row_meaning,                                        \
	    .several = SEVERAL_##of_several,                               \
	    .is_machine = machine,                                         \
	    .has_timelines = timelines,                                    \
	    .has_line_hashes = hashes,                                     \
	    .write = symbol##_write,                                       \
	},
#define SINK(...) ROW(__VA_ARGS__, false, false)
#define PICTURE(...) ROW(__VA_ARGS__, true, false)
#define HASHES(...) ROW(__VA_ARGS__, false, true)
#include "sink/sinks.def"
#undef SINK
};

const struct sink *sink_at(size_t i)
{
	return i < COUNT_OF(sinks) ? &sinks[i] : NULL;
}

const struct sink *sink_find(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(sinks); i++) {
		if (slice_is(name, sinks[i].name))
			return &sinks[i];
	}
	return NULL;
}

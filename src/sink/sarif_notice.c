/* The kinds of trouble of a run -> SARIF's notifications. */
#include "sink/sarif_notice.h"

#include "sink/sarif_text.h"

static const struct {
	const char *id, *name, *level, *meaning, *help;
} notices[] = {
    [NOTICE_TROUBLE] = {"RL9001", "IncompleteRun", "error",
	"The run could not check all of its input.",
	"Fix what the message names and run again: until then, the unread part "
	"may be unsafe."},
    [NOTICE_CAPPED] = {"RL9002", "ResultsCapped", "warning",
	"There were more results than a run may hold.",
	"Fix some of the findings and run again to see the rest."},
};

struct json *sarif_notices(void)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		struct json *notice = json_new_object();

		json_set_text(notice, "id", notices[i].id);
		json_set_text(notice, "name", notices[i].name);
		json_set(notice, "shortDescription",
		    sarif_message(notices[i].meaning));
		json_set(notice, "fullDescription",
		    sarif_message(notices[i].meaning));
		json_set(notice, "help", sarif_message(notices[i].help));
		json_push(list, notice);
	}
	return list;
}

struct json *sarif_notification(enum notice notice, const char *text)
{
	struct json *notification = json_new_object();
	struct json *descriptor = json_new_object();

	json_set_text(descriptor, "id", notices[notice].id);
	json_set_number(descriptor, "index", notice);
	json_set(notification, "descriptor", descriptor);
	json_set_text(notification, "level", notices[notice].level);
	json_set(notification, "message", sarif_message(text));
	return notification;
}

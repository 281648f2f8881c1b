/*
 * SARIF's notifications: what kept a run from telling all.
 */
#ifndef SINK_SARIF_NOTICE_H
#define SINK_SARIF_NOTICE_H

#include "report/json_tree.h"

/* In the order of tool.driver.notifications. */
enum notice {
	NOTICE_TROUBLE,
	NOTICE_CAPPED,
};

/* The array tool.driver.notifications. */
struct json *sarif_notices(void);

/* An entry of toolExecutionNotifications that says text. */
struct json *sarif_notification(enum notice notice, const char *text);

#endif

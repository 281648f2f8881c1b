/*
 * How many findings of each severity there are, and the words for it.
 */
#ifndef REPORT_COUNTS_H
#define REPORT_COUNTS_H

#include "report/report.h"

/* All zero is empty and ready. */
struct counts {
	size_t n[SEVERITY_MAX];	      /* by severity */
	size_t repeats[SEVERITY_MAX]; /* of others that one stands for */
};

/* Counts finding number i of the report, as a repeat when another stands for
 * it. */
void counts_add_one(
    struct counts *counts, const struct report *report, size_t i);

/* All findings of the report. */
struct counts counts_of(const struct report *report);

/* The highest severity that was counted; SEVERITY_OFF: nothing was. */
enum severity counts_worst(const struct counts *counts);

/* Appends "1 error, 2 warnings (9 with repeats)", or nothing's words. */
void counts_add_words(
    struct buf *buf, const struct counts *counts, const char *nothing);

#endif

/*
 * What pages carry beside their text, as files that scripts/embed-text makes C
 * of.
 */
#ifndef REPORT_ASSETS_H
#define REPORT_ASSETS_H

extern const char page_css[];  /* page.css: the style of all pages */
extern const char report_js[]; /* report.js: the filter of findings */

#endif

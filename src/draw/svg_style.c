/*
 * The colours of timelines: of Okabe and Ito's, which people with any kind of
 * colour vision tell apart, on paper that is light or dark as the reader has
 * it.  Shapes say the same: hollow starts, full serves, thin ends.
 */
#include "draw/timeline_svg.h"

/* CLASSES { light } and what of it differs in the dark. */
static const char style[] =
    "<style>\n"
    ".tl-paper{fill:#fff}\n"
    ".tl-word,.tl-title,.tl-small,.tl-mute,.tl-name{font-family:"
    "\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",sans-serif;"
    "fill:#1f2328;font-size:12px}\n"
    ".tl-title{font-size:15px;font-weight:bold}\n"
    ".tl-small,.tl-mute,.tl-name{font-size:11px}\n"
    ".tl-mute{fill:#59636e}\n"
    ".tl-halo{paint-order:stroke;stroke:#fff;stroke-width:3px}\n"
    ".tl-grid{stroke:#e1e6eb;stroke-width:1;fill:none}\n"
    ".tl-zero{stroke:#8c959f;stroke-width:1}\n"
    ".tl-old{fill:#a3acb5}\n"
    ".tl-new{fill:#0072b2}\n"
    ".tl-start{fill:#0072b2;fill-opacity:.08;stroke:#0072b2;"
    "stroke-width:1}\n"
    ".tl-maybe{fill:#0072b2;fill-opacity:.3;stroke:#0072b2;stroke-width:1;"
    "stroke-dasharray:2 2}\n"
    ".tl-back{fill:#a3acb5;fill-opacity:.2;stroke:#8c959f;stroke-width:1}\n"
    ".tl-count{fill:#0072b2;fill-opacity:.6}\n"
    ".tl-bad{fill:#d55e00}\n"
    ".tl-cross{stroke:#d55e00;stroke-width:2;fill:none}\n"
    ".tl-floor{stroke:#1f2328;stroke-width:1.2;stroke-dasharray:5 3;"
    "fill:none}\n"
    ".tl-limit{stroke:#d55e00;stroke-width:1.2;stroke-dasharray:5 3;"
    "fill:none}\n"
    ".tl-step{fill:#009e73;fill-opacity:.16}\n"
    ".tl-step2{fill:#009e73;fill-opacity:.3}\n"
    ".tl-hook{fill:#cc79a7}\n"
    ".tl-error{fill:#b3261e;stroke:#b3261e}\n"
    ".tl-warning{fill:#8a5a00;stroke:#8a5a00}\n"
    ".tl-note{fill:#59636e;stroke:#59636e}\n"
    "path.tl-lead{stroke-width:1;stroke-dasharray:1 3;fill:none}\n"
    ".tl-pin{fill:#fff;stroke:none;font-weight:bold;font-size:10px;"
    "font-family:Arial,\"Liberation Sans\",sans-serif}\n"
    ".tl-stop{fill:#fdeee4;stroke:#d55e00}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".tl-paper{fill:#0d1117}\n"
    ".tl-word,.tl-title,.tl-small,.tl-name{fill:#e6edf3}\n"
    ".tl-mute{fill:#9ba4ae}\n"
    ".tl-halo{stroke:#0d1117}\n"
    ".tl-grid{stroke:#262c35}\n"
    ".tl-zero{stroke:#6e7681}\n"
    ".tl-old{fill:#767f89}\n"
    ".tl-new{fill:#56b4e9}\n"
    ".tl-start,.tl-maybe{fill:#56b4e9;stroke:#56b4e9}\n"
    ".tl-count{fill:#56b4e9}\n"
    ".tl-bad{fill:#ff8b3d}\n"
    ".tl-cross,.tl-limit{stroke:#ff8b3d}\n"
    ".tl-floor{stroke:#e6edf3}\n"
    ".tl-error{fill:#ff7b72;stroke:#ff7b72}\n"
    ".tl-warning{fill:#e3a33b;stroke:#e3a33b}\n"
    ".tl-note{fill:#9ba4ae;stroke:#9ba4ae}\n"
    ".tl-pin{fill:#0d1117}\n"
    ".tl-stop{fill:#2c1a10;stroke:#ff8b3d}\n"
    "}\n"
    "</style>\n";

void timeline_add_svg_style(struct buf *buf)
{
	buf_add(buf, style, sizeof(style) - 1);
}

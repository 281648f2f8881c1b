/*
 * What follows --set and --set-string, read as Helm reads it.
 */
#ifndef HELM_SET_H
#define HELM_SET_H

#include "helm/value.h"

/*
 * Puts what text says, "a.b=c,d[0]={x,y}", into root, a map.  Words become
 * booleans, null and whole numbers where they are written like one, unless
 * option is --set-string.  option is what the user wrote before text.  -1 with
 * a sentence that counts the characters up to where it went wrong.  *nempty
 * counts the items of lists that indexes leave empty, 1,000,000 at most.
 */
MUST_CHECK int set_parse(struct arena *arena, struct value *root,
    const char *option, const char *text, bool strings, size_t *nempty,
    struct fault *fault);

#endif

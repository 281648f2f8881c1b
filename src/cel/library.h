/*
 * The functions of Kubernetes' CEL beyond the language: its extension of
 * strings and its library of lists.  Each takes what its row in the table of
 * function.c says.
 */
#ifndef CEL_LIBRARY_H
#define CEL_LIBRARY_H

#include "cel/function.h"

typedef struct cel_value cel_apply(
    const struct call *call, const struct cel_value *args);

/* Of texts; characters are code points. */
cel_apply text_char_at, text_index_of, text_last_index_of, text_lower,
    text_upper, text_trim, text_replace, text_replace_some, text_split,
    text_split_some, text_substring, text_substring_to, list_join,
    list_join_with;

/* Of lists. */
cel_apply list_is_sorted, list_sum, list_min, list_max, list_index_of,
    list_last_index_of;

/* What is said when the steps do not suffice. */
struct cel_value too_expensive(const struct call *call);

#endif

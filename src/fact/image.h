/*
 * The parts of an image, and images of one name that differ.
 */
#ifndef FACT_IMAGE_H
#define FACT_IMAGE_H

#include "fact/facts.h"

/* The name, tag and digest of a container's image, which is known. */
void collect_image(struct facts *facts, struct container *container);

/* Finds containers that run different images of one name, but for those of
 * warmups that relate_shares() has found. */
void relate_images(struct release *release);

#endif

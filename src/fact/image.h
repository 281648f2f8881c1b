/*
 * The parts of an image, and images of one name that differ.
 */
#ifndef FACT_IMAGE_H
#define FACT_IMAGE_H

#include "fact/facts.h"

/* The name, tag and digest of a container's image, which is known. */
void collect_image(struct facts *facts, struct container *container);

/* What comes behind the registry of an image's name, and behind the "library/"
 * that Docker Hub may have; the name itself when it has neither.  Points into
 * it. */
const char *image_path(const char *name);

/*
 * What two images share when they are versions of one program, as text in
 * key: the repository, spelled out as container runtimes do (nginx is
 * docker.io/library/nginx), and what the tag says besides a version, for one
 * repository may hold several programs (demo:3.0.0-cart, demo:3.0.0-ads).
 */
void image_key(const struct container *container, struct buf *key);

/*
 * Whether two images of one key are different versions for sure: by digests
 * when both have one, else by what their tags say of the version.  No tag and
 * no digest is the tag latest; variants (alpine, arm64) are no versions.
 */
bool image_versions_differ(
    const struct container *a, const struct container *b);

/* Finds containers that run different images of one name, but for those of
 * warmups that relate_shares() has found. */
void relate_images(struct release *release);

#endif

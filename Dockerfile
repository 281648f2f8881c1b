# Images with rolloutlint, built from this checkout:
#
#     docker build -t rolloutlint .                    with a shell, for CI jobs
#     docker build -t rolloutlint --target static .    the program and nothing else
#
#     helm template shop charts/shop | docker run --rm -i rolloutlint rolloutlint
#
# The program is static; it needs nothing of the image that it is in.
FROM debian:13-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends autoconf automake gcc libc6-dev libpcre2-dev libyaml-dev make pkg-config zlib1g-dev
WORKDIR /source
COPY . .
RUN autoreconf -i
WORKDIR /build
RUN /source/configure --prefix=/usr --enable-static-program
RUN make -j"$(nproc)"
RUN make install-strip DESTDIR=/image

FROM scratch AS static
COPY --from=build /image/usr/bin/rolloutlint /usr/bin/rolloutlint
USER 65534:65534
ENTRYPOINT ["/usr/bin/rolloutlint"]

FROM debian:13-slim
COPY --from=build /image/usr /usr
CMD ["rolloutlint", "--help"]

# An image with trove-manage, its manual left out as in every slim image:
#
#     docker build --tag trove-manage .
#     docker run --rm --user "$(id -u trove):$(id -g trove)" --volume /etc/trove:/etc/trove:ro \
#       trove-manage --config-file /etc/trove/trove.conf db_sync
#
# Any user will do who can read the conf file. The package is built on the Debian that it is installed on.
FROM swift:6.3-bookworm AS build
WORKDIR /src
COPY Makefile ./
RUN apt-get update && apt-get install --yes --no-install-recommends make
RUN make build-packages deb-packages
COPY Package.swift CHANGELOG.md ./
COPY Sources Sources
COPY Tests Tests
COPY conf conf
COPY migrate_repos migrate_repos
COPY Packaging Packaging
# The date of the package; without it, that of CHANGELOG.md.
ARG SOURCE_DATE_EPOCH
RUN make deb

FROM debian:bookworm-slim
RUN --mount=type=bind,from=build,source=/src/.build/deb,target=/deb \
  apt-get update \
  && apt-get install --yes --no-install-recommends /deb/*.deb libpq5 \
  && rm -rf /var/lib/apt/lists/*
# nobody, by number: Kubernetes takes no name for proof that it is not root.
USER 65534:65534
ENTRYPOINT ["trove-manage"]
CMD ["--help"]

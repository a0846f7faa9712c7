# An image with trove-manage, its manual left out as in every slim image:
#
#     docker build --tag trove-manage .
#     docker run --rm --volume /etc/trove:/etc/trove:ro trove-manage --config-file /etc/trove/trove.conf db_sync
#
# The package is built on the Debian that it is installed on.
FROM swift:6.2-bookworm AS build
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
USER nobody
ENTRYPOINT ["trove-manage"]
CMD ["--help"]

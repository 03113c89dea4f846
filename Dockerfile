# All images of the lab, one target each: docker compose build, or docker build --target leaky-service .
ARG NODE_IMAGE=node:26.10.0-slim

FROM ${NODE_IMAGE} AS base
WORKDIR /app
# The cache of compiled sources is filled at the end of each build and only read from then on: stripping types
# at each start would cost a service 40 MB of its limit.
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache

# What npm needs to know, and nothing else, so that a change of a source installs nothing again.
FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services services
RUN find packages services -type f ! -name package.json -delete

FROM base AS leaky-service-modules
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --omit=optional --workspace @leak-lab/leaky-service

FROM base AS upstream-modules
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --omit=optional --workspace @leak-lab/upstream

FROM base AS leaky-service
COPY --from=leaky-service-modules /app/node_modules node_modules
COPY package.json ./
COPY packages/cgroup-memory packages/cgroup-memory
COPY packages/http-guard packages/http-guard
COPY services/leaky-service services/leaky-service
COPY docker/fill-compile-cache.ts docker/
RUN install -d -o node .compile-cache
USER node
WORKDIR /app/services/leaky-service
# The exporter's address is loaded and never reached: its modules belong in the cache too.
RUN OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 PORT=8080 \
    node ../../docker/fill-compile-cache.ts 8080 --import ./src/telemetry.ts src/main.ts
EXPOSE 8080
CMD ["node", "--import", "./src/telemetry.ts", "src/main.ts"]

FROM base AS upstream
COPY --from=upstream-modules /app/node_modules node_modules
COPY package.json ./
COPY packages/http-guard packages/http-guard
COPY services/upstream services/upstream
COPY docker/fill-compile-cache.ts docker/
RUN install -d -o node .compile-cache
USER node
WORKDIR /app/services/upstream
RUN PORT=8090 node ../../docker/fill-compile-cache.ts 8090 src/main.ts
EXPOSE 8090
CMD ["node", "src/main.ts"]

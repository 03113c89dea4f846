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

FROM base AS console-modules
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --omit=optional --workspace @leak-lab/console

# The bundler is an optional package of each platform's own, and stays out of the image that runs.
FROM base AS page
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --workspace @leak-lab/console
COPY services/console services/console
RUN node services/console/web/build.ts

FROM base AS leaky-service
COPY --from=leaky-service-modules /app/node_modules node_modules
COPY package.json ./
COPY packages/cgroup-memory packages/cgroup-memory
COPY packages/http-guard packages/http-guard
COPY packages/incident packages/incident
COPY packages/json-service packages/json-service
COPY packages/tracing packages/tracing
COPY packages/workload packages/workload
COPY services/leaky-service services/leaky-service
COPY docker/fill-compile-cache.ts docker/
# A new volume takes its owner from here, whichever of the two services starts first.
RUN install -d -o node .compile-cache /shared /shared/snapshots /shared/reports /shared/endings
USER node
WORKDIR /app/services/leaky-service
# The exporter's address is loaded and never reached: its modules belong in the cache too.
RUN OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 PORT=8080 \
    node ../../docker/fill-compile-cache.ts 8080 --import ./src/telemetry.ts src/main.ts
EXPOSE 8080
ENV SNAPSHOT_DIRECTORY=/shared/snapshots ENDINGS_DIRECTORY=/shared/endings INCIDENT_FILE=/shared/incident/seed \
    WORK_DIRECTORY=/app/.lab/work WORK_NOTE_FILE=/shared/work/ended.json
# When V8 ends the process it leaves a report: no addresses of the machine, nothing of the environment.
CMD ["node", "--report-on-fatalerror", "--report-directory=/shared/reports", "--report-compact", \
     "--report-exclude-network", "--report-exclude-env", "--import", "./src/telemetry.ts", "src/main.ts"]

FROM base AS console
COPY --from=console-modules /app/node_modules node_modules
COPY package.json ./
COPY packages/course packages/course
COPY packages/heap-snapshot packages/heap-snapshot
COPY packages/http-guard packages/http-guard
COPY packages/incident packages/incident
COPY packages/json-service packages/json-service
COPY packages/leak-verdict packages/leak-verdict
COPY packages/workload packages/workload
COPY services/console/package.json services/console/
COPY services/console/src services/console/src
# Shown around a line of a profile.
COPY services/leaky-service/src services/leaky-service/src
COPY labs labs
COPY docker/fill-compile-cache.ts docker/
RUN install -d -o node .compile-cache /data /shared /shared/snapshots /shared/reports /shared/endings
USER node
WORKDIR /app/services/console
RUN DATA_DIRECTORY=/tmp/data SHARED_DIRECTORY=/tmp/shared SERVICE_URL=http://127.0.0.1:9 PORT=8088 MODE=docker \
    node ../../docker/fill-compile-cache.ts 8088 --max-semi-space-size=2 --max-old-space-size=256 src/main.ts
COPY --from=page /app/services/console/web/dist web/dist
ENV DATA_DIRECTORY=/data SHARED_DIRECTORY=/shared SOURCE_DIRECTORY=/app/services/leaky-service/src \
    WORK_DIRECTORY=/app/.lab/work MODE=docker
EXPOSE 8088
CMD ["node", "--max-semi-space-size=2", "--max-old-space-size=256", "src/main.ts"]

FROM base AS upstream
COPY --from=upstream-modules /app/node_modules node_modules
COPY package.json ./
COPY packages/http-guard packages/http-guard
COPY packages/tracing packages/tracing
COPY services/upstream services/upstream
COPY docker/fill-compile-cache.ts docker/
RUN install -d -o node .compile-cache
USER node
WORKDIR /app/services/upstream
RUN OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 PORT=8090 node ../../docker/fill-compile-cache.ts 8090 src/main.ts
EXPOSE 8090
CMD ["node", "src/main.ts"]

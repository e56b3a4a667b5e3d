# Ancrage and its site, for who hosts it: docker compose up. Nothing of the building stays in the image.

# The styles and scripts of the site, and the geographic code, from the pinned npm packages.
FROM node:22.12.0-bookworm-slim AS paquets
WORKDIR /travail
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src/ancrage/web/assets src/ancrage/web/assets
COPY src/ancrage/reports/templates src/ancrage/reports/templates
RUN node src/ancrage/web/assets/build.mjs

# The pinned Python libraries, the embedded edition, the wheel.
FROM python:3.12.8-slim-bookworm AS construction
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /travail
COPY requirements/servers.txt requirements/servers.txt
RUN python -m venv /opt/ancrage \
    && /opt/ancrage/bin/pip install --quiet --require-hashes -r requirements/servers.txt
COPY pyproject.toml README.md LICENSE ./
COPY docs docs
COPY src src
COPY --from=paquets /travail/node_modules node_modules
COPY --from=paquets /travail/src/ancrage/web/assets/built src/ancrage/web/assets/built
RUN PYTHONPATH=src /opt/ancrage/bin/python -c "from ancrage.cli import main; main()" entrepot reference node_modules \
    && PYTHONPATH=src DJANGO_SETTINGS_MODULE=ancrage.config.settings ANCRAGE_DATA=/tmp/statique \
       /opt/ancrage/bin/python -m django collectstatic --noinput --clear --verbosity 0 \
    && /opt/ancrage/bin/pip wheel --quiet --no-deps --wheel-dir /tmp/roue . \
    && /opt/ancrage/bin/pip install --quiet --no-deps /tmp/roue/*.whl

FROM python:3.12.8-slim-bookworm
RUN groupadd --system --gid 10001 ancrage \
    && useradd --system --uid 10001 --gid ancrage --home-dir /donnees --shell /usr/sbin/nologin ancrage \
    && install --directory --owner ancrage --group ancrage /donnees
COPY --from=construction /opt/ancrage /opt/ancrage
ENV PATH=/opt/ancrage/bin:$PATH ANCRAGE_DATA=/donnees PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /donnees
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/sante', timeout=8)"]
ENTRYPOINT ["ancrage"]
CMD ["serve", "--hote", "0.0.0.0", "--port", "8000"]

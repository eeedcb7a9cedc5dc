# The application, built in three steps: Node.js, which fetches the browser files, and the C compiler are left behind.
FROM node:20-bookworm-slim AS browser-files
WORKDIR /isnad
RUN apt-get update && apt-get install --yes --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
COPY bin ./bin
RUN python3 bin/vendor.py

FROM python:3.11-slim-bookworm AS compiled-extraction
WORKDIR /isnad
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
COPY requirements-compile.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-compile.txt
COPY bin ./bin
COPY extraction ./extraction
COPY incidents/samples ./incidents/samples
RUN python bin/compile_extraction.py

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/isnad
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgdal32 libgeos-c1v5 gettext \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /isnad
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=browser-files /isnad/static/vendor ./static/vendor
COPY --from=compiled-extraction /isnad/build ./build
# A key for this one command: nothing is signed with it.
RUN for po in locale/*/LC_MESSAGES/*.po; do msgfmt --check-format --output-file="${po%.po}.mo" "$po"; done \
    && SECRET_KEY=collecting-static-files python manage.py collectstatic --noinput --verbosity 0
RUN useradd --system --create-home --home-dir /var/lib/isnad isnad
USER isnad
VOLUME /var/lib/isnad
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]

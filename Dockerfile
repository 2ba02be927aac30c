# The portal's image: web server and background worker, one user without rights, nothing fetched at run time.
FROM python:3.11-slim AS build

ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1
RUN pip install --no-cache-dir uv
WORKDIR /app

# The packages first: they change more rarely than the code.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev

COPY manage.py LICENSE ./
COPY dortmund_sozial/ dortmund_sozial/
COPY areas/ areas/
COPY indicators/ indicators/
COPY actionplan/ actionplan/
COPY atlas/ atlas/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
COPY fixtures/ fixtures/
# The page of methods renders it.
COPY docs/methods.md docs/methods.md
COPY scripts/ scripts/
COPY deploy/gunicorn.conf.py deploy/gunicorn.conf.py
# The key and the host serve these two steps only; the image holds neither.
RUN .venv/bin/python scripts/compile_translations.py && \
    SECRET_KEY=build-only ALLOWED_HOSTS=build.invalid \
    DJANGO_SETTINGS_MODULE=dortmund_sozial.settings.production \
    .venv/bin/python manage.py prepare_portal --static-only

FROM python:3.11-slim

# Reports are printed to PDF with these libraries.
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && \
    rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin portal && \
    install --directory --owner=portal /srv/static
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=dortmund_sozial.settings.production \
    BIND=0.0.0.0:8000
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "scripts/healthcheck.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "dortmund_sozial.wsgi:application"]

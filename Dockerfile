# The same install step as the Makefile's, in a small image that runs as nobody in particular.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 hiwar && apt-get update && apt-get install -y --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY Makefile pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY locales locales
COPY content content
RUN make install && mkdir var && chown hiwar var
USER hiwar
ENV HIWAR_HTTP_HOST=0.0.0.0
VOLUME /app/var
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/app/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["/app/.venv/bin/hiwar", "run"]

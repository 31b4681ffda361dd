# Two stages: what is needed to install stays in the first; the second holds the environment and the seed index only.
FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/clausula
WORKDIR /src
# Dependencies first: this layer is rebuilt only when the pins change.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requirements.txt \
 && /opt/clausula/bin/pip install --quiet --constraint constraints.txt --requirement requirements.txt
COPY README.md LICENSE ./
COPY indexer indexer
COPY app app
RUN /opt/clausula/bin/pip install --quiet --no-deps .
# What only serves to build or test the libraries, and pip itself, are a quarter of the environment.
RUN /opt/clausula/bin/pip uninstall --quiet --yes pip \
 && find /opt/clausula/lib -type d -name tests -path '*/numpy/*' -prune -exec rm -rf {} + \
 && find /opt/clausula/lib -type f \( -name '*.pyi' -o -name '*.pxd' -o -name '*.pyx' -o -name '*.c' -o -name '*.h' \) -delete \
 && /opt/clausula/bin/python -m compileall -q /opt/clausula/lib
COPY corpus /srv/clausula/corpus
RUN /opt/clausula/bin/clausula build /srv/clausula/corpus --index /srv/clausula/index

FROM python:3.13-slim-trixie
COPY --from=build /opt/clausula /opt/clausula
COPY --from=build --chown=10001:10001 /srv/clausula /srv/clausula
ENV PATH=/opt/clausula/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CLAUSULA_CORPUS=/srv/clausula/corpus \
    CLAUSULA_INDEX=/srv/clausula/index
WORKDIR /srv/clausula
USER 10001
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=5)"]
CMD ["clausula", "serve", "--host", "0.0.0.0", "--port", "8000"]

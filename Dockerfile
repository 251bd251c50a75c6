FROM python:3.13-slim AS build
COPY pyproject.toml README.md LICENSE /source/
COPY docs /source/docs
COPY schema /source/schema
COPY scripts/package_metadata.py /source/scripts/
COPY validator /source/validator
RUN python -m venv /opt/automation-validator \
    && /opt/automation-validator/bin/pip install --no-cache-dir '/source[shell]'

FROM python:3.13-slim
COPY --from=build /opt/automation-validator /opt/automation-validator
ENV PATH=/opt/automation-validator/bin:$PATH
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["automation-validator"]
CMD ["check"]

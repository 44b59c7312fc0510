# The program in a container: made with the commands of docs/server.md. compose.yaml sets it beside its database and its
# proxy. It holds no setting and no secret; they come from /etc/cbi.env.
FROM debian:bookworm-slim

RUN apt-get update && apt-get install --yes python3-venv && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /srv/cbi --shell /usr/sbin/nologin cbi

COPY requirements.txt /srv/cbi/app/
RUN python3 -m venv /srv/cbi/app/.venv && /srv/cbi/app/.venv/bin/python -m pip install --requirement /srv/cbi/app/requirements.txt
COPY . /srv/cbi/app/
RUN chown cbi: /srv/cbi/app/data

USER cbi
WORKDIR /srv/cbi/app
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD [".venv/bin/python", "-m", "cbi", "health", "--address", "http://127.0.0.1:8501"]
ENV CBI_BEHIND_PROXY="a proxy with TLS stands before it"
CMD [".venv/bin/python", "-m", "cbi", "serve", "--address", "0.0.0.0"]

# Flatline in a container:
#   docker build -t flatline .
#   docker run --read-only --tmpfs /tmp -p 8501:8501 flatline
ARG PYTHON_IMAGE=python:3.12-slim
FROM ${PYTHON_IMAGE}

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none

RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin flatline
WORKDIR /srv/flatline

COPY constraints.txt ./
RUN pip install --require-hashes -r constraints.txt

COPY LICENSE app.py serve.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY presets/ presets/
COPY calc/ calc/
COPY ui/ ui/

# The folder belongs to root and the app cannot write to it. So what it would write at its first start is made here:
# compiled modules, and the copy of plotly.js that the picture loads.
RUN python -m compileall -q app.py serve.py calc ui \
    && python -c "from ui.components.live.script import script_address; assert script_address(), 'plotly.js could not be copied'"

USER 10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from os import environ as e; from urllib.request import urlopen; base = e.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); urlopen('http://127.0.0.1:' + e['STREAMLIT_SERVER_PORT'] + '/' + (base + '/' if base else '') + '_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "serve.py"]

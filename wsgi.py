"""The entry for a WSGI server: `gunicorn wsgi:app`, with PORTICO_DIR set."""

from portal.app import create_app
from portal.config import Config

app = create_app(Config.load())

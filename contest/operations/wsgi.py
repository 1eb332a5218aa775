"""The application as a web server loads it."""

from contest import create_app

app = create_app()

"""Between the page and its browsers, where the app is served by `serve.py`."""

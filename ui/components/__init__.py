"""Parts of the page that run in the browser: Python, script and style side by side."""

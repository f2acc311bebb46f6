"""The pages: an archive in the browser, in Arabic and English. `app.make_app(archive, settings)` gives the ASGI app."""

from musnad.web.app import make_app
from musnad.web.settings import Settings

__all__ = ["Settings", "make_app"]

"""WSGI on purpose: GEOS leaks memory under ASGI's threads."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

# With all that the pages need: else whoever comes first waits for it, in every process anew.
import_module(settings.ROOT_URLCONF)

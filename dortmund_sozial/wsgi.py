"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dortmund_sozial.settings.production")
django_application = get_wsgi_application()

from atlas.serving import PublishedFiles  # noqa: E402 - models need Django to be set up first

application = PublishedFiles(django_application)

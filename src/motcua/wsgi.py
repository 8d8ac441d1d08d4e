"""The pages as a WSGI application, for granian or any other server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")

# A page lets go of the interpreter at each question to the database. To get it back from a thread
# that draws a wall takes up to this long each time; with the 5 ms Python starts with that adds up.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()

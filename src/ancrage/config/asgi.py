"""What the server calls: the site, behind its door."""

from ancrage.config.wsgi import application as site

# isort: split
from django.conf import settings

from ancrage.config.bodies import Bodies
from ancrage.config.door import Door
from ancrage.desk.documents import most_for
from ancrage.desk.ready import say_ready

application = Door(site, Bodies(most_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, larger=most_for))
say_ready()

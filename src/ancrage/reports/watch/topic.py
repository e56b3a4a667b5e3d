"""How a watch of terms is told."""

from ancrage.reports.topic import Topic
from ancrage.reports.watch.document import WatchDocument
from ancrage.reports.watch.plain import document, table
from ancrage.reports.watch.sheet import describe

TOPIC = Topic(describe, document, WatchDocument, table=table)

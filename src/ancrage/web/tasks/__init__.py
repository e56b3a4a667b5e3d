"""Background tasks on the site: asking for one, watching it, giving it up, taking its file."""

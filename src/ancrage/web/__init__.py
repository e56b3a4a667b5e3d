"""The site: thin faces over the domain, one folder a screen."""

"""How the site is set up and served: settings, addresses, the entry of the server."""

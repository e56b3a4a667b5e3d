"""What another site may show in a frame: badges, a map, a search. No cookie, nothing that writes."""

"""A need told by a person, the supports she asks, what they answer, and what stays without an answer."""

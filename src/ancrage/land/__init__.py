"""Land and premises: from what one looks for to the tools and texts that give it."""

"""Where to open: points to serve, places to open in, the best choice and its proof."""

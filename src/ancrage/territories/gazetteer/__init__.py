"""Every name and code a territory is known by, of today and of before, and how people write them."""

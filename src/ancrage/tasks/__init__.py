"""What people write and what they asked to be worked out: the only room with a database of its own."""

"""For those who keep the server: whether it is well, what it has done."""

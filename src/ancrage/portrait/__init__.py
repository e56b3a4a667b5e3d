"""The public portrait of a territory: who agreed to be named, what they need, what happens and when."""

"""Whatever can be asked: one frozen model a question, its address, its fingerprint, its answer."""

"""French as it is searched and written: folded, stemmed, forgiven its typing mistakes."""

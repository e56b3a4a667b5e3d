"""French as it is searched: analysed, folded, stemmed, forgiven its typing mistakes."""

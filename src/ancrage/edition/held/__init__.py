"""Facts held in the package: what the build reads of a public list, for who has synchronised nothing."""

"""What other territories do: the list of cases, one of them."""

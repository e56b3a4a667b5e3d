"""The articles that aids, levers and numbers cite, compared day by day with a public copy of the codes."""

"""The search of the site: a page of results, and suggestions as one types."""

"""The desk behind the site and the API: the edition opened once, the question read, the answer kept."""

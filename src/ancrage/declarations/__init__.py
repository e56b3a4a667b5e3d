"""What the project or a person writes (YAML, JSON, CSV, text), read once; refusals give file and line."""

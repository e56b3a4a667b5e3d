"""What public buyers really buy."""

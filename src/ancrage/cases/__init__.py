"""Cases: what territories did and let others read, and those that the report of 2021 tells."""

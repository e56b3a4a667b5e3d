"""What a word-processor document is made of: styles, words and lists, tables, pictures, fields, archive."""

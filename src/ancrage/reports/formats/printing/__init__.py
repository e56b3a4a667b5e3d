"""What paper asks of a sheet: characters its fonts hold, widths of columns, drawings with their colours."""

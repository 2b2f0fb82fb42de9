"""A report as a file: PDF, Word, workbook, CSV, JSON, Markdown, and the processes that make them."""

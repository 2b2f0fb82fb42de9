"""Reports that were issued and never change again, and the links of their readers."""

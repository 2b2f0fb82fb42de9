"""What a board is, what people can do to it, and what each may see of it. Pure: values in, values out."""

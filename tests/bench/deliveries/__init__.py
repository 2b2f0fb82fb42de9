"""What reaches everybody: by the product, by a bare relay, by two processes."""

"""What runs in the browser besides the package itself."""

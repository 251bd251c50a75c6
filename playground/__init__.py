"""The page that runs this package in a browser."""

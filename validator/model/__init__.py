"""The model of a document that rules use: its tasks and services, their graph and their plans."""

"""A first automations file, proposed from what a repository contains."""

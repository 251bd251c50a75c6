"""From a `.gitpod.yml` of the Classic product to an automations file and a `devcontainer.json`."""

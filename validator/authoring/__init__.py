"""What the commands that write new automations files share: names, servers, and text."""

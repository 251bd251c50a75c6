"""Rules of one's own: declared in the configuration, or by installed plug-ins."""

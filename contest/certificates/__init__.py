"""Certificates: what they say, how they are set, drawn, numbered, signed and looked up."""

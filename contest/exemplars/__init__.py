"""The people, units and models that the works are about."""

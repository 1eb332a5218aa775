"""Makers: plain functions that put true rows into the database, one module per room."""

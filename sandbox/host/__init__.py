"""Serve an Azure Functions app folder on this machine by Azure's own rules."""

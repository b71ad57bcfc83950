"""Tells before an import what GPT builders would refuse, drop, miscall or serve badly."""

"""The answers to each path, one module for each subject."""

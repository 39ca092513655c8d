"""The platform: a Django project over the same forms, law and reading as the command line (README.md here)."""

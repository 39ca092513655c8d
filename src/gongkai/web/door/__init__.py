"""The door: what the web server calls first (RSGI). It reads bodies without holding a thread, and hands requests to Django's WSGI application."""

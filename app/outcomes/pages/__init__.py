"""Outcomes over HTTP: pages and forms. A page never imports a page."""

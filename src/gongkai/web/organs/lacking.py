"""Organs whose OGI office lacks what the guide must state (Art. 12)."""

from django.db.models import Q

OFFICE_LACKING = Q(office=None) | Q(office__address="") | Q(office__hours="") | Q(office__phone="")

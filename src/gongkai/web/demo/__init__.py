"""An invented city to try the platform with."""

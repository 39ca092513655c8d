"""What the tests of the platform share."""

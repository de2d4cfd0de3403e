"""From a published page to content."""

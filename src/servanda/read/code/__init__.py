"""Code: from mentions, dates and cues to engagements, acts, contributions and agreements."""

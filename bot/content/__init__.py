"""The words: catalogue, phrases, markup, import."""

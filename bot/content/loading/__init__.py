"""From the files of the data folders to the catalogue, part by part."""

"""The work of somebody who drafts a directive: to read it, to look it over, to compare it, to lay it among others."""

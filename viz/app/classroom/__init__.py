"""A room for a class: phones on the local network guess, the projector shows the guesses and the reveal.

`room` holds the rules of a round without any web, `folder` what lasts over a restart, `answers` what is revealed,
`shown` what the pages are told, `routes` the way there; the pages themselves are plain files in ``pages``.
"""

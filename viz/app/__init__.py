"""The app: a Solara site on top of `model`, `experiments` and the charts. It shows; it computes nothing of its own."""

"""Cases: who comes, what is true of them, and the draws that belong to them."""

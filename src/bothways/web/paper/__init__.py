"""Pages to be printed or kept: PDF in the product's own letters. Knows nothing of what stands on them."""

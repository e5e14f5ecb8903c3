"""Classification of images and sounds by NACA and other credit-assignment rules."""

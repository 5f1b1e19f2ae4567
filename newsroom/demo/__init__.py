"""Demo content of our own writing: the fictional Báo Vân Hà of a fictional province."""

"""What is in a file of evidence: its kind from its content, its pages and pictures, read in a process that can do nothing else."""

"""What `neuromodsim show` prints, one file per kind of page: data for programs, parts for people."""

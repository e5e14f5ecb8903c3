"""Files and folders that outlive a kill, and files of others that are looked at before they are trusted."""

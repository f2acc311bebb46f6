"""The archive: reports kept with their records, searched, joined to incidents and holdings, corrected by analysts."""

"""What every mechanic answers for itself: its terms, its corners, its table."""

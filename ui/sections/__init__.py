"""Parts of the page, from top to bottom: cards, gallery, controls, situation."""

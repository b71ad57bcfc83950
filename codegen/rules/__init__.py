"""What a description must fulfil before anything is made from it; one module for each subject."""

"""Makes the export layouts by which the guess of an import's columns is measured."""

"""Lead to cash: from an inquiry to the reconciled payment."""

"""Money that moves without a receipt or a requisition: interest, charges, the firm's own money, advances."""

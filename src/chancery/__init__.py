"""Client-money book of record for law firms, kept in step with the firm's accounting package."""

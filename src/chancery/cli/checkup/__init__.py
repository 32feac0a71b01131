"""What `chancery doctor` looks at. Every examination looks only, mends nothing, and shows no secret."""

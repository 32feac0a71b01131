"""Settings and addresses: wires everything together, imported by nobody."""

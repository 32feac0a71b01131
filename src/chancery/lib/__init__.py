"""Values and small tools that everything may use: no Django, no imports of ours."""

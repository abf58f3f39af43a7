def staff() -> None:
    """x"""

"""Every write a surface makes: the command line and the dashboard call the same functions."""

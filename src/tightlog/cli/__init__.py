"""The command line: `main` parses and runs, `commands` has one module a command."""

"""The command line: `./bothways <command>`."""

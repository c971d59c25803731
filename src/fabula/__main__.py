"""`python -m fabula`: the command, where its name is not on the path."""

from fabula.cli import main

if __name__ == "__main__":
    main()

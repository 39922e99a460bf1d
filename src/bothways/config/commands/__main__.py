from bothways.config.commands.line import main

if __name__ == "__main__":
    main()

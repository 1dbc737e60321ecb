"""`python -m wenxiao`: the command."""

from wenxiao.cli import main

if __name__ == "__main__":
    main(prog_name="wenxiao")

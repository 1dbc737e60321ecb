"""The explorer: a project's figures, rules and ranks live in a notebook, every state a set of parameters.

from wenxiao.explorer import Explorer
Explorer()          # the project and rules of the first parameter file, or of what is chosen
"""

from wenxiao.explorer.app import Explorer
from wenxiao.explorer.parameter_set import ParameterSet
from wenxiao.explorer.session import Session

__all__ = ["Explorer", "ParameterSet", "Session"]

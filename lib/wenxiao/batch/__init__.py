"""Many runs: planned and checked together, executed each on its own, published whole.

Planning and watching load nothing heavy; papermill, nbconvert and the reports are loaded by the processes that execute.
"""

from wenxiao.batch.kernel_pool import cores
from wenxiao.batch.local_pool import LocalPool
from wenxiao.batch.planning.plan import plan
from wenxiao.batch.planning.resume import Decision, decisions
from wenxiao.batch.run import Executor, Failure, Outcome, Progress, Retrying, Run
from wenxiao.isolation.limits import Limits

__all__ = [
    "Decision",
    "Executor",
    "Failure",
    "Limits",
    "LocalPool",
    "Outcome",
    "Progress",
    "Retrying",
    "Run",
    "cores",
    "decisions",
    "plan",
]

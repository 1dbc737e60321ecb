"""Many runs: planned and checked together, executed each on its own, published whole.

Planning and watching load nothing heavy; papermill, nbconvert and the reports are loaded by the workers.
"""

from wenxiao.batch.executor import Executor
from wenxiao.batch.plan import plan
from wenxiao.batch.pool import LocalPool, cores
from wenxiao.batch.run import Failure, Outcome, Progress, Run

__all__ = ["Executor", "Failure", "LocalPool", "Outcome", "Progress", "Run", "cores", "plan"]

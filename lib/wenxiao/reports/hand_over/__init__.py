"""The hand-over of one edition: what is given to the client and what stays in the files, made from one `Delivery`."""

from wenxiao.reports.hand_over.delivery import EDITIONS, Delivery

__all__ = ["EDITIONS", "Delivery"]

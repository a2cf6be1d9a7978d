"""The border: what became of people, by month and district, and what broke downstream.

>>> from datetime import date
>>> from experiments.border import account, downstream
>>> from experiments.runs import run
>>> one = account(run("el-paso-2017", scale=0.002, until=date(2017, 4, 30)))
>>> table = downstream(one).set_index("measure")["value"]
>>> bool(table["prosecutions"] > table["parents prosecuted"])
True
"""

from experiments.border.account import Account, account, has_border
from experiments.border.downstream import downstream
from experiments.border.months import months
from experiments.border.year import year

__all__ = ["Account", "account", "downstream", "has_border", "months", "year"]

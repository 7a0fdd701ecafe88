"""The roles that a company starts with. One person may hold several; what each may do is in the policies."""

from typing import NamedTuple


class Role(NamedTuple):
    """A role: its id, and its name in English and Chinese."""

    id: str
    en: str
    zh: str


ROLES: tuple[Role, ...] = (
    Role("chief_process_officer", "Chief process officer", "首席流程官"),
    Role("process_owner", "Process owner", "流程负责人"),
    Role("process_analyst", "Process analyst", "流程分析师"),
    Role("ai_product_owner", "AI product owner", "AI 产品负责人"),
    Role("ai_tutor", "AI tutor", "智能体调教师"),
    Role("governance_lead", "Data and AI governance lead", "数据与 AI 治理负责人"),
    Role("approver", "Approver", "审批人"),
    Role("worker", "Worker", "业务人员"),
    Role("auditor", "Auditor", "审计员"),
    Role("customer", "Customer", "客户"),
    Role("administrator", "Administrator", "系统管理员"),
)

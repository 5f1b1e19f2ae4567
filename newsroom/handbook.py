"""The table of rights in the editors' handbook, made from the code so that it cannot drift.

`manage.py handbook` writes it into docs/so-tay.md; a test fails where the page says something else.
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from articles.marks import STAGES
from articles.models import Act
from articles.rights import RULES, Rule

from .groups import GROUPS, codenames

PAGE = Path(settings.BASE_DIR) / "docs" / "so-tay.md"
BEGIN, END = "<!-- bảng quyền: bắt đầu -->", "<!-- bảng quyền: kết thúc -->"

YES, NO, OWN, COLLEAGUE = "được", "–", "bài của mình", "cần đồng nghiệp"


def rights_table() -> str:
    """The acts of the desk as a table in Markdown: in which state, by which group, and to a story of one's own."""
    with override("vi"):
        head = ["Việc", "Khi bài", *GROUPS, "Với bài của chính mình"]
        rows = [head, ["---"] * len(head), *(_row(act, rule) for act, rule in RULES.items())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def written(page: str) -> str:
    """The handbook's page with the table as the code has it now."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{rights_table()}\n{END}{after}"


def _row(act: Act, rule: Rule) -> list[str]:
    stages = ", ".join(str(STAGES[stage]).lower() for stage in rule.stages)
    groups = [_may(act, rule, group) for group in GROUPS]
    return [str(rule.label), stages, *groups, COLLEAGUE if rule.needs_other else YES]


def _may(act: Act, rule: Rule, group: str) -> str:
    held = codenames(GROUPS[group])
    if ("articles", rule.right) not in held:
        return NO
    # Handing in asks the right to edit the story: a reporter has it for their own.
    return OWN if act == Act.SUBMIT and ("articles", "edit_others_article") not in held else YES

"""Who may do what: the groups of the house and their rights, kept in step after every migrate."""

from django.apps import apps
from django.contrib.auth.management import create_permissions

# app -> model -> rights. "add", "change", "delete", "view" are Django's; the others are named on the models.
_LOOK = {
    "articles": {
        "article": ["view"],
        "articleevent": ["view"],
        "author": ["view"],
        "credit": ["view"],
        "picture": ["view"],
        "plan": ["view"],
        "section": ["view"],
        "series": ["view"],
        "tag": ["view"],
    }
}
_WRITE = {
    "articles": {
        "article": ["add", "change", "delete"],
        "credit": ["add", "change", "delete"],
        "picture": ["add", "change"],
        "tag": ["add"],
    }
}
_EDIT = {
    "articles": {
        "article": ["edit_others", "edit_published"],
        "correction": ["add", "change", "delete", "view"],
        "plan": ["add", "change", "delete"],
        "author": ["add", "change"],
        "picture": ["delete"],
        "series": ["add", "change"],
        "tag": ["change"],
    },
    "comments": {"comment": ["view"]},
}
_RELEASE = {
    "articles": {"article": ["publish", "withdraw"], "author": ["delete"], "tag": ["delete"]},
    "blocks": {"block": ["add", "change", "delete", "view"], "blockitem": ["add", "change", "delete", "view"]},
    "flatpages": {"flatpage": ["view", "change"]},
}
_MODERATE = {
    "comments": {"comment": ["view", "moderate"], "moderationaction": ["view"]},
}
_EVERYTHING = ["add", "change", "delete", "view"]
_ADMINISTER = {
    "accounts": {"user": _EVERYTHING, "failedsignin": ["view", "delete"], "signin": ["view"]},
    "auth": {"group": _EVERYTHING},
    "articles": {
        "author": _EVERYTHING,
        "housestyle": _EVERYTHING,
        "publication": _EVERYTHING,
        "section": _EVERYTHING,
        "sectioneditor": _EVERYTHING,
        "series": _EVERYTHING,
        "tag": _EVERYTHING,
    },
    "comments": {"comment": ["view", "erase"], "moderationaction": ["view"]},
    "flatpages": {"flatpage": _EVERYTHING},
    "sites": {"site": ["view", "change"]},
}

# The names are the newsroom's own, and data: an administrator meets them in the desk as they stand here.
GROUPS = {
    "Phóng viên": [_LOOK, _WRITE],
    "Biên tập viên": [_LOOK, _WRITE, _EDIT],
    "Thư ký tòa soạn": [_LOOK, _WRITE, _EDIT, _RELEASE],
    "Kiểm duyệt bình luận": [_MODERATE],
    "Quản trị": [_LOOK, _ADMINISTER],
}


def codenames(tables) -> set[tuple[str, str]]:
    """(app, codename) of every right in some of the tables above."""
    return {
        (app, f"{right}_{model}")
        for table in tables
        for app, models in table.items()
        for model, rights in models.items()
        for right in rights
    }


def ensure_groups(sender=None, using="default", **kwargs) -> None:
    """Creates the groups and gives each exactly its rights; safe to run again. A right unknown to Django is a bug here.

    Runs after migrate, since permissions are made there and a data migration sees none on a fresh database.
    """
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    wanted = {name: codenames(tables) for name, tables in GROUPS.items()}
    for app in sorted({app for pairs in wanted.values() for app, _ in pairs}):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, pairs in wanted.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set([known[pair] for pair in pairs])

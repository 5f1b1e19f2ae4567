"""A paper on servers: nginx before two web machines, PostgreSQL and Redis."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import nginx
from tests.deployment import House, ask, database
from tests.servers import redis_server, running

PASSWORD = "mot-hai-ba-bon"

PAPER = f"""
from django.core.management import call_command
from articles.error_pages import write_error_pages
from tests import build
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ckeditor", "admin"])
build.publication(name="Báo Bình Nguyên")
build.block()
write_error_pages()
reporter, secretary = build.member("Phóng viên"), build.member("Thư ký tòa soạn", username="linh")
secretary.set_password("{PASSWORD}")
secretary.save()
picture = build.picture()
out = build.article(title="Bến đò sớm")
for number in range(3):
    made = build.article(title=f"Chuyến thứ {{number}}", status="edited", published_at=None)
    made.typed_byline = "Hoàng Mai"
    made.save()
    print(made.pk)
print(out.get_absolute_url())
print(picture.renditions["base"])
print(picture.original.name)
"""


@contextmanager
def town_in(folder: Path, front_folder: Path) -> Iterator[House]:
    """The paper behind nginx (`front`), on two web machines (`webs`), with `redis`; `waiting` are not out."""
    with ExitStack() as stack:
        made = House(
            folder,
            DATABASE_URL=stack.enter_context(database()),
            ALLOWED_HOSTS=f"{nginx.HOST},127.0.0.1",
            CSRF_TRUSTED_ORIGINS=f"https://{nginx.HOST}",
            BEHIND_PROXY="1",
        )
        *waiting, made.story, made.picture, made.original = made.run(PAPER).split()
        made.waiting = iter(waiting)
        made.redis = stack.enter_context(redis_server())
        made.env["CACHE_URL"] = made.redis.url
        made.webs = [stack.enter_context(running(made.web())) for _machine in range(2)]
        made.front = nginx.written(front_folder, made, made.webs)
        stack.enter_context(running(made.front))
        yield made


def read(town, path: str, method: str = "GET", body: bytes | None = None, **headers):
    """What a reader gets through nginx."""
    return ask(town.front.port, path, method, body, tls=True, Host=nginx.HOST, **headers)

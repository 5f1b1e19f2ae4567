"""Pictures of the demo for README and handbook: `make screenshots` writes docs/img/*.png.

Sets up a paper of its own in a temporary folder, serves it with gunicorn on a free port, and looks at it in Chromium.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .chromium import CHROMIUM, CHROMIUM_FLAGS

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "img"
PASSWORD = secrets.token_urlsafe(12)
STARTING_SECONDS = 20
# Until the editor stands; the desk's pages go on reporting, so that the network is never idle.
SETTLING_MS = 1500

# name -> (address, width, height, colour scheme); addresses under /admin/ are seen by an administrator, those of the
# handbook by whose work they show (PEOPLE).
SHOTS = {
    "front": ("/", 1280, 1480, "light"),
    "article": ("{story}", 1280, 1500, "light"),
    "article-phone": ("{story}", 360, 760, "light"),
    "desk": ("/admin/", 1280, 1000, "light"),
    "desk-article": ("/admin/articles/article/{pk}/change/", 1280, 1500, "light"),
    "desk-comments": ("/admin/comments/comment/", 1280, 1000, "light"),
    "so-tay/ban-viec": ("/admin/", 1280, 1150, "light"),
    "so-tay/viet-bai": ("/admin/articles/article/{own}/change/", 1280, 1000, "light"),
    "so-tay/bi-tra-lai": ("/admin/articles/article/{returned}/change/", 1280, 700, "light"),
    "so-tay/bien-tap": ("/admin/articles/article/{waiting}/change/", 1280, 440, "light"),
    "so-tay/duyet": ("/admin/articles/article/{edited}/change/", 1280, 440, "light"),
    "so-tay/hen-gio": ("/admin/articles/article/{scheduled}/change/", 1280, 440, "light"),
    "so-tay/ban-sua": ("/admin/articles/article/{changed}/change/", 1280, 440, "light"),
    "so-tay/phien-ban": ("/admin/articles/article/{changed}/versions/", 1280, 760, "light"),
    "so-tay/lien-ket": ("/admin/articles/article/{edited}/preview-links/", 1280, 760, "light"),
    "so-tay/danh-sach": ("/admin/articles/article/", 1280, 800, "light"),
    "so-tay/cai-chinh": ("/admin/articles/correction/add/?article={changed}", 1280, 1000, "light"),
    "so-tay/go-bai": ("/admin/articles/article/{changed}/withdraw/", 1280, 760, "light"),
    "so-tay/dang-lai": ("/admin/articles/article/{withdrawn}/put-back/", 1280, 600, "light"),
}
PEOPLE = {"so-tay/viet-bai": "phongvien", "so-tay/bi-tra-lai": "phongvien", "so-tay/bien-tap": "bientap"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        address = f"127.0.0.1:{free_port()}"
        manage("migrate", "-v0")
        manage("demo")
        manage("collectstatic", "--noinput", "-v0")
        told = manage("shell", "-v0", "-c", SET_UP).split()
        server = subprocess.Popen([sys.executable, "-m", "gunicorn", "--bind", address, "newsroom.wsgi"], cwd=ROOT)
        try:
            wait_for(f"http://{address}/healthz")
            photograph(f"http://{address}", dict(zip(NAMES, told[-len(NAMES) :], strict=True)))
        finally:
            server.terminate()
            server.wait()


# The handbook's stories, on their way through the desk: where each stands -> title, lead, paragraphs.
STORIES = {
    "own": (
        "Đường vào bản Khe Lạnh mở lại sau ba tuần sạt lở",
        "Sáng 27/11, chiếc xe tải đầu tiên qua được km 14. Bà con trong bản không còn phải gùi hàng qua dốc.",
        "Đoạn đường bị vùi hôm 5/11 dài gần trăm mét. Đội duy tu bạt mái đất, xếp rọ đá và rải cấp phối trong hai mươi "
        "ngày, phần lớn làm lúc trời tạnh buổi trưa.",
        "Cô giáo Lò Thị Hoan kể, ba tuần qua gạo của điểm trường đều do phụ huynh thay nhau gùi vào.",
    ),
    "returned": (
        "Chợ phiên cuối năm thêm sáu gian hàng của hợp tác xã",
        "Từ phiên tới, hợp tác xã trong vùng có chỗ bán cố định ngay cổng chợ.",
        "Ban quản lý chợ dành dãy nhà phía đông cho sáu hợp tác xã chè, mật ong và miến dong, miễn tiền chỗ ba tháng.",
        "Bà Vàng Thị Mỷ nói, trước đây mật của tổ phải gửi nhờ quán tạp hóa.",
    ),
    "edited": (
        "Nông dân Na Pheo thu hoạch sớm vụ lúa mùa",
        "Tránh đợt mưa cuối tháng, cả cánh đồng gặt xong trước lịch mười ngày.",
        "Xã huy động bốn máy gặt của ba thôn, chạy từ tờ mờ sáng. Ruộng bậc thang máy không lên được thì đổi công.",
        "Trưởng thôn Hoàng Văn Páo ước năng suất chừng hai tạ mỗi sào, hơn năm ngoái một chút.",
    ),
    "waiting": (
        "Trạm y tế xã Phú Hạ có bác sĩ trực đêm",
        "Người dân không còn phải vượt mười tám cây số trong đêm khi trẻ sốt cao.",
        "Hai bác sĩ trẻ tình nguyện về trạm chia nhau sáu đêm trong tuần, đêm còn lại do bệnh viện khu vực cử người.",
        "Đêm đầu tiên trạm tiếp bốn ca, nặng nhất là một cụ già khó thở.",
    ),
    "scheduled": (
        "Lớp xóa mù chữ buổi tối ở bản Sói khai giảng",
        "Hai mươi mốt học viên, người lớn tuổi nhất năm mươi tám, bắt đầu bài học đầu tiên.",
        "Lớp học từ bảy giờ tối, sau khi việc nương đã xong. Đèn do đồn biên phòng lắp, sách do thư viện tỉnh tặng.",
        "Chị Giàng Thị Dở mong viết được tên mình trên sổ khám bệnh của con.",
    ),
    "withdrawn": (
        "Phà Bến Vân nghỉ ba ngày để sửa máy",
        "Khách qua sông đi tạm cầu treo phía thượng nguồn.",
        "Máy chính của phà số một báo nóng từ tuần trước. Xưởng cho biết cần thay bộ làm mát và chạy thử một ngày.",
        "Xe máy vẫn qua được bằng cầu treo, ô tô phải vòng thêm mười hai cây số.",
    ),
}
# What SET_UP prints last, in this order.
NAMES = ("story", "pk", "changed", *STORIES)
SET_UP = f"""
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from articles import previewing, publishing, revising
from articles.contents import content_of
from articles.models import Article, Plan
User.objects.create_superuser("anh", full_name="Trần Mai Lĩnh", password="{PASSWORD}")
people = {{user.username: user for user in User.objects.all()}}
for name in ("phongvien", "bientap"):
    people[name].set_password("{PASSWORD}")
    people[name].save()
writer, editor, secretary = people["phongvien"], people["bientap"], people["anh"]
story = Article.objects.published().get(source_id__startswith="01-")
model = Article.objects.published().newest_first()[5]
draft = Article.objects.filter(status="draft").exclude(created_by=None).first()
def written(title, lead, *paragraphs):
    made = Article.objects.create(
        title=title, lead=lead, body="".join(f"<p>{{one}}</p>" for one in paragraphs), section=model.section,
        created_by=writer, publication=model.publication, house_style=model.house_style,
        typed_byline="Nông Thu Hường",
    )
    return publishing.derive(article=made)
made = {{name: written(*words) for name, words in {STORIES!r}.items()}}
for name in made.keys() - {{"own"}}:
    publishing.submit(article=made[name], by=writer)
reason = "Thiếu số hộ được thuê chỗ, chưa có ý kiến của xã."
publishing.send_back(article=made["returned"], by=editor, reason=reason)
for name in ("edited", "scheduled", "withdrawn"):
    publishing.pass_on(article=made[name], by=editor)
evening = timezone.localtime().replace(hour=18, minute=0, second=0) + timedelta(days=1)
publishing.publish(article=made["scheduled"], by=secretary, at=evening)
publishing.publish(article=made["withdrawn"], by=secretary)
publishing.withdraw(article=made["withdrawn"], by=secretary, reason="Đăng nhầm bản chưa sửa.")
previewing.make_link(article=made["edited"], by=editor, for_whom="ông Hoàng Văn Páo, trưởng thôn", days=3)
text = content_of(model)
changed = text | {{"lead": text["lead"] + " Xã sẽ công bố kết quả trong tuần tới."}}
revising.save(article=model, content=changed, by=editor, based_on=model.latest_revision)
Plan.objects.create(idea="Học sinh nội trú về quê ăn Tết thế nào", section=model.section, assigned_to=writer)
print(story.get_absolute_url(), draft.pk, model.pk, *(one.pk for one in made.values()))
"""


def manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str) -> None:
    for _ in range(STARTING_SECONDS * 10):
        try:
            urllib.request.urlopen(url)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def photograph(base: str, names: dict) -> None:
    (TARGET / "so-tay").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for name, (path, width, height, scheme) in SHOTS.items():
            context = browser.new_context(
                base_url=base, viewport={"width": width, "height": height}, color_scheme=scheme, locale="vi-VN"
            )
            page = context.new_page()
            if path.startswith("/admin/"):
                sign_in(page, PEOPLE.get(name, "anh"))
            page.goto(path.format(**names))
            page.wait_for_load_state("load")
            page.wait_for_timeout(SETTLING_MS)
            page.screenshot(path=TARGET / f"{name}.png")
            context.close()
            print(TARGET / f"{name}.png")
        browser.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


if __name__ == "__main__":
    main()

"""Invented stories over several pages, read and kept: what two papers tell otherwise, and what became of a promise."""

from __future__ import annotations

from functools import cache

from servanda import read
from servanda.answers.rows import ranks
from servanda.keep.conflicts import conflicts
from servanda.keep.facts import facts
from servanda.keep.follow import ledger
from servanda.keep.resolve import resolve
from servanda.keep.statements import records
from servanda.keep.telling import tellings
from servanda.records import Filed
from servanda.types import Document

Told = dict[str, tuple[str | None, str]]  # by page: when it was published, and its text

ENGINEERS: Told = {
    "a1": (
        None,
        """\
Kiểm tra công tác chuẩn bị của Đội Công binh số 3
Sáng 14/5, tại Hà Nội, Thượng tướng Hoàng Xuân Chiến, Thứ trưởng Bộ Quốc phòng, kiểm tra công tác chuẩn bị triển \
khai Đội Công binh số 3 tới Phái bộ UNISFA ở khu vực Abyei.
Báo cáo với đoàn kiểm tra, Đại tá Mạc Đức Trọng, Phó cục trưởng Cục Gìn giữ hòa bình Việt Nam, cho biết Đội Công \
binh số 3 có gần 200 cán bộ, nhân viên, trong đó có 21 nữ quân nhân, và đã hoàn thành 90% chương trình huấn \
luyện.
Theo kế hoạch, Đội Công binh số 3 sẽ lên đường làm nhiệm vụ vào tháng 8 tới, thay thế Đội Công binh số 2.
Thứ trưởng Hoàng Xuân Chiến đề nghị Binh chủng Công binh sớm hoàn thành việc vận chuyển hơn 140 xe máy, trang bị \
tới cảng Hải Phòng trước ngày 30/6.""",
    ),
    "a3": (
        None,
        """\
Tiễn Đội Công binh số 3 lên đường
Sáng 24/9, tại sân bay Nội Bài, Bộ Quốc phòng tổ chức lễ tiễn Đội Công binh số 3 lên đường làm nhiệm vụ tại Phái \
bộ UNISFA.
Đội Công binh số 3 gồm 184 cán bộ, nhân viên, trong đó có 23 nữ quân nhân, do Trung tá Trịnh Văn Cường làm đội \
trưởng.
Phát biểu tại buổi lễ, Thượng tướng Hoàng Xuân Chiến, Thứ trưởng Bộ Quốc phòng, yêu cầu đơn vị tuyệt đối tuân \
thủ quy định của Liên Hợp Quốc.
Trước đó, trong tháng 8, Cục Gìn giữ hòa bình Việt Nam đã tổ chức khóa tập huấn về bảo vệ dân thường cho toàn bộ \
quân nhân của đội.""",
    ),
    "a4": (
        None,
        """\
Những chiến sĩ mũ nồi xanh lên đường tới Abiei
Ngày 23/9, lễ tiễn Đội Công binh số 3 lên đường làm nhiệm vụ gìn giữ hòa bình tại Phái bộ UNISFA diễn ra ở sân \
bay Nội Bài dưới sự chủ trì của Thượng tướng Hoàng Xuân Chiến.
Đội Công binh số 3 có hơn 200 quân nhân, trong đó có 25 nữ quân nhân. Thượng tá Trịnh Văn Cường, Đội trưởng Đội \
Công binh số 3, hứa sẽ xây dựng đơn vị thành tập thể đoàn kết.
Đơn vị sẽ làm đường và khoan giếng cho người dân Abyei trong nhiệm kỳ 12 tháng.""",
    ),
    "a6": (
        None,
        """\
Bệnh viện dã chiến cấp 2 số 6 lên đường sang Nam Sudan
Ngày 30/9, Bệnh viện dã chiến cấp 2 số 6 với 63 thành viên, trong đó có 14 nữ quân nhân, lên đường sang Bentiu, \
Nam Sudan.
Bệnh viện sẽ thay thế Bệnh viện dã chiến cấp 2 số 5 đã hoàn thành nhiệm kỳ 12 tháng.""",
    ),
}

VISIT: Told = {
    "b2": (
        "2024-03-13",
        """\
Việt Nam và Hà Lan thúc đẩy hợp tác thích ứng biến đổi khí hậu
Sáng 13/3, tại Hà Nội, Bộ trưởng Ngoại giao Bùi Thanh Sơn hội đàm với Bộ trưởng Ngoại giao Hà Lan Hanke Bruins \
Slot.
Bộ trưởng Bùi Thanh Sơn đánh giá cao Hà Lan hỗ trợ đồng bằng sông Cửu Long và đề nghị Hà Lan sớm phê chuẩn Hiệp \
định Bảo hộ đầu tư Việt Nam - EU.
Bà Hanke Bruins Slot khẳng định Hà Lan sẽ tài trợ 5 triệu Euro cho dự án chống xói lở bờ biển. Bà mời Bộ trưởng \
Bùi Thanh Sơn thăm Hà Lan trong năm nay; Bộ trưởng Bùi Thanh Sơn vui vẻ nhận lời.
Kết thúc hội đàm, hai Bộ trưởng chứng kiến lễ ký 3 văn kiện hợp tác. Kim ngạch thương mại hai nước năm 2023 đạt \
10,8 tỷ USD.""",
    ),
    "b3": (
        "2024-03-13",
        """\
Thủ tướng tiếp Bộ trưởng Ngoại giao Hà Lan
Chiều 13/3, tại Trụ sở Chính phủ, Thủ tướng Phạm Minh Chính tiếp Bộ trưởng Ngoại giao Hà Lan Hanke Bruin Slot \
đang thăm chính thức Việt Nam.
Thủ tướng hoan nghênh kết quả cuộc hội đàm giữa bà Hanke Bruin Slot và Bộ trưởng Ngoại giao Bùi Thanh Sơn sáng \
cùng ngày, đề nghị hai nước phấn đấu đưa kim ngạch thương mại từ 11,2 tỷ USD năm 2023 lên 15 tỷ USD.
Bộ trưởng Hanke Bruin Slot cho biết Hà Lan sẽ tài trợ 7 triệu Euro cho dự án chống xói lở bờ biển và sẽ cử đoàn \
chuyên gia sang Cần Thơ vào tháng 5.""",
    ),
    "b4": (
        "2024-03-14",
        """\
Hai Bộ trưởng Ngoại giao Việt Nam, Hà Lan hội đàm
Hôm 13/3, Bộ trưởng Ngoại giao Việt Nam Bùi Thanh Sơn và người đồng cấp Hà Lan Hanke Bruins Slot đã hội đàm tại \
thủ đô Hà Nội.
Hai bên đã ký 4 văn kiện hợp tác, trong đó có bản ghi nhớ về nông nghiệp thông minh. Đây là chuyến thăm Việt Nam \
đầu tiên của bà Slot trên cương vị Bộ trưởng.
Chuyến thăm diễn ra từ ngày 12 đến 15/3.""",
    ),
    "b6": (
        "2024-10-10",
        """\
Hoãn chuyến thăm Hà Lan của Bộ trưởng Bùi Thanh Sơn
Người phát ngôn Phạm Thu Hằng ngày 10/10 cho biết chuyến thăm Hà Lan của Bộ trưởng Ngoại giao Bùi Thanh Sơn dự \
kiến diễn ra cuối tháng 10 được hoãn lại vì lý do lịch trình. Hai bên đang trao đổi để ấn định thời gian phù \
hợp.
Cùng ngày, Quốc hội Hà Lan bác bỏ đề nghị phê chuẩn Hiệp định Bảo hộ đầu tư Việt Nam - EU trong năm nay.""",
    ),
    "b7": (
        "2024-03-15",
        """\
Bộ trưởng Bùi Thanh Sơn tiếp Đại sứ Bỉ
Sáng 15/3, tại Hà Nội, Bộ trưởng Ngoại giao Bùi Thanh Sơn tiếp Đại sứ Bỉ tại Việt Nam Karl Van Den Bossche đến \
chào xã giao.
Bộ trưởng đề nghị Bỉ sớm phê chuẩn Hiệp định Bảo hộ đầu tư Việt Nam - EU. Đại sứ Karl Van Den Bossche cam kết nỗ \
lực thúc đẩy quá trình này.""",
    ),
}

COURSE: Told = {
    "c1": (
        None,
        """\
Khai mạc khóa huấn luyện sĩ quan tham mưu Liên Hợp Quốc
Sáng 6/11, tại Hà Nội, Cục Gìn giữ hòa bình Việt Nam phối hợp với Đại sứ quán Australia khai mạc khóa huấn luyện \
sĩ quan tham mưu Liên Hợp Quốc cho 32 học viên đến từ 9 nước.
Đây là khóa huấn luyện quốc tế thứ năm được tổ chức tại Việt Nam. Khóa học kéo dài ba tuần, kết thúc vào ngày \
24/11.
Thiếu tướng Phạm Mạnh Thắng, Cục trưởng Cục Gìn giữ hòa bình Việt Nam, cảm ơn Australia đã hỗ trợ 250.000 USD \
cho khóa học.
Đại sứ Australia Andrew Goledzinowski cam kết tiếp tục cử giảng viên giúp Việt Nam.""",
    ),
    "c2": (
        None,
        """\
32 sĩ quan các nước học làm tham mưu gìn giữ hòa bình
Khóa huấn luyện sĩ quan tham mưu Liên Hợp Quốc do Cục Gìn giữ hòa bình Việt Nam và Đại sứ quán Australia tổ chức \
khai mạc ngày 6/11 tại Hà Nội với sự tham gia của 35 học viên đến từ 10 nước.
Theo Đại tá Phạm Mạnh Thắng, Cục trưởng Cục Gìn giữ hòa bình Việt Nam, đây là khóa huấn luyện quốc tế thứ sáu \
được tổ chức tại Việt Nam. Chương trình kéo dài hai tuần.
Đại sứ Australia Andrew Goledzinowsky nói khóa học trị giá gần 300.000 USD.""",
    ),
    "c4": (
        None,
        """\
Khai mạc diễn tập thực địa về gìn giữ hòa bình
Ngày 2/12, tại Thái Nguyên, diễn tập thực địa CPX về gìn giữ hòa bình khai mạc với sự tham gia của hơn 300 quân \
nhân đến từ 17 nước.
Trung tướng Nguyễn Trọng Bình, Phó Tổng Tham mưu trưởng, dự và chủ trì lễ khai mạc. Diễn tập sẽ kết thúc vào \
ngày 9/12.""",
    ),
    "c5": (
        None,
        """\
Gần 300 quân nhân tham gia diễn tập gìn giữ hòa bình
Ngày 2/12, tại Thái Bình, khai mạc diễn tập thực địa CPX về gìn giữ hòa bình với gần 300 quân nhân đến từ 18 \
nước. Thượng tướng Nguyễn Trọng Bình, Phó Tổng Tham mưu trưởng Quân đội nhân dân Việt Nam, chủ trì lễ khai mạc.""",
    ),
}


def filed(told: Told) -> tuple[list[Filed], dict[int, str]]:
    documents = []
    for number, (source, (published, text)) in enumerate(told.items(), 1):
        document = Document(text, source, published=published)
        held = Filed(source, document.id, None, None, None, published, "vi", False, "current", None, None, "", "", "")
        held.number, held.records = number, dict(enumerate(records(read(document), text)))
        documents.append(held)
    return documents, {document.number: told[document.source][1] for document in documents}


@cache
def shown(name: str) -> list[set[str]]:
    documents, texts = filed(globals()[name])
    engagements = resolve(tellings(documents)).engagements
    found = conflicts(documents, engagements, facts(documents), texts=texts, ranks=ranks())
    return [{f"{v.passage.source} {v.passage.quote}" for v in conflict.values} for conflict in found]


def tells(name: str, *words: str) -> bool:
    """One conflict shows all of these words, each after its page."""
    return any(
        all(any(w.startswith(f"{it[:2]} ") and it[3:] in w for w in told) for it in words) for told in shown(name)
    )


def test_two_papers_of_one_unit_s_farewell() -> None:
    assert tells("ENGINEERS", "a3 lễ tiễn Đội Công binh", "a4 lễ tiễn Đội Công binh"), "day"
    assert tells("ENGINEERS", "a3 184 cán bộ", "a4 hơn 200 quân nhân"), "strength"
    assert tells("ENGINEERS", "a1 21 nữ quân nhân", "a3 23 nữ quân nhân", "a4 25 nữ quân nhân"), "women"
    assert tells("ENGINEERS", "a3 Trung tá", "a4 Thượng tá"), "rank"
    assert not any(told for told in shown("ENGINEERS") if any(w.startswith("a6") for w in told)), "another unit"


def test_two_papers_of_one_visit() -> None:
    assert tells("VISIT", "b2 3 văn kiện", "b4 4 văn kiện"), "what was signed"
    assert tells("VISIT", "b2 5 triệu Euro", "b3 7 triệu Euro"), "what is given"
    assert tells("VISIT", "b2 Hanke Bruins Slot", "b3 Hanke Bruin Slot"), "name"


def test_two_papers_of_one_course_and_one_exercise() -> None:
    assert tells("COURSE", "c1 32 học viên", "c2 35 học viên")
    assert tells("COURSE", "c1 9 nước", "c2 10 nước")
    assert tells("COURSE", "c1 khóa huấn luyện quốc tế thứ năm", "c2 khóa huấn luyện quốc tế thứ sáu")
    assert tells("COURSE", "c1 Thiếu tướng", "c2 Đại tá")
    assert tells("COURSE", "c1 Goledzinowski", "c2 Goledzinowsky")
    assert tells("COURSE", "c4 hơn 300 quân nhân", "c5 gần 300 quân nhân")
    assert tells("COURSE", "c4 17 nước", "c5 18 nước")


def test_what_became_of_what_was_planned_asked_and_offered() -> None:
    def status(told: Told, words: str, source: str) -> set[str]:
        documents, _ = filed(told)
        entries = ledger(documents, resolve(tellings(documents)).engagements)
        made = ((e, p) for e in entries for p in (e.made, *e.told_again))
        return {e.status for e, p in made if words in p.quote and p.source == source}

    assert status(ENGINEERS, "sẽ lên đường làm nhiệm vụ vào tháng 8", "a1") == {"changed"}
    assert status(VISIT, "thăm Hà Lan trong năm nay", "b2") == {"postponed"}
    assert status(VISIT, "đề nghị Hà Lan sớm phê chuẩn", "b2") == {"refused"}
    assert status(VISIT, "đề nghị Bỉ sớm phê chuẩn", "b7") == {"open"}

"""Writing: a primer in 24 pages, imperial edicts with dragons, parallel sentences, a page of a land register."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, han, sign
from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, frame, lotus, pearl, phoenix
from museum.demo.drawing.paper import seal, sheet, softened
from museum.demo.drawing.texture import clouds
from museum.demo.drawing.vector import Drawing, seeded

# The Thousand Character Classic (6th century), the school book of the whole region.
THOUSAND = (
    "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結為霜金生麗水玉出崑岡劍號巨闕珠稱夜光果珍李柰菜重芥薑海鹹河淡鱗潛羽翔龍師火帝鳥官人皇始制文字乃服衣裳"
    "推位讓國有虞陶唐弔民伐罪周發殷湯坐朝問道垂拱平章愛育黎首臣伏戎羌遐邇壹體率賓歸王鳴鳳在樹白駒食場化被草木賴及萬方蓋此身髮四大五常恭惟鞠養豈敢毀傷女慕貞絜男效才良知過必改得能莫忘"
    "罔談彼短靡恃己長信使可覆器欲難量墨悲絲染詩讚羔羊景行維賢克念作聖德建名立形端表正空谷傳聲虛堂習聽禍因惡積福緣善慶尺璧非寶寸陰是競資父事君曰嚴與敬孝當竭力忠則盡命臨深履薄夙興溫凊"
    "似蘭斯馨如松之盛川流不息淵澄取映容止若思言辭安定篤初誠美慎終宜令榮業所基籍甚無竟學優登仕攝職從政存以甘棠去而益詠樂殊貴賤禮別尊卑上和下睦夫唱婦隨外受傅訓入奉母儀諸姑伯叔猶子比兒"
    "孔懷兄弟同氣連枝交友投分切磨箴規仁慈隱惻造次弗離節義廉退顛沛匪虧性靜情逸心動神疲守真志滿逐物意移堅持雅操好爵自縻都邑華夏東西二京背邙面洛浮渭據涇宮殿盤鬱樓觀飛驚圖寫禽獸畫綵仙靈"
    "丙舍傍啟甲帳對楹肆筵設席鼓瑟吹笙升階納陛弁轉疑星右通廣內左達承明既集墳典亦聚群英杜稿鍾隸漆書壁經府羅將相路俠槐卿戶封八縣家給千兵高冠陪輦驅轂振纓世祿侈富車駕肥輕策功茂實勒碑刻銘"
    "磻溪伊尹佐時阿衡奄宅曲阜微旦孰營桓公匡合濟弱扶傾綺迴漢惠說感武丁俊乂密勿多士寔寧晉楚更霸趙魏困橫假途滅虢踐土會盟何遵約法韓弊煩刑起翦頗牧用軍最精宣威沙漠馳譽丹青九州禹跡百郡秦並"
    "嶽宗泰岱禪主云亭雁門紫塞雞田赤城昆池碣石鉅野洞庭曠遠綿邈巖岫杳冥治本於農務茲稼穡俶載南畝我藝黍稷稅熟貢新勸賞黜陟孟軻敦素史魚秉直庶幾中庸勞謙謹敕聆音察理鑑貌辨色貽厥嘉猷勉其祗植"
    "省躬譏誡寵增抗極殆辱近恥林皋幸即兩疏見機解組誰逼索居閑處沉默寂寥求古尋論散慮逍遙欣奏累遣慼謝歡招渠荷的歷園莽抽條枇杷晚翠梧桐早凋陳根委翳落葉飄颻遊鯤獨運凌摩絳霄耽讀玩市寓目囊箱"
    "易輶攸畏屬耳垣牆具膳餐飯適口充腸飽飫烹宰飢厭糟糠親戚故舊老少異糧妾御績紡侍巾帷房紈扇圓潔銀燭煒煌晝眠夕寐藍筍象床絃歌酒讌接杯舉觴矯手頓足悅豫且康嫡後嗣續祭祀蒸嘗稽顙再拜悚懼恐惶"
    "牋牒簡要顧答審詳骸垢想浴執熱願涼驢騾犢特駭躍超驤誅斬賊盜捕獲叛亡布射遼丸嵇琴阮嘯恬筆倫紙鈞巧任釣釋紛利俗竝皆佳妙毛施淑姿工顰妍笑年矢每催羲暉朗曜璇璣懸斡晦魄環照指薪修祜永綏吉劭"
    "矩步引領俯仰廊廟束帶矜莊徘徊瞻眺孤陋寡聞愚蒙等誚謂語助者焉哉乎也"
)
PAGES = 24
TEXT_PAGES = range(2, 24)  # after a cover and a title page; page 24 is the colophon
COLOPHON = ["嗣德二十一年歲在戊辰", "春三月望日", "鏡河坊學堂恭抄", "門生阮文書拜"]
GLOSSES = ["𡗶", "坦", "黑", "黄"]
RED, INK = "#b8321f", "#17130f"
PAPER = (226, 207, 168)


def written(d: Drawing, width: int, height: int, rng: np.random.Generator, red: Drawing | None = None, spread: float = 1.4) -> np.ndarray:
    """Ink (white on black in ``d``) and, in ``red``, cinnabar, as a picture on white."""
    dark = softened(d.mask(width, height), rng, spread)
    wet = softened(red.mask(width, height), rng, spread * 0.8, 0.5) if red is not None else None
    art = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        part = 255 - (dark[y0:y1].astype(np.float32) / 255)[..., None] * (255 - np.array([26, 21, 18], np.float32))
        if wet is not None:
            part *= 1 - (wet[y0:y1].astype(np.float32) / 255)[..., None] * (1 - np.array([196, 46, 30], np.float32) / 255)
        art[y0:y1] = part
    return art


def multiplied(*pictures: np.ndarray) -> np.ndarray:
    """Transparent colours one over the other."""
    out = pictures[0].copy()
    for y0, y1 in strips(len(out)):
        part = out[y0:y1].astype(np.float32)
        for other in pictures[1:]:
            part *= other[y0:y1] * np.float32(1 / 255)
        out[y0:y1] = part
    return out


def manuscript_page(page: int, width: int = 2100) -> np.ndarray:
    """One page (1 to 24) of the primer."""
    rng = seeded("primer", page)
    height = int(width * 1.42)
    d, red = Drawing(2000, 2840), Drawing(2000, 2840)
    left, right, top, bottom = (150, 1850, 330, 2660)
    if page == 1:
        cover_page(d, red, rng)
        tone, age, holes = (150, 112, 70), 1.6, 26
    elif page == 2:
        d.rect(330, 300, 1340, 2240, "none", "#fff", 14)
        d.rect(370, 340, 1260, 2160, "none", "#fff", 4)
        for x in (790, 1210):
            d.path(f"M{x} 340L{x} 2500", stroke="#fff", width=4)
        han(d, "嗣德戊辰年新抄", 1420, 420, 170, "#fff", PRINT, gap=1.16)
        han(d, "千字文", 1000, 470, 400, "#fff", BRUSH, rng, gap=1.6)
        han(d, "鏡河學堂藏板", 580, 520, 170, "#fff", PRINT, gap=1.25)
        seal(red, "鏡河學堂", 520, 2120, 240, "#fff", rng)
        tone, age, holes = PAPER, 1.1, 14
    elif page == PAGES:
        ruled(d, left, right, top, bottom, 9)
        for k, line in enumerate(COLOPHON):
            han(d, line, right - 110 - k * 200, top + 80 + (k > 0) * 340, 150, "#fff", BRUSH, rng, gap=1.12)
        seal(red, "阮文書印", 590, 2050, 230, "#fff", rng)
        seal(red, "鏡河學堂", 880, 2260, 200, "#fff", rng, white=True)
        tone, age, holes = PAPER, 1.2, 20
    else:
        ruled(d, left, right, top, bottom, 6)
        body(d, red, page - 3, left, right, top, bottom, rng)
        tone, age, holes = PAPER, 0.7 + 0.5 * rng.random(), int(rng.integers(4, 16))
    if page > 2:
        fold_mark(d, page)
    art = written(d, width, height, rng, red)
    shift = tuple(c + rng.normal() * 2 for c in tone)
    return finish(sheet(art, rng, tone=shift, age=age, holes=holes, folds=(0, 0), ragged=2.0, margin=0.035, ink=0.3), rng)


def ruled(d: Drawing, left: float, right: float, top: float, bottom: float, columns: int) -> None:
    d.rect(left, top, right - left, bottom - top, "none", "#e8e8e8", 12)
    d.rect(left + 20, top + 20, right - left - 40, bottom - top - 40, "none", "#a0a0a0", 3)
    for k in range(1, columns):
        x = left + (right - left) * k / columns
        d.path(f"M{x:.0f} {top + 20}L{x:.0f} {bottom - 20}", stroke="#909090", width=2.6)


def body(d: Drawing, red: Drawing, index: int, left: float, right: float, top: float, bottom: float, rng: np.random.Generator) -> None:
    """48 characters in six columns of eight, each with a small reading beside it, a red point after each fourth."""
    text = THOUSAND[index * 48 : index * 48 + 48]
    step = (right - left) / 6
    row = (bottom - top - 60) / 8
    for k, character in enumerate(text):
        column, line = k // 8, k % 8
        x, y = right - step * (column + 0.58), top + 40 + row * (line + 0.5)
        sign(d, character, x, y, 222, "#fff", BRUSH, rng)
        gloss = THOUSAND[(index * 48 + k * 37 + 11) % 1000]
        sign(d, gloss, x + step * 0.44, y + 56, 60, "#c8c8c8", BRUSH, rng)
        sign(d, THOUSAND[(index * 48 + k * 53 + 401) % 1000], x + step * 0.44, y - 10, 60, "#c8c8c8", BRUSH, rng)
        if line % 4 == 3:
            red.circle(x - step * 0.36 + rng.normal() * 4, y + row * 0.36, 17 + rng.normal() * 2, "none", "#fff", 7)
        elif rng.random() < 0.10:
            red.path(f"M{x - 92 + rng.normal() * 4:.0f} {y - 96:.0f}L{x - 88:.0f} {y + 84:.0f}", stroke="#fff", width=6)
    for _ in range(int(rng.integers(0, 4))):
        start = int(rng.integers(0, 990))
        han(
            d,
            THOUSAND[start : start + int(rng.integers(3, 8))],
            rng.uniform(left + 100, right - 100),
            96 + rng.normal() * 14,
            54,
            "#b8b8b8",
            BRUSH,
            rng,
        )


def fold_mark(d: Drawing, page: int) -> None:
    """The short title and page number at the folded edge."""
    x = 60 if page % 2 else 1940
    han(d, "千字文", x, 420, 62, "#d0d0d0", PRINT)
    d.path(f"M{x - 42} 760h84l-42 46ZM{x - 42} 2300h84l-42 -46Z", "#fff")
    numerals = "一二三四五六七八九十"
    n = page - 2
    text = (numerals[n // 10 - 1] if n >= 20 else "") + ("十" if n >= 10 else "") + (numerals[n % 10 - 1] if n % 10 else "")
    han(d, text, x, 860, 62, "#d0d0d0", PRINT)


def cover_page(d: Drawing, red: Drawing, rng: np.random.Generator) -> None:
    red.rect(1450, 240, 380, 1500, "#5a5a5a")
    d.rect(1462, 252, 356, 1476, "none", "#fff", 5)
    han(d, "千字文全", 1640, 330, 270, "#fff", BRUSH, rng, gap=1.24)
    for k in range(5):
        y = 280 + k * 570
        d.path(f"M0 {y}L170 {y}M170 {y}L178 {y + 570}", stroke="#d8d8d8", width=11)
    han(d, "阮文書", 420, 2160, 100, "#a0a0a0", BRUSH, rng)
    seal(red, "鏡河", 340, 2520, 160, "#fff", rng)


EDICT_TEXT = [
    "奉天承運",
    "皇帝制曰朕惟河神之德潤物無聲",
    "鏡河之水清且漣漪澤被萬民功在社稷",
    "歷年以來風雨調和舟楫安行禾稼豐登",
    "皆神之力也茲特加封為",
    "清和敷澤翊保中興尊神",
    "準許鏡河坊民奉事如故",
    "用酬神貺以保我黎民欽哉",
]
EDICT_DATE = "嗣德三十三年十一月二十四日"


def edict(
    width: int = 4700, seed: str = "edict", silver: bool = False, text: list[str] | None = None, date: str = EDICT_DATE
) -> np.ndarray:
    """A royal patent to a river god, on yellow paper strewn with dragon and clouds in metal."""
    rng = seeded(seed)
    w, h = 4700, 2000
    height = int(width * h / w)
    d = Drawing(w, h, "#fff")
    metal, line = ("#c9c7bd", "#8e8a7c") if silver else ("#e2b64c", "#a8741c")
    for _ in range(70):
        curl(d, rng.uniform(150, w - 150), rng.uniform(150, h - 150), rng.uniform(50, 120), "none", metal, bool(rng.random() < 0.5))
    body_line = np.array(
        [
            (1500, 760),
            (1900, 480),
            (2360, 700),
            (2500, 1180),
            (2100, 1420),
            (2500, 1640),
            (3000, 1300),
            (3300, 800),
            (3700, 620),
            (3950, 900),
        ]
    )
    dragon(d, body_line, 330, "#f8e8b8" if not silver else "#eae5d6", line, "#f8ecc4", metal)
    pearl(d, 1130, 820, 90, "#f8ecc4", line, metal)
    frame(d, 60, 60, w - 120, h - 120, 120, line, 7)
    dusted = d.raster(width, height)
    ink, red = Drawing(w, h), Drawing(w, h)
    columns = text or EDICT_TEXT
    for k, column in enumerate(columns):
        top = 330 if column[:2] in ("奉天", "皇帝", "清和") else 450
        han(ink, column, w - 420 - k * 330, top, min(150, 1290 / len(column)), "#fff", BRUSH, rng, gap=1.02 if len(column) > 8 else 1.14)
    x = w - 420 - len(columns) * 330 - 160
    han(ink, date, x, 330, 96, "#fff", BRUSH, rng, gap=1.08)
    seal(red, "敕命之寶", x - 215, 1180, 430, "#fff", rng)
    writing = written(ink, width, height, rng, red, 1.8)
    speck = clouds(height, width, rng, 0.4, 2.0)
    for y0, y1 in strips(height):
        dusted[y0:y1][speck[y0:y1] > 2.3] = (214, 160, 60) if not silver else (190, 186, 170)
    art = multiplied(dusted, writing)
    return finish(sheet(art, rng, tone=(238, 200, 104), age=0.9, holes=24, folds=(7, 0), laid=0.4, ragged=2.5, margin=0.02, ink=0.16), rng)


def commission(width: int = 4200) -> np.ndarray:
    """A commission for a scholar, with phoenixes instead of the dragon."""
    rng = seeded("commission")
    w, h = 4200, 2300
    height = int(width * h / w)
    d = Drawing(w, h, "#fff")
    for _ in range(40):
        curl(d, rng.uniform(250, w - 250), rng.uniform(250, h - 250), rng.uniform(50, 110), "none", "#d9b06a", bool(rng.random() < 0.5))
    phoenix(d, 2400, 950, 250, "#f0cf9a", "#b07a38", "#e8b878", "#d88a50")
    for k in range(9):
        lotus(d, 380 + k * 430, 2160, 110, "#f3d9b0", "#b07a38", "#d9a55c")
    frame(d, 70, 70, w - 140, h - 140, 130, "#b07a38", 7)
    gold = d.raster(width, height)
    ink, red = Drawing(w, h), Drawing(w, h)
    lines = [
        "吏部為給憑事茲奉",
        "上諭鏡河府學正阮廷香",
        "性行端方學問該博在任有年",
        "訓迪諸生多所成就應陞授",
        "翰林院侍讀仍領學政",
        "爾其益勤厥職毋負朝廷作人之意",
        "須至憑者右給憑阮廷香準此",
    ]
    for k, column in enumerate(lines):
        han(
            ink,
            column,
            w - 460 - k * 400,
            340 if column.startswith("上諭") else 470,
            min(160, 1500 / len(column)),
            "#fff",
            BRUSH,
            rng,
            gap=1.06,
        )
    han(ink, "明命十七年五月初八日", 760, 420, 120, "#fff", BRUSH, rng, gap=1.1)
    seal(red, "吏部之印", 540, 1240, 440, "#fff", rng)
    writing = written(ink, width, height, rng, red, 1.8)
    art = multiplied(gold, writing)
    return finish(sheet(art, rng, tone=(226, 196, 150), age=1.2, holes=60, folds=(5, 1), ragged=3.5, margin=0.02, ink=0.2), rng)


def parallel_sentences(width: int = 4000) -> np.ndarray:
    """A pair of sentences on red paper flecked with gold."""
    rng = seeded("sentences")
    w, h = 2000, 2700
    height = int(width * h / w)
    gold, ink = Drawing(w, h), Drawing(w, h)
    for x0 in (90, 1070):
        frame(gold, x0, 70, 840, h - 140, 90, "#fff", 6)
        for k in range(7):
            y = 330 + k * 340
            curl(gold, x0 + 160, y, 60, "none", "#909090")
            curl(gold, x0 + 680, y + 160, 60, "none", "#909090", True)
    for x, text in ((1490, "鏡水長流今古月"), (510, "香山不改聖賢心")):
        han(ink, text, x, 240, 300, "#fff", BRUSH, rng, gap=1.08)
    small = Drawing(w, h)
    han(small, "嗣德丁丑孟春", 1745, 1890, 66, "#fff", BRUSH, rng)
    han(small, "河上漁者書", 255, 1960, 66, "#fff", BRUSH, rng)
    seal(small, "河上漁者", 205, 2330, 100, "#fff", rng)
    metal = np.array([232, 190, 92], np.float32)
    fleck = clouds(height, width, rng, 1.0, 2.0)
    leaf, names = gold.mask(width, height), small.mask(width, height)
    dark = softened(ink.mask(width, height), rng, 2.2)
    base = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        part = np.empty((y1 - y0, width, 3), np.float32)
        part[:] = (203, 52, 36)
        shine = np.clip(leaf[y0:y1] * np.float32(0.75 / 255) + 0.8 * (fleck[y0:y1] > 2.25), 0, 1)
        part += (metal - part) * shine[..., None]
        part *= 1 - dark[y0:y1, :, None] * np.float32(0.9 / 255)
        part += (metal - part) * (names[y0:y1, :, None] * np.float32(1 / 255))
        base[y0:y1] = np.clip(part, 0, 255)
    split = int(width * 0.5)
    base[:, split - 50 : split + 50] = 255
    left = sheet(base[:, : split - 50], rng, tone=(250, 246, 240), age=0.8, laid=0.2, ragged=1.5, margin=0.05, ink=0.12, spots=False)
    right = sheet(base[:, split + 50 :], rng, tone=(250, 246, 240), age=0.8, laid=0.2, ragged=1.5, margin=0.05, ink=0.12, spots=False)
    return finish(np.concatenate([left, right], 1), rng)


def register(width: int = 4200) -> np.ndarray:
    """An opening of a land register, printed frame, filled in by several hands, with survey sketch and seals."""
    rng = seeded("register")
    w, h = 4200, 2800
    height = int(width * h / w)
    d, red = Drawing(w, h), Drawing(w, h)
    for x0 in (150, 2160):
        ruled(d, x0, x0 + 1890, 260, 2600, 9)
    heads = "東近河西近路南近寺北近渠"
    for page in range(2):
        for column in range(9):
            x = (150 + 1890 if page == 0 else 2160 + 1890) - 210 * (column + 0.5)
            if page == 0 and column > 5:
                continue
            han(d, "鏡河坊"[: 3 if column % 3 == 0 else 0] or "一所", x, 330, 100, "#fff", BRUSH, rng)
            start = int(rng.integers(0, 900))
            han(d, THOUSAND[start : start + 7], x + 40, 760, 74, "#fff", BRUSH, rng)
            han(d, heads[(column * 3) % 12 :][:6], x - 42, 760, 66, "#e0e0e0", BRUSH, rng)
            han(d, f"{'一二三四五六七八九'[column]}畝{'三五七'[column % 3]}高", x, 1560, 104, "#fff", BRUSH, rng)
            han(d, "私田" if column % 2 else "公土", x, 2120, 104, "#fff", BRUSH, rng)
            if column % 2:
                red.circle(x, 2420, 44, "none", "#fff", 8)
    x0, y0 = 200, 700
    for k in range(7):
        for j in range(3):
            x, y = x0 + j * 190 + rng.normal() * 8, y0 + k * 240 + rng.normal() * 8
            d.path(
                f"M{x:.0f} {y:.0f}l{180 + rng.normal() * 10:.0f} {rng.normal() * 12:.0f}l{rng.normal() * 10:.0f} {220 + rng.normal() * 9:.0f}l{-180 + rng.normal() * 9:.0f} {rng.normal() * 9:.0f}Z",
                stroke="#fff",
                width=6,
            )
            han(d, f"{'甲乙丙'[j]}{'一二三四五六七'[k]}", x + 90, y + 60, 50, "#d8d8d8", BRUSH, rng)
    for k in range(4):
        d.path(f"M{150} {2380 + k * 44}q140 -40 280 0t280 0", stroke="#b0b0b0", width=5)
    seal(red, "鏡河府印", 1820, 1150, 560, "#fff", rng)
    seal(red, "里長之記", 3640, 2160, 300, "#fff", rng)
    art = written(d, width, height, rng, red)
    return finish(sheet(art, rng, tone=(221, 203, 165), age=1.3, holes=70, folds=(1, 0), ragged=3, margin=0.022, ink=0.28), rng)

"""Words of measuring in the languages of catalogues: data. Words are compared without marks and in lower case, single letters as written."""

from __future__ import annotations

KIND_WORDS = {
    "height": "height, high, ht, hgt, cao, chieu cao, tong chieu cao, hauteur, haut, haute, de haut, hoehe, hohe, hoch, altezza, alto, altura, alt, hoogte, hoog, tinggi, tall, 高, 通高, 残高, 高さ, 总高, 像高, 器高, 総高, 総高さ, 縦, 纵, 縱, hojd, hojde, hoyde, wysokosc, высота, выс, 높이",
    "width": "width, wide, wd, rong, chieu rong, kho rong, largeur, larg, large de, de large, breite, breit, larghezza, largo, ancho, anchura, breedte, breed, lebar, 宽, 寬, 幅, 横, 橫, 広, 廣, largura, bredd, bredde, szerokosc, ширина, шир, 너비, 가로",
    "depth": "depth, deep, dp, sau, chieu sau, be sau, profondeur, prof, profond, de profondeur, tiefe, tief, profondita, profundidad, fondo, diepte, diep, kedalaman, 深, 奥行, 奥行き, profundidade, djup, dybde, glebokosc, глубина",
    "length": "length, long, lg, dai, chieu dai, longueur, de long, laenge, lange, lang, lunghezza, longitud, comprimento, langd, laengde, længde, lengde, dlugosc, длина, дл, 길이, 세로, lengte, panjang, 长, 長, 全长, 全長, 通长, 通長, 长さ, 長さ",
    "diameter": "diameter, diam, dia, dm, duong kinh, dk, diametre, durchmesser, dmr, diametro, doorsnede, garis tengah, ø, ⌀, 径, 徑, 口径, 口徑, 直径, 直徑, 面径, 面徑, 底径, 底徑, 足径, 足徑, 腹径, 腹徑, dkm, dkd, srednica, диаметр, диам, 지름, 입지름",
    "thickness": "thickness, thick, th, day, do day, be day, epaisseur, ep, epais, dicke, dick, staerke, starke, spessore, grosor, espesor, dikte, tebal, 厚, 厚さ, espessura, tjocklek, tykkelse, толщина, 두께",
    "circumference": "circumference, circum, circ, girth, chu vi, vong, circonference, umfang, circonferenza, circunferencia, omtrek, keliling, 周长, 周長",
    "weight": "weight, wt, weighs, nang, trong luong, khoi luong, can nang, poids, pds, gewicht, gew, peso, pesa, berat, 重, 重量, vikt, vaegt, vægt, vekt, waga, вес, масса, 무게",
    "duration": "running time, duration, run time, length of recording, thoi luong, duree, dauer, durata, duracion, duur, 片长, 时长, 時長",
    "volume": "volume, capacity, dung tich, the tich, contenance, volumen, inhalt, capacita",
}
# Parts of a vessel or a coin that a kind word in Vietnamese or Chinese names itself: ĐKM (đường kính miệng), 口径.
NAMED_PARTS = {
    "dkm": "miệng",
    "dkd": "đáy",
    "口径": "口",
    "口徑": "口",
    "面径": "面",
    "面徑": "面",
    "底径": "底",
    "底徑": "底",
    "足径": "足",
    "足徑": "足",
    "腹径": "腹",
    "腹徑": "腹",
}
# Parts of a scroll or a sword that end like an extent: the 幅 of 本幅 is no width.
CHINESE_WORDS = frozenset({"本幅", "画心", "畫心", "全幅", "反り"})
CHINESE_IGNORED = frozenset({"尺寸", "法量", "寸法", "大小"})
ROUND_PARTS = frozenset(
    {
        "rim",
        "mouth",
        "foot",
        "lip",
        "neck",
        "bouche",
        "pied",
        "col",
        "mundung",
        "mundungs",
        "fuss",
        "fuß",
        "mieng",
        "day",
        "vanh",
        "chan",
        "co",
        "mat",
        "bocca",
        "piede",
        "collo",
        "tondino",
        "ring",
        "coin",
        "medal",
    }
)

UNIT_WORDS = {
    "mm": "mm, мм, millimeter, millimeters, millimetre, millimetres, milimet, millimetri, li, 毫米",
    "cm": "cm, cms, см, centimeter, centimeters, centimetre, centimetres, centimet, xangtimet, zentimeter, phan, cm., 厘米, 公分, センチ",
    "dm": "dm, decimeter, decimetre",
    "m": "m, м, meter, meters, metre, metres, met, metri, metros, 米, 公尺",
    "km": "km, kilometer, kilometre",
    "[in_i]": "in, ins, inch, inches, \", '', pouce, pouces, zoll, 英寸, 吋",
    "[ft_i]": "ft, foot, feet, ', pied, pieds",
    "[yd_i]": "yd, yds, yard, yards",
    "mg": "mg",
    "g": "g, г, gr, gm, gms, gram, grams, gramme, grammes, gramm, gam, 克",
    "kg": "kg, кг, kgs, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes, ky, ki lo, can, 公斤, 千克",
    "t": "t, ton, tons, tonne, tonnes, tan, tấn, 吨",
    "[oz_av]": "oz, ounce, ounces",
    "[lb_av]": "lb, lbs, pound, pounds, livre",
    "s": "s, sec, secs, second, seconds, giay, secondes, sekunden, 秒",
    "min": "min, mins, minute, minutes, phut, minuten, minuti, 分, 分钟",
    "h": "h, hr, hrs, hour, hours, gio, heure, heures, std, stunde, stunden, 小时",
    "mL": "ml, millilitre, milliliter",
    "cL": "cl, centilitre, centiliter",
    "L": "l, litre, litres, liter, liters, lit",
}
# Words that lose their meaning with their marks: đáy (bottom) is not dày (thick).
NOT_KINDS = frozenset({"đáy", "dạy", "sau", "cả", "cá"})
TIMES = frozenset({"x", "×", "✕", "✖", "*", "х", "by", "par", "nhan"})
TO = frozenset({"to", "den", "toi", "bis", "a", "jusqu", "hingga", "~", "至"})
FROM = frozenset({"from", "tu", "von", "de", "dari", "entre", "between"})
QUALIFIERS = {
    "approximate": "approximately, approx, about, circa, ca, c, khoang, environ, env, etwa, ungefahr, ungefaehr, sekitar, uoc, chung, around, 约, 約",
    "maximum": "max, maximum, maxi, greatest, overall max, toi da, lon nhat, maximal, maximale",
    "minimum": "min., minimum, smallest, toi thieu, nho nhat, minimal",
    "irregular": "irregular, irreg, khong deu, irregulier, unregelmassig",
}
IGNORED = frozenset(
    {
        "and",
        "und",
        "et",
        "va",
        "the",
        "of",
        "each",
        "mesures",
        "measurements",
        "measurement",
        "dimensions",
        "dimension",
        "dim",
        "dims",
        "size",
        "kt",
        "kich",
        "thuoc",
        "kichthuoc",
        "masse",
        "maße",
        "abmessungen",
        "ukuran",
        "do",
        "en",
        "mal",
        "kho",
    }
)

# Single letters, as written with a stop, a colon or beside a figure. Some mean two things; ``parsing`` decides by what else is there.
LETTERS = {
    "H": "height", "h": "height", "W": "width", "w": "width", "B": "width", "T": "depth", "P": "depth", "C": "height",
    "R": "width", "D": "depth or diameter", "d": "depth or diameter", "L": "length", "l": "length or width", "Ø": "diameter", "ø": "diameter", "⌀": "diameter",
    "Đ": "diameter",
}  # fmt: skip

"""Named periods and dynasties that stand in for a date: data.

One line a period: name and other spellings (comma); Chinese characters (comma); first and last astronomical year. A name after ``*`` is too
short or too common to be understood alone and needs a word such as "dynasty", "period", "thời" or "nhà" beside it.
"""

from __future__ import annotations

from records.fuzzydates.eras import Era

VIETNAM = """
*Hùng Vương,Văn Lang;;-699;-257
Đông Sơn,Dong Son culture;;-699;100
Sa Huỳnh;;-999;200
Óc Eo,Oc-Eo;;1;699
Phù Nam,Funan;扶南;1;650
Bắc thuộc;;-110;938
*Ngô;;939;965
*Đinh;;968;980
*Tiền Lê;前黎;980;1009
*Đinh - Lê,Đinh - Tiền Lê;;968;1009
*Lý;李朝;1009;1225
*Trần;陳朝;1225;1400
*Hồ;;1400;1407
Lê sơ,Early Le,Later Le;;1428;1527
*Mạc;莫朝;1527;1592
Lê Trung hưng,Lê Trung Hưng,Restored Le,Lê–Trịnh;;1533;1789
Hậu Lê;後黎;1428;1789
*Lê;黎朝;1428;1789
*Trịnh;;1545;1787
*Chúa Nguyễn,Nguyen Lords;;1558;1777
Tây Sơn,Tay Son;西山朝;1778;1802
*Nguyễn,Nguyen;阮朝;1802;1945
*Pháp thuộc,thời thuộc địa,French colonial;;1858;1945
*Champa,Chăm Pa,Chămpa,Cham;占婆;192;1832
"""

CHINA = """
*Xia;夏代,夏朝;-2069;-1599
*Shang,Nhà Thương,Yin;商代,商朝,殷,商时代;-1599;-1045
*Western Zhou,Western Chou,Tây Chu;西周;-1045;-770
*Eastern Zhou,Eastern Chou,Đông Chu;东周;-769;-255
*Zhou,Chou,Nhà Chu;周代,周朝,周时代;-1045;-255
Spring and Autumn,Xuân Thu;春秋;-769;-475
Warring States,Chiến Quốc;战国,戰國;-474;-220
*Qin,Ch'in,Tần;秦代,秦朝,秦时代;-220;-205
*Western Han,Former Han,Tây Hán;西汉,前汉;-205;9
*Eastern Han,Later Han,Đông Hán;东汉,后汉;25;220
*Han,Hán;汉代,汉朝,汉时代;-205;220
Three Kingdoms,Tam Quốc;三国;220;280
*Six Dynasties,Lục triều;六朝;220;589
*Western Jin;西晋;265;316
*Eastern Jin;东晋;317;420
*Jin,Chin,Tấn;晋代,晋朝,晋时代;265;420
*Northern and Southern;南北朝;420;589
*Northern Wei;北魏;386;534
*Eastern Wei;东魏;534;550
*Western Wei;西魏;535;556
*Wei,Nguỵ;魏代,魏朝,魏时代;386;557
*Northern Qi,Northern Ch'i;北齐;550;577
*Northern Zhou,Northern Chou;北周;557;581
*Sui,Tùy,Tuỳ;隋代,隋朝,隋;581;618
Tang dynasty,T'ang,Tang period,Nhà Đường,Thời Đường;唐代,唐朝,唐;618;907
*Five Dynasties,Ngũ đại;五代;907;960
*Liao;辽代,辽朝,辽;907;1125
Northern Song,Northern Sung,Bắc Tống;北宋;960;1127
Southern Song,Southern Sung,Nam Tống;南宋;1127;1279
*Song,Sung,Tống;宋代,宋朝,宋;960;1279
*Jurchen Jin;金代,金朝,金时代;1115;1234
*Yuan,Yüan,Nguyên;元代,元朝,元时代;1271;1368
Ming,Nhà Minh,Thời Minh,Triều Minh;明代,明朝,明;1368;1644
Qing,Ch'ing,Manchu dynasty,Nhà Thanh,Thời Thanh,Triều Thanh;清代,清朝,清;1644;1912
*Qin and Han;秦汉;-220;220
*Sui and Tang;隋唐;581;907
*Tang and Song;唐宋;618;1279
*Song and Yuan;宋元;960;1368
*Yuan and Ming;元明;1271;1644
*Republican,Republic,Dân Quốc;民国时期,民;1912;1949
"""

JAPAN = """
Jōmon;绳文;-13999;-300
Yayoi;弥生;-299;300
Kofun;古坟;300;538
Asuka;飞鸟时代;538;710
*Nara;奈良时代;710;794
Heian;平安时代,平安;794;1185
Kamakura;镰仓时代,镰仓;1185;1333
Nanbokuchō,Nambokucho;南北朝时代;1333;1392
Muromachi,Ashikaga;室町时代,室町;1392;1573
Sengoku;戦国;1467;1600
Momoyama,Azuchi-Momoyama;桃山时代,桃山,安土桃山时代;1573;1603
Edo,Tokugawa;江户时代,江户;1603;1868
Meiji period,Meiji era;明治时代;1868;1912
Taishō period,Taishō era;大正时代;1912;1926
Shōwa period,Shōwa era;昭和时代;1926;1989
"""

ASIA = """
*Lelang;乐浪;-107;313
Three Kingdoms of Korea;;-56;668
*Unified Silla;统一新罗;668;935
*Silla;新罗;-56;935
Goryeo,Koryo;高丽;918;1392
Joseon,Choson,Yi dynasty;朝鲜时代;1392;1910
Srivijaya;;650;1377
Majapahit;;1293;1527
*Mataram;;732;1016
Sailendra;;750;850
*Singhasari;;1222;1292
Angkor,Angkorian,Khmer Empire;;802;1431
Pre-Angkor,Chenla;真腊;550;802
Baphuon;;1010;1080
Bayon;;1181;1243
Angkor Wat style;;1100;1175
Dvaravati;;550;1000
Sukhothai;;1238;1438
Ayutthaya,Ayudhya;;1351;1767
Rattanakosin,Ratanakosin;;1782;1932
*Lan Na,Lanna;;1292;1775
*Lan Xang;;1353;1707
*Pagan,Bagan;;849;1297
Gandhara,Gandharan;;1;500
Kushan;;30;375
*Gupta;;320;550
Chola;;850;1279
*Pala;;750;1174
Vijayanagara;;1336;1646
Mughal,Mogul;;1526;1857
*Malla;;1200;1769
*Maurya,Mauryan;;-321;-184
*Shunga,Sunga;;-184;-71
Safavid;;1501;1736
*Qajar;;1789;1925
Timurid;;1370;1507
*Seljuk,Seljuq;;1037;1194
Ilkhanid;;1256;1353
Sasanian,Sassanian;;224;651
Parthian;;-246;224
Achaemenid;;-549;-329
Ottoman;;1299;1922
Mamluk;;1250;1517
Fatimid;;909;1171
Abbasid;;750;1258
Umayyad;;661;750
"""

WEST = """
*Predynastic;;-4999;-2999
*Early Dynastic;;-2999;-2685
Old Kingdom;;-2685;-2159
First Intermediate Period;;-2159;-2024
Middle Kingdom;;-2024;-1649
Second Intermediate Period;;-1649;-1549
New Kingdom;;-1549;-1068
Third Intermediate Period;;-1068;-663
*Late;;-663;-331
Ramesside,Ramessid;;-1294;-1068
Ptolemaic;;-331;-29
*Greco-Roman,Graeco-Roman;;-331;395
Coptic;;200;800
Neo-Assyrian;;-910;-608
Neo-Babylonian;;-625;-538
Cycladic;;-3199;-1999
Minoan;;-2999;-1099
Mycenaean;;-1599;-1099
Helladic;;-2999;-1099
*Geometric;;-899;-699
*Archaic;;-699;-479
Hellenistic;;-322;-30
Etruscan;;-799;-99
*Roman Republic,Republican Rome;;-508;-26
*Roman Imperial,Imperial Roman;;-26;395
*Roman;;-26;395
Byzantine;;330;1453
Carolingian;;750;987
Ottonian;;919;1024
Romanesque;;1000;1200
*Gothic;;1150;1500
*Medieval;;500;1500
*Tudor;;1485;1603
Elizabethan;;1558;1603
Jacobean;;1603;1625
*Georgian;;1714;1830
*Regency;;1811;1820
Victorian;;1837;1901
Edwardian;;1901;1910
*Napoleonic;;1799;1815
Second Empire;;1852;1870
Louis XIII;;1610;1643
Louis XIV;;1643;1715
Louis XV;;1715;1774
Louis XVI;;1774;1792
Louis-Philippe;;1830;1848
Napoléon III,Napoleon III;;1852;1870
*Directoire;;1795;1799
*Meissen;;1710;1815
Preclassic,Pre-Classic,Formative;;-1999;250
Late Preclassic,Late Pre-Classic;;-299;250
*Classic;;250;900
*Early Classic;;250;600
*Late Classic;;600;900
Postclassic,Post-Classic;;900;1521
Moche;;100;800
Chimú;;1000;1470
*Inca,Inka;;1400;1533
Paracas;;-699;0
Nasca,Nazca;;-99;700
Chavín;;-899;-199
"""

# Dynasties of Egypt, 1 to 31: first and last astronomical year.
EGYPT = (
    (-2999, -2889), (-2889, -2685), (-2685, -2612), (-2612, -2493), (-2493, -2344), (-2344, -2180), (-2180, -2159), (-2180, -2159), (-2159, -2129),
    (-2129, -2039), (-2124, -1984), (-1984, -1772), (-1772, -1649), (-1749, -1649), (-1649, -1543), (-1649, -1582), (-1579, -1549), (-1549, -1294),
    (-1294, -1185), (-1185, -1068), (-1068, -944), (-944, -711), (-827, -711), (-727, -711), (-711, -655), (-663, -524), (-524, -403), (-403, -398),
    (-398, -379), (-379, -342), (-342, -331),
)  # fmt: skip

BEFORE = (
    "thoi",
    "thoi ky",
    "thoi dai",
    "nha",
    "trieu",
    "trieu dai",
    "vuong trieu",
    "doi",
    "vuong quoc",
    "van hoa",
    "dynastie",
    "periode",
    "epoque",
    "epoque des",
    "epoque de",
    "dynastie des",
    "dynastie de",
    "regne de",
    "style",
    "dinasti",
    "zeit der",
    "reign of",
)
AFTER = (
    "dynasty",
    "dynasties",
    "period",
    "era",
    "age",
    "kingdom",
    "empire",
    "culture",
    "reign",
    "style",
    "times",
    "dynastie",
    "zeit",
    "periode",
    "epoche",
)


def _read(table: str, tradition: str) -> list[tuple[Era, bool]]:
    periods = []
    for line in table.strip().splitlines():
        names, han, start, end = line.split(";")
        needs_noun = names.startswith("*")
        spellings = tuple(names.lstrip("*").split(","))
        periods.append(
            (Era(spellings[0], int(start), int(end), None, tradition, spellings, tuple(filter(None, han.split(",")))), needs_noun)
        )
    return periods


PERIODS: list[tuple[Era, bool]] = [
    *_read(VIETNAM, "vi"),
    *_read(CHINA, "zh"),
    *_read(JAPAN, "ja"),
    *_read(ASIA, ""),
    *_read(WEST, ""),
]

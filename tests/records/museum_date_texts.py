"""Dates in the manner of the open catalogues of museums, with the years such a museum gives beside them. A line: text | earliest | latest, - for open."""

TEXTS = """
# American museums
ca. 1665–70 | 1660 | 1675
mid-18th century | 1733 | 1766
ca. 1390–1352 B.C. | -1390 | -1352
late 19th–early 20th century | 1867 | 1932
ca. 2649–2130 B.C. | -2649 | -2130
early 3rd millennium B.C. | -2999 | -2667
ca. 2nd half of the 1st millennium B.C. | -499 | 0
Qing dynasty (1644–1911), 19th century | 1800 | 1899
1st century B.C.–1st century A.D. | -99 | 99
1st–2nd century A.D. | 1 | 200
A.D. 2nd century | 100 | 199
664–30 B.C. | -664 | -30
ca. 1295–1070 B.C. | -1295 | -1070
dated A.H. 920/A.D. 1514–15 | 1514 | 1515
1885–90 | 1885 | 1890
1793–1800 | 1793 | 1800
probably 1852 | 1852 | 1852
after 1876 | 1876 | -
1860s | 1860 | 1869
late 1840s–50s | 1846 | 1859
mid-1850s | 1853 | 1856
ca. 1900 | 1890 | 1910
fall/winter 1997–98 | 1997 | 1998
A/W 1996–97 | 1996 | 1997
19th century (?) | 1800 | 1899
Published January 1, 1801 | 1801 | 1801
# Dutch museums
c. 1660 | 1650 | 1670
c. 1650 - c. 1655 | 1645 | 1660
c.1870-c.1890 | 1865 | 1895
in of na 1700 | 1700 | -
na 1750 | 1750 | -
voor 1650 | - | 1650
1e helft 17e eeuw | 1600 | 1650
eerste helft 18de eeuw | 1700 | 1750
begin 20e eeuw | 1900 | 1933
midden 17e eeuw | 1633 | 1666
17de eeuw | 1600 | 1699
after 1650 - before 1675 | 1650 | 1675
in or after 1622 | 1622 | -
ca. 1625 - in of voor 1650 | 1620 | 1655
1400 - 1500 | 1400 | 1500
# London, ancient and later
1820-1830 (circa) | 1815 | 1835
1750 (c.) | 1740 | 1760
1600BC-1200BC | -1600 | -1200
AD 69-79 | 69 | 79
43-410 | 43 | 410
350BC (circa) | -360 | -340
1st century AD | 1 | 99
# French museums
XVIIIe siècle | 1700 | 1799
1er quart du XVIIe siècle | 1600 | 1625
4e quart du XVIIIe siècle | 1775 | 1799
Xe-XIe siècle | 900 | 1099
Xe siècle - XIe siècle | 900 | 1099
IIe-IIIe siècle | 100 | 299
-500 / -480 | -500 | -480
-664 / -332 | -664 | -332
époque Nguyễn (1802-1945) | 1802 | 1945
époque Edo (1603-1868) | 1603 | 1868
dynastie Qing (1644-1911) | 1644 | 1911
3e quart du 6e siècle av. J.-C. | -549 | -525
1er siècle av. J.-C. - 1er siècle apr. J.-C. | -99 | 99
limite XVIIIe-XIXe siècle | 1700 | 1899
XVIIème - XVIIIème siècle | 1600 | 1799
2ème quart du XIXème siècle | 1825 | 1850
années 1920 | 1920 | 1929
autour de 1900 | 1890 | 1910
1er-3e siècle | 1 | 299
fin du Ier siècle | 66 | 99
sans date | - | -
daté 1653 | 1653 | 1653
datée de 1653 | 1653 | 1653
entre août et décembre 1888 | 1888 | 1888
# Nordic museums
omkring 1850 | 1840 | 1860
1600-talet | 1600 | 1699
1700-tal | 1700 | 1799
1700-talet (?) | 1700 | 1799
odaterad | - | -
formentlig 1650 | 1650 | 1650
18. århundrade | 1700 | 1799
# Smithsonian, Cleveland, Harvard
ca. 1970s | 1970 | 1979
created ca. 1850 | 1840 | 1860
c. 1353–1336 BCE | -1353 | -1336
late 1800s | 1866 | 1899
early 1700s | 1700 | 1733
mid-1700s | 1733 | 1766
1500s | 1500 | 1599
second half of the 1700s | 1750 | 1799
100s CE | 100 | 199
200–100 BCE | -200 | -100
500s BCE | -599 | -500
1st quarter 1800s | 1800 | 1824
last quarter 1800s | 1875 | 1899
late 1700s–early 1800s | 1766 | 1833
AD 100–200 | 100 | 200
2nd century BCE-1st century CE | -199 | 99
2nd half 17th century | 1650 | 1699
c. 1600-1650 | 1595 | 1655
mid 6th century BCE | -566 | -533
17th-19th century | 1600 | 1899
18th cent. | 1700 | 1799
Late Edo period, circa 1842-1843 | 1837 | 1848
Late Bronze Age, c. 1200 BCE | -1210 | -1190
Qing dynasty, Guangxu period | 1875 | 1908
Year 5 of Taishō (1916) | 1916 | 1916
Tenpō 3 (1832) | 1832 | 1832
# London, decorative arts
1700-1725 (made) | 1700 | 1725
17th century (made) | 1600 | 1699
1862 (designed), 1870 (made) | 1862 | 1870
1893 (published) | 1893 | 1893
about 1850 | 1840 | 1860
about 1780-90 | 1775 | 1795
ca.1750-ca.1760 | 1745 | 1765
ca. 1870s (photographed) | 1870 | 1879
early 16th century (made) | 1500 | 1533
ca. 1435 (painted) | 1425 | 1445
# Chicago
c. 1885/90 | 1880 | 1895
Early 19th century | 1800 | 1833
1906, printed 1907 | 1906 | 1906
Edo period (1615-1868), about 1794 | 1789 | 1799
2nd–1st century BCE | -199 | 0
A.D. 150/200 | 150 | 200
n.d. (c. 1890) | 1880 | 1900
1965, fabricated 1970 | 1965 | 1970
October 1888 | 1888 | 1888
Oct. 1888 | 1888 | 1888
Apr. 5, 1890 | 1890 | 1890
5 April 1890 | 1890 | 1890
late 1889–early 1890 | 1889 | 1890
late 1888 | 1888 | 1888
# German museums
2. Viertel 16. Jh. | 1525 | 1550
um 1480/90 | 1475 | 1495
17./18. Jahrhundert | 1600 | 1799
ca. 1750–1760 | 1745 | 1765
1750 (?) | 1750 | 1750
3. Viertel 18. Jh. | 1750 | 1774
Edo-Zeit, 18. Jh. | 1700 | 1799
1. Jt. v. Chr. | -999 | 0
datiert 1653 | 1653 | 1653
vor 1653 | - | 1653
undat. | - | -
o. D. | - | -
Mitte 5. Jh. v. Chr. | -466 | -433
500-480 v. Chr. | -500 | -480
um 500 v. Chr. | -510 | -490
1920er Jahre | 1920 | 1929
Frühjahr 1912 | 1912 | 1912
spätestens 1750 | - | 1750
# Vietnamese museums
thế kỷ 18 - đầu thế kỷ 19 | 1700 | 1833
Minh Mạng năm thứ 12 | 1831 | 1831
thời Trần, thế kỷ 13-14 | 1225 | 1399
Thời Lý (1009-1225) | 1009 | 1225
thời Mạc | 1527 | 1592
Thời Lê sơ (1428-1527) | 1428 | 1527
thời Lê - Trịnh | 1533 | 1789
Triều Nguyễn, niên hiệu Khải Định (1916-1925) | 1916 | 1925
2500 - 2000 năm cách ngày nay | -555 | -45
văn hóa Sa Huỳnh, thế kỷ 5 TCN - thế kỷ 1 | -499 | 99
nửa sau thế kỷ 19 | 1850 | 1899
nửa đầu TK 19 | 1800 | 1849
không rõ niên đại | - | -
chưa xác định | - | -
thế kỷ 19 (?) | 1800 | 1899
những năm 1930 - 1945 | 1930 | 1945
trước 1945 | - | 1945
trước năm 1975 | - | 1975
từ 1858 đến 1945 | 1858 | 1945
năm Kỷ Mão, Minh Mạng thứ 20? (1819) | 1819 | 1819
Giáp Tý, Tự Đức thứ 17 | 1864 | 1864
19/12/1946 | 1946 | 1946
Cảnh Hưng 44 | 1783 | 1783
Bảo Đại nguyên niên | 1926 | 1926
thế kỷ III trước Công nguyên | -299 | -200
thế kỷ II TCN - thế kỷ I SCN | -199 | 99
# Chinese and Japanese museums
明治三十年 | 1897 | 1897
昭和12年 | 1937 | 1937
昭和十二年 | 1937 | 1937
江戸時代 寛永年間 | 1624 | 1644
江戸時代後期 19世紀 | 1800 | 1868
鎌倉時代・13世紀 | 1200 | 1299
奈良時代・8世紀 | 710 | 794
飛鳥時代・7世紀 | 600 | 699
古墳時代・6世紀 | 500 | 538
明治時代・明治26年（1893） | 1893 | 1893
昭和時代 | 1926 | 1989
19世紀前半 | 1800 | 1849
19世紀末～20世紀初頭 | 1866 | 1933
1920年代 | 1920 | 1939
唐 | 618 | 907
北宋 | 960 | 1127
南宋・13世紀 | 1200 | 1279
元代 | 1271 | 1368
明代 | 1368 | 1644
清 康熙 | 1662 | 1722
清康熙 | 1662 | 1722
清 乾隆 | 1736 | 1795
明晚期 | 1552 | 1644
明 永樂 | 1403 | 1424
宣德 | 1426 | 1435
公元前3世纪 | -299 | -200
# Anywhere
early 20th c. | 1900 | 1933
C. 1911 | 1901 | 1921
circa 1911 | 1901 | 1921
c1911 | 1901 | 1921
ca1911 | 1901 | 1921
by ca. 1800 | - | 1810
1750 or after | 1750 | -
1750 or earlier | - | 1750
between ca. 1750 and ca. 1760 | 1745 | 1765
from 1750 to 1760 | 1750 | 1760
1750-1760, cast 1770 | 1750 | 1770
1750, 1760 | 1750 | 1760
1750 and 1760 | 1750 | 1760
1750 & 1760 | 1750 | 1760
1750, reworked 1760 | 1750 | 1760
1750, restored 1960 | 1750 | 1750
1932 (printed later) | 1932 | 1932
negative 1932, print 1970s | 1932 | 1979
negative 1932; printed later | 1932 | 1932
1932/1975 | 1932 | 1975
1932/75 | 1932 | 1975
1932-33/1975 | 1932 | 1975
mid 19th century | 1833 | 1866
mid-late 19th century | 1833 | 1899
early/mid-19th century | 1800 | 1866
17th or 18th century | 1600 | 1799
# Anywhere, mixed
Kenji Ito, 1965 | 1965 | 1965
Manju netsuke, 19th century | 1800 | 1899
長安 | - | -
an X-ray of 1950 | 1950 | 1950
20 prairial an II (8 juin 1794) | 1794 | 1794
An 5 | - | -
2nd–1st c. BCE | -199 | 0
Hellenistic, 200-100 | -200 | -100
Roman, 100-200 | 100 | 200
Roman, 1st-2nd century | 1 | 199
shortly before 1642 | - | 1642
not later than 1642 | - | 1642
not earlier than 1642 | 1642 | -
terminus ante quem 1642 | - | 1642
1802 (năm Gia Long thứ nhất) | 1802 | 1802
Gia Long nguyên niên | 1802 | 1802
Gia Long thứ 1 | 1802 | 1802
Thiệu Trị 7 | 1847 | 1847
Đồng Khánh 3 | 1888 | 1888
Cảnh Thịnh năm thứ 3 | 1795 | 1795
thời vua Lê Thánh Tông | - | -
thời Lê Thánh Tông, niên hiệu Hồng Đức | 1470 | 1497
cuối 19 đầu 20 | - | -
cuối những năm 1980 | 1986 | 1989
Thời Nguyễn, thế kỷ 19 - 20 | 1802 | 1945
Mùa xuân năm 1975 | 1975 | 1975
"""

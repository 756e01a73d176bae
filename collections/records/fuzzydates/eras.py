"""Reign eras of Vietnam since 970, China since the Ming and Japan since 1558: data. Earlier ones are in ``earlier_eras``.

One line an era: name; other spellings; Chinese characters; first and last year; year one where it is not the first year;
the last year counted where that is later than the last.
Vietnamese years follow Đại Việt sử ký toàn thư and the Nguyễn chronicle, Chinese and Japanese ones the usual tables.
"""

from __future__ import annotations

from typing import NamedTuple


class Era(NamedTuple):
    """A reign era or a named period of history; ``year_one`` is None when its years are not counted."""

    name: str
    start: int
    end: int
    year_one: int | None
    tradition: str
    spellings: tuple[str, ...]
    han: tuple[str, ...]
    rare: bool = False  # known by its name alone to few: another era of that name is meant unless the language says otherwise
    counted_to: int = 0  # the last year counted in it, where people went on counting

    @property
    def last_counted(self) -> int:
        """The last year that can be meant by a year of this era; one more than its end, since news of a change took time."""
        return max(self.counted_to, self.end + 1)


VIETNAM = """
Thái Bình;;太平;970;980
Thiên Phúc;;天福;980;988
Hưng Thống;;興統;989;993
Ứng Thiên;;應天;994;1007
Cảnh Thụy;;景瑞;1008;1009
Thuận Thiên;;順天;1010;1028
Thiên Thành;;天成;1028;1034
Thông Thụy;;通瑞;1034;1039
Càn Phù Hữu Đạo;;乾符有道;1039;1042
Minh Đạo;;明道;1042;1044
Thiên Cảm Thánh Vũ;Thiên Cảm Thánh Võ;天感聖武;1044;1049
Sùng Hưng Đại Bảo;;崇興大寶;1049;1054
Long Thụy Thái Bình;;龍瑞太平;1054;1058
Chương Thánh Gia Khánh;;彰聖嘉慶;1059;1065
Long Chương Thiên Tự;;龍彰天嗣;1066;1068
Thiên Huống Bảo Tượng;;天貺寶象;1068;1069
Thần Vũ;Thần Võ;神武;1069;1072
Thái Ninh;;太寧;1072;1076
Anh Vũ Chiêu Thắng;Anh Võ Chiêu Thắng;英武昭勝;1076;1084
Quảng Hựu;;廣祐;1085;1092
Hội Phong;;會豐;1092;1100
Long Phù;;龍符;1101;1109
Hội Tường Đại Khánh;;會祥大慶;1110;1119
Thiên Phù Duệ Vũ;Thiên Phù Duệ Võ;天符睿武;1120;1126
Thiên Phù Khánh Thọ;;天符慶壽;1127;1127
Thiên Thuận;;天順;1128;1132
Thiên Chương Bảo Tự;;天彰寶嗣;1133;1137
Thiệu Minh;;紹明;1138;1139
Đại Định;;大定;1140;1162
Chính Long Bảo Ứng;;政隆寶應;1163;1173
Thiên Cảm Chí Bảo;;天感至寶;1174;1175
Trinh Phù;;貞符;1176;1185
Thiên Tư Gia Thụy;;天資嘉瑞;1186;1201
Thiên Gia Bảo Hựu;;天嘉寶祐;1202;1204
Trị Bình Long Ứng;;治平龍應;1205;1210
Kiến Gia;;建嘉;1211;1224
Thiên Chương Hữu Đạo;;天彰有道;1224;1225
Kiến Trung;;建中;1225;1232
Thiên Ứng Chính Bình;;天應政平;1232;1251
Nguyên Phong;;元豐;1251;1258
Thiệu Long;;紹隆;1258;1272
Bảo Phù;;寶符;1273;1278
Thiệu Bảo;;紹寶;1279;1285
Trùng Hưng;;重興;1285;1293
Hưng Long;;興隆;1293;1314
Đại Khánh;;大慶;1314;1323
Khai Thái;;開泰;1324;1329
Khai Hựu;;開祐;1329;1341
Thiệu Phong;;紹豐;1341;1357
Đại Trị;;大治;1358;1369
Thiệu Khánh;;紹慶;1370;1372
Long Khánh;;隆慶;1373;1377
Xương Phù;;昌符;1377;1388
Quang Thái;;光泰;1388;1398
Kiến Tân;;建新;1398;1400
Thánh Nguyên;;聖元;1400;1400
Thiệu Thành;;紹成;1401;1402
Khai Đại;;開大;1403;1407
Hưng Khánh;;興慶;1407;1409
Trùng Quang;;重光;1409;1413
Thuận Thiên;;順天;1428;1433
Thiệu Bình;;紹平;1434;1439
Đại Bảo;;大寶;1440;1442
Thái Hòa;;太和;1443;1453
Diên Ninh;;延寧;1454;1459
Thiên Hưng;;天興;1459;1460
Quang Thuận;;光順;1460;1469
Hồng Đức;;洪德;1470;1497
Cảnh Thống;;景統;1498;1504
Thái Trinh;;泰貞;1504;1504
Đoan Khánh;;端慶;1505;1509
Hồng Thuận;;洪順;1509;1516
Quang Thiệu;;光紹;1516;1522
Thống Nguyên;;統元;1522;1527
Minh Đức;;明德;1527;1529
Đại Chính;;大正;1530;1540
Quảng Hòa;;廣和;1541;1546
Vĩnh Định;;永定;1547;1547
Cảnh Lịch;;景曆;1548;1553
Quang Bảo;;光寶;1554;1561
Thuần Phúc;;淳福;1562;1565
Sùng Khang;;崇康;1566;1577
Diên Thành;;延成;1578;1585
Đoan Thái;;端泰;1586;1587
Hưng Trị;;興治;1588;1590
Hồng Ninh;;洪寧;1591;1592
Càn Thống;;乾統;1593;1625
Nguyên Hòa;;元和;1533;1548
Thuận Bình;;順平;1549;1556
Thiên Hựu;;天祐;1557;1557
Chính Trị;;正治;1558;1571
Hồng Phúc;;洪福;1572;1573
Gia Thái;;嘉泰;1573;1577
Quang Hưng;;光興;1578;1599
Thận Đức;;慎德;1600;1600
Hoằng Định;;弘定;1600;1619
Vĩnh Tộ;;永祚;1619;1629
Đức Long;;德隆;1629;1635
Dương Hòa;;陽和;1635;1643
Phúc Thái;;福泰;1643;1649
Khánh Đức;;慶德;1649;1653
Thịnh Đức;;盛德;1653;1658
Vĩnh Thọ;;永壽;1658;1662
Vạn Khánh;;萬慶;1662;1662
Cảnh Trị;;景治;1663;1671
Dương Đức;;陽德;1672;1674
Đức Nguyên;;德元;1674;1675
Vĩnh Trị;;永治;1676;1680
Chính Hòa;;正和;1680;1705
Vĩnh Thịnh;;永盛;1705;1720
Bảo Thái;;保泰;1720;1729
Vĩnh Khánh;;永慶;1729;1732
Long Đức;;龍德;1732;1735
Vĩnh Hựu;;永佑;1735;1740
Cảnh Hưng;;景興;1740;1786
Chiêu Thống;;昭統;1787;1789
Thái Đức;;泰德;1778;1793
Quang Trung;;光中;1788;1792
Cảnh Thịnh;;景盛;1793;1801
Bảo Hưng;;寶興;1801;1802
Gia Long;;嘉隆;1802;1819
Minh Mạng;Minh Mệnh;明命;1820;1840
Thiệu Trị;;紹治;1841;1847
Tự Đức;;嗣德;1848;1883
Hiệp Hòa;;協和;1883;1883
Kiến Phúc;;建福;1883;1884;1884
Hàm Nghi;;咸宜;1884;1885;1885
Đồng Khánh;;同慶;1885;1888;1886
Thành Thái;;成泰;1889;1907
Duy Tân;;維新;1907;1916
Khải Định;;啟定;1916;1925
Bảo Đại;;保大;1926;1945
"""

CHINA = """
Hongwu;Hung-wu,Hồng Vũ,Hồng Võ;洪武;1368;1398
Jianwen;Chien-wen,Kiến Văn;建文;1399;1402
Yongle;Yung-lo,Yung Lo,Vĩnh Lạc;永樂;1403;1424
Hongxi;Hung-hsi,Hồng Hy;洪熙;1425;1425
Xuande;Hsuan-te,Tuyên Đức;宣德;1426;1435
Zhengtong;Cheng-t'ung,Chính Thống;正統;1436;1449
Jingtai;Ching-t'ai,Cảnh Thái;景泰;1450;1456
Tianshun;T'ien-shun;天順;1457;1464
Chenghua;Ch'eng-hua,Thành Hóa;成化;1465;1487
Hongzhi;Hung-chih,Hoằng Trị;弘治;1488;1505
Zhengde;Cheng-te,Chính Đức;正德;1506;1521
Jiajing;Chia-ching,Gia Tĩnh;嘉靖;1522;1566
Longqing;Lung-ch'ing;隆慶;1567;1572
Wanli;Wan-li,Vạn Lịch;萬曆;1573;1620
Taichang;T'ai-ch'ang,Thái Xương;泰昌;1620;1620
Tianqi;T'ien-ch'i,Thiên Khải;天啟;1621;1627
Chongzhen;Ch'ung-chen,Sùng Trinh,Sùng Trinh;崇禎;1628;1644
Shunzhi;Shun-chih,Thuận Trị;順治;1644;1661
Kangxi;K'ang-hsi,Khang Hy,Khang Hi;康熙;1662;1722
Yongzheng;Yung-cheng,Ung Chính;雍正;1723;1735
Qianlong;Ch'ien-lung,Càn Long;乾隆;1736;1795
Jiaqing;Chia-ch'ing,Gia Khánh;嘉慶;1796;1820
Daoguang;Tao-kuang,Đạo Quang;道光;1821;1850
Xianfeng;Hsien-feng,Hàm Phong;咸豐;1851;1861
Tongzhi;T'ung-chih,Đồng Trị;同治;1862;1874
Guangxu;Kuang-hsu,Quang Tự;光緒;1875;1908
Xuantong;Hsuan-t'ung,Tuyên Thống;宣統;1909;1911
Minguo;;民國;1912;1949;1912;2100
Xuanhe;Hsuan-ho;宣和;1119;1125
Zhizheng;Chih-cheng;至正;1341;1368
Zhiyuan;Chih-yuan;至元;1264;1294
Zhenguan;;貞觀;627;649
Kaiyuan;;開元;713;741
Tianbao;;天寶;742;756
"""

JAPAN = """
Ōnin;;応仁;1467;1469
Eiroku;;永禄;1558;1570
Genki;;元亀;1570;1573
Tenshō;;天正;1573;1592
Bunroku;;文禄;1592;1596
Keichō;;慶長;1596;1615
Genna;Genwa;元和;1615;1624
Kan'ei;;寛永;1624;1644
Shōhō;;正保;1644;1648
Keian;;慶安;1648;1652
Jōō;;承応;1652;1655
Meireki;;明暦;1655;1658
Manji;;万治;1658;1661
Kanbun;Kambun;寛文;1661;1673
Enpō;Empō;延宝;1673;1681
Tenna;;天和;1681;1684
Jōkyō;;貞享;1684;1688
Genroku;;元禄;1688;1704
Hōei;;宝永;1704;1711
Shōtoku;;正徳;1711;1716
Kyōhō;;享保;1716;1736
Genbun;Gembun;元文;1736;1741
Kanpō;Kampō;寛保;1741;1744
Enkyō;;延享;1744;1748
Kan'en;;寛延;1748;1751
Hōreki;;宝暦;1751;1764
Meiwa;;明和;1764;1772
An'ei;;安永;1772;1781
Tenmei;Temmei;天明;1781;1789
Kansei;;寛政;1789;1801
Kyōwa;;享和;1801;1804
Bunka;;文化;1804;1818
Bunsei;;文政;1818;1830
Tenpō;Tempō;天保;1830;1844
Kōka;;弘化;1844;1848
Kaei;;嘉永;1848;1854
Ansei;;安政;1854;1860
Man'en;;万延;1860;1861
Bunkyū;;文久;1861;1864
Genji;;元治;1864;1865
Keiō;;慶応;1865;1868
Meiji;;明治;1868;1912
Taishō;;大正;1912;1926
Shōwa;;昭和;1926;1989
Heisei;;平成;1989;2019
Reiwa;;令和;2019;2100
"""


def read(table: str, tradition: str) -> list[Era]:
    """The eras of a table."""
    eras = []
    for line in table.strip().splitlines():
        name, others, han, start, end, *one = line.split(";")
        spellings = (name, *filter(None, others.split(",")))
        year_one = int(one[0]) if one else int(start)
        counted_to = int(one[1]) if len(one) > 1 else 0
        eras.append(Era(name, int(start), int(end), year_one, tradition, spellings, (han,), counted_to=counted_to))
    return eras


ERAS: list[Era] = [*read(VIETNAM, "vi"), *read(CHINA, "zh"), *read(JAPAN, "ja")]

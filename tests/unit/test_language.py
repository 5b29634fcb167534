# ruff: noqa: RUF001 -- letters of other scripts are the point
import sys

import pytest

from briefing.text.language import language
from tests.make_files import TEXT


def test_english_is_told_without_loading_a_model(monkeypatch):
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    assert language(TEXT) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("部長は月曜日に首都に到着し、会談を始めたと発表した。" * 2, "ja"),
        ("外交部长星期一抵达首都,开始为期两天的正式访问。" * 2, "zh"),
        ("장관은 월요일 수도에 도착하여 이틀간의 회담을 시작했다.", "ko"),
        ("Ο υπουργός έφτασε τη Δευτέρα στην πρωτεύουσα για συνομιλίες.", "el"),
        ("Der Minister traf am Montag in der Hauptstadt ein, um über Gas zu sprechen.", "de"),
        ("Le ministre est arrivé lundi dans la capitale pour deux jours de visite.", "fr"),
        ("Министр прибыл в понедельник в столицу с двухдневным визитом.", "ru"),
        ("وصل وزير الخارجية إلى العاصمة يوم الاثنين في زيارة تستغرق يومين.", "ar"),
        ("وزیر خارجہ دو روزہ دورے پر پیر کو دارالحکومت پہنچے اور مذاکرات کیے۔", "ur"),
    ],
)
def test_other_languages_are_told(text, code):
    assert language(text) == code


def test_what_is_too_short_is_what_its_container_says():
    assert language("Oui.", declared="fr-CA") == "fr"
    assert language("Oui.") == "und"
    assert language("12 345", declared="<script>") == "und"

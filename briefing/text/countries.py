"""Countries and their unions, by the words that news uses for them and for their governments."""

from collections.abc import Mapping, Set
from functools import lru_cache

from briefing.text.names import key

# The country's usual name; its other names and adjectives; its capital, or another seat by which
# its government is called.
_TABLE = """
Afghanistan|Afghan|Kabul
Algeria|Algerian|Algiers
Argentina|Argentine,Argentinian|Buenos Aires
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bangladesh|Bangladeshi|Dhaka
Belarus|Belarusian,Belarussian|Minsk
Belgium|Belgian|
Bosnia|Bosnian|Sarajevo
Brazil|Brazilian|Brasilia
Britain|UK,United Kingdom,Great Britain,British,Briton|London,Downing Street
Bulgaria|Bulgarian|Sofia
Cambodia|Cambodian|Phnom Penh
Canada|Canadian|Ottawa
Chile|Chilean|Santiago
China|Chinese|Beijing
Colombia|Colombian|Bogota
Croatia|Croatian,Croat|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czech Republic|Czech,Czechia|Prague
Denmark|Danish,Dane|Copenhagen
Egypt|Egyptian|Cairo
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Ethiopia|Ethiopian|Addis Ababa
European Union|EU|Brussels
Finland|Finnish,Finn|Helsinki
France|French|Paris
Georgia|Georgian|Tbilisi
Germany|German|Berlin
Greece|Greek,Hellenic|Athens
Hungary|Hungarian|Budapest
Iceland|Icelandic,Icelander|Reykjavik
India|Indian|New Delhi,Delhi
Indonesia|Indonesian|Jakarta
Iran|Iranian|Tehran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|
Italy|Italian|Rome
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh,Kazakhstani|Astana
Kenya|Kenyan|Nairobi
Kosovo|Kosovan,Kosovar|Pristina
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Lao,Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Libya|Libyan|Tripoli
Lithuania|Lithuanian|Vilnius
Malaysia|Malaysian|Kuala Lumpur
Mali|Malian|Bamako
Malta|Maltese|Valletta
Mexico|Mexican|
Moldova|Moldovan|Chisinau
Mongolia|Mongolian|Ulaanbaatar
Morocco|Moroccan|Rabat
Myanmar|Burma,Burmese|Naypyidaw
Nepal|Nepali,Nepalese|Kathmandu
Netherlands|Dutch,Holland|The Hague
New Zealand|New Zealander|Wellington
Nigeria|Nigerian|Abuja
North Korea|North Korean,DPRK|Pyongyang
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Peru|Peruvian|Lima
Philippines|Philippine,Filipino|Manila
Poland|Polish,Pole|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia|Russian,Russian Federation|Moscow,Kremlin
Saudi Arabia|Saudi,Saudi Arabian|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian,Serb|Belgrade
Slovakia|Slovak|Bratislava
Slovenia|Slovenian,Slovene|Ljubljana
Somalia|Somali|Mogadishu
South Africa|South African|Pretoria
South Korea|South Korean|Seoul
Spain|Spanish,Spaniard|Madrid
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum
Sweden|Swedish,Swede|Stockholm
Switzerland|Swiss|Bern,Berne
Syria|Syrian|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik|Dushanbe
Thailand|Thai|Bangkok
Tunisia|Tunisian|Tunis
Turkey|Turkish,Turk,Turkiye|Ankara
Turkmenistan|Turkmen|Ashgabat
Uganda|Ugandan|Kampala
Ukraine|Ukrainian|Kiev,Kyiv
United Arab Emirates|UAE,Emirati|Abu Dhabi
United Nations|UN|
United States|US,USA,America,American|Washington,White House
Uzbekistan|Uzbek|Tashkent
Venezuela|Venezuelan|Caracas
Vietnam|Vietnamese|Hanoi
Yemen|Yemeni|Sanaa
Zimbabwe|Zimbabwean|Harare
"""


def _read(column: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _TABLE.split("\n"):
        if line:
            columns = line.split("|")
            named = [columns[0], *columns[1].split(",")] if column < 2 else columns[2].split(",")
            found.update((_keys(name), columns[0]) for name in named if name)
    return found


def _keys(name: str) -> str:
    return " ".join(map(key, name.split()))


_COUNTRIES = _read(1)
_CAPITALS = _read(2)


@lru_cache(maxsize=20_000)
def country(name: str) -> str | None:
    """Return the country of a name, an adjective or an abbreviation: "U.S.", "American"."""
    keys = _keys(name)
    return _COUNTRIES.get(keys) or _COUNTRIES.get(keys.removesuffix("s"))


@lru_cache(maxsize=20_000)
def governed_from(name: str) -> str | None:
    """Return the country whose government is called by this capital: "Moscow" for Russia's."""
    return _CAPITALS.get(_keys(name))


def is_named(usual: str, keys: Set[str]) -> bool:
    """Whether words, as keys, have the country of this usual name, in whatever way."""
    return any(other <= keys for other in _NAMES_OF[usual])


def is_spoken_for(usual: str, keys: Set[str]) -> bool:
    """Whether words, as keys, have the country or its capital, as news names a government."""
    return is_named(usual, keys) or any(other <= keys for other in _SEATS_OF[usual])


def _by_country(table: Mapping[str, str]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {usual: [] for usual in _COUNTRIES.values()}
    for other, usual in table.items():
        found[usual].append(frozenset(other.split()))
    return found


_NAMES_OF = _by_country(_COUNTRIES)
_SEATS_OF = _by_country(_CAPITALS)

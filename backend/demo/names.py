"""What people, companies, streets and ships are called. Family names and company words are made up in the manner of each country."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


def _each(text: str) -> tuple[str, ...]:
    return tuple(it.strip() for it in text.split(","))


MEN = {
    "it": _each("Alessio, Carlo, Dario, Elio, Fausto, Guido, Ivano, Livio, Massimo, Nello, Orlando, Piero, Renzo, Sandro, Tullio, Vanni"),
    "nl": _each("Bram, Coen, Dirk, Evert, Gijs, Hidde, Joris, Kees, Luuk, Marnix, Niek, Olivier, Ruben, Sjoerd, Teun, Wessel"),
    "lt": _each(
        "Aidas, Benas, Dainius, Edvinas, Gintaras, Justas, Kęstutis, Linas, Mantas, Nerijus, Paulius, Rokas, Saulius, "
        "Tautvydas, Vytenis, Žygis"
    ),
    "ma": _each("Anouar, Badr, Driss, Fouad, Hicham, Ismaïl, Jalal, Karim, Mehdi, Nabil, Othmane, Rachid, Soufiane, Tarik, Walid, Zakaria"),
}
WOMEN = {
    "it": _each("Bianca, Clara, Daria, Elena, Fiamma, Gaia, Ilaria, Lidia, Mirella, Norma, Ornella, Paola, Rosalba, Silvana, Tosca, Vera"),
    "nl": _each("Anouk, Britt, Carlijn, Dorien, Esmee, Femke, Hanneke, Inge, Jolien, Lotte, Marijke, Nynke, Renske, Sanne, Tess, Wilma"),
    "lt": _each("Aistė, Birutė, Daiva, Eivilė, Gabija, Ieva, Jolanta, Kotryna, Laima, Milda, Neringa, Ona, Rasa, Simona, Ugnė, Viltė"),
    "ma": _each(
        "Amina, Bouchra, Chaimae, Dounia, Fatiha, Ghizlane, Hanane, Imane, Jihane, Khadija, Laila, Meryem, Najat, Salma, Widad, Zineb"
    ),
}
FAMILIES = {
    "it": _each(
        "Arcadelli, Bellomonte, Cortesani, Dallaspina, Ferrandello, Girolamini, Lanternari, Malpassuti, Nocentelli, Olivastri, "
        "Pontremolesi, Quartarelli, Roccasecchi, Salvadanti, Torregiana, Uccellari, Vallombrosi, Zaccarelli, Brunaldesi, "
        "Cavalmori"
    ),
    "nl": _each(
        "Asperdam,Bakkenes,de Haringe,Kuipersma,van Oosthuys,Zeedijkstra,Molenkamp,van der Zwin,Polderwijk,Schouwenaar,ter "
        "Halm,Vlietman,Wadstra,Zoutendam,Duinkerke,van Reimerlo,Grevelingh,Haverkate,Jolsema,Nieuwlander"
    ),
    "ma": _each(
        "Aït Larbaz,Benchaâbi,El Fassiri,Laghziri,Ouardini,Tazimi,Bouzraf,Chellami,El Azrouti,Ben "
        "Tizra,Harroudi,Jbilouni,Khettabi,Lemrabti,Mezouri,Naciroui,Oulhaji,Rahmouni-Said,Semlaki,Zerhouri"
    ),
}
_LITHUANIAN = _each("Balčiūn, Daukš, Gintaut, Kazlėn, Norvaiš, Petrul, Rimgail, Skirpst, Tamošėn, Uosin, Vaitkut, Žalgev, Butrim, Jūragėl")
STEMS = {
    "it": _each(
        "Adriana, Ancora, Borea, Cala, Corallo, Dorsale, Faro, Golfo, Lanterna, Marea, Molo, Onda, Poggio, Salina, Scirocco, "
        "Torre, Vela, Zefiro"
    ),
    "nl": _each(
        "Anker, Baken, Delta, Duin, Gors, Haven, Kaap, Kreek, Loods, Meander, Noorder, Oever, Polder, Schelp, Sluis, Terp, Wad, Zwin"
    ),
    "lt": _each(
        "Ąžuolas, Banga, Dzūkija, Gintaras, Jūra, Kopa, Kuršis, Laivas, Marios, Nemunas, Pajūris, Rytas, Smiltė, Švyturys, Uostas, Vėtra"
    ),
    "ma": _each("Atlas, Azrou, Boughaz, Cap, Détroit, Dakhla, Gharb, Jbel, Loukkos, Médina, Oued, Palmeraie, Rif, Sahel, Tamaris, Zellij"),
}
TRADES = {
    "it": _each("Costruzioni,Immobiliare,Logistica,Ittica,Consulenze,Trasporti,Ristorazione,Import,Nautica,Servizi"),
    "nl": _each("Transport,Vastgoed,Logistiek,Beheer,Visserij,Advies,Verhuur,Techniek,Handel,Opslag"),
    "lt": _each("Prekyba,Statyba,Logistika,Žuvis,Konsultacijos,Transportas,Nekilnojamasis turtas,Sandėliai,Paslaugos"),
    "ma": _each("Négoce,Immobilier,Transit,Pêche,Conseil,Transport,Agrumes,Travaux,Services,Location"),
}
FORMS = {"it": "{} {} Srl", "nl": "{} {} BV", "lt": "UAB {} {}", "ma": "{} {} SARL"}
SHELLS = _each("Aldermoor,Brightwater,Calder Reach,Dunlin,Eastmere,Fallow,Greyling,Harrow Sound,Ivory Gate,Juniper,Kestrel Bay,Larkspur")
CITIES = {
    "it": _each("Porto Salino,Torre Levante,Borgo Marea,Salina Nuova"), "nl": _each("Westhaven,Zoutmeer,Halmerzijl,Nieuw-Zwin"),
    "lt": _each("Klaipėda,Palanga,Šilutė,Vakarė"), "ma": _each("Ras Azrou,Tanger,Cap Rif,Oued Zellij"),
}  # fmt: skip
STREETS = {
    "it": _each("Via del Molo {},Via Lanterna {},Corso dei Pescatori {},Vico Scirocco {},Via dei Salici {},Piazza Ancora {}"),
    "nl": _each("Havenkade {},Zoutstraat {},Loodswezen {},Sluisweg {},Oude Wad {},Scheepmakersdijk {}"),
    "lt": _each("Uosto g. {},Smiltynės kelias {},Žvejų g. {},Gintaro al. {},Kopų g. {},Laivų skg. {}"),
    "ma": _each("{} rue du Détroit,{} avenue des Palmiers,{} rue Zellij,{} boulevard du Port,{} rue des Agrumes"),
}
SHIPS = _each("M/V Aglaia,M/V Boreas Star,M/V Corallina,M/V Dorothea K,M/V Elpida,M/V Gullwing,M/V Halcyon Trader,M/V Ithaki")
SERVICES = {"it": "posta-salina.example", "nl": "havenmail.example", "lt": "pajurispastas.example", "ma": "boughaz-net.example"}
TRIES = 500
CARS = _each("van,car,car,car,lorry,car,motorcycle,van")


class Names:
    """Draws names, never the same one twice."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._seen: set[str] = set()

    def _once(self, draw: Callable[[], str]) -> str:
        found = next(each for each in (draw() for _ in range(TRIES)) if each not in self._seen)
        self._seen.add(found)
        return found

    def person(self, country: str, *, family: str = "") -> str:
        """Draw a full name, of a given family where one is given."""
        woman = self._dice.random() < 0.4  # noqa: PLR2004 - a share
        given = (WOMEN if woman else MEN)[country]
        return self._once(lambda: f"{self._dice.choice(given)} {family or self._family(country, woman=woman)}")

    def _family(self, country: str, *, woman: bool) -> str:
        if country != "lt":
            return self._dice.choice(FAMILIES[country])
        return self._dice.choice(_LITHUANIAN) + (self._dice.choice(("ienė", "aitė")) if woman else "as")

    def company(self, country: str) -> str:
        """Draw the name of a company with its legal form."""
        return self._once(lambda: FORMS[country].format(self._dice.choice(STEMS[country]), self._dice.choice(TRADES[country])))

    def address(self, country: str) -> tuple[str, str]:
        """Draw a street with its number and city: (in full, city)."""
        city = self._dice.choice(CITIES[country])
        full = self._once(lambda: f"{self._dice.choice(STREETS[country]).format(self._dice.randint(1, 180))}, {city}")
        return full, city

    def email(self, country: str, name: str) -> str:
        """Return an address at an invented provider in the manner of the name."""
        plain = "".join(each for each in name.lower().replace(" ", ".") if each.isascii() and (each.isalnum() or each == "."))
        return self._once(lambda: f"{plain}{self._dice.randint(2, 99)}@{SERVICES[country]}")

"""The words of a printed custody timeline: English, French, German, Arabic. Those that a page shows too are the same there."""

LANGUAGES = ("en", "fr", "de", "ar")
# fmt: off
HAPPENED = {
    "collected": ("Collected", "Recueillie", "Sichergestellt", "جُمعت"),
    "acquired": (
        "Acquired, hashed, sealed", "Acquise, empreinte calculée, scellée", "Erhoben, gehasht, versiegelt", "حُصل عليها وبُصمت وخُتمت",
    ),
    "sealed": ("Sealed", "Scellée", "Versiegelt", "خُتمت"),
    "unsealed": ("Seal opened", "Scellé ouvert", "Siegel geöffnet", "فُتح الختم"),
    "verified": ("Hash checked", "Empreinte vérifiée", "Hashwert geprüft", "فُحصت البصمة"),
    "alerted": ("Integrity alert", "Alerte d’intégrité", "Warnung: nicht mehr unversehrt", "إنذار سلامة"),
    "cleared": ("Integrity alert lifted", "Alerte d’intégrité levée", "Warnung aufgehoben", "رُفع إنذار السلامة"),
    "scanned": ("Scanned for viruses", "Analyse antivirus", "Auf Viren geprüft", "فُحص بحثًا عن الفيروسات"),
    "marked": ("Markings changed", "Marquages modifiés", "Kennzeichnungen geändert", "تغيّرت الوسوم"),
    "transferred_out": ("Handed over", "Remise", "Übergeben", "سُلّمت"),
    "received": ("Received", "Reçue", "Empfangen", "استُلمت"),
    "copied": ("Copied", "Copiée", "Kopiert", "نُسخت"),
    "processed": ("Processed", "Traitée", "Aufbereitet", "عولجت"),
    "derived": (
        "Derived from another exhibit", "Tirée d’une autre pièce", "Aus einem anderen Beweisstück abgeleitet", "اشتُقت من مادة أخرى",
    ),
    "translated": ("Translated", "Traduite", "Übersetzt", "تُرجمت"),
    "redacted": ("Redacted", "Occultée", "Geschwärzt", "حُجبت أجزاء منها"),
    "disclosed": ("Disclosed", "Communiquée", "Offengelegt", "أُفصح عنها"),
    "challenged": ("Challenged", "Contestée", "Angefochten", "طُعن فيها"),
    "ruled": ("Ruled on", "Décision rendue", "Darüber entschieden", "صدر فيها قرار"),
    "consented": ("Provider consented", "Accord donné", "Einwilligung erteilt", "أُعطيت الموافقة"),
    "withdrew": ("Consent withdrawn", "Accord retiré", "Einwilligung widerrufen", "سُحبت الموافقة"),
    "returned": ("Returned", "Restituée", "Zurückgegeben", "أُعيدت"),
    "destroyed": ("Destroyed", "Détruite", "Vernichtet", "أُتلفت"),
}
"""By the verb of an event."""
FACTS = {
    "authority": ("Owning authority", "Autorité propriétaire", "Zuständige Behörde", "السلطة المالكة"),
    "custodian": ("Held by", "Détenue par", "Verwahrt von", "في حيازة"),
    "acquired_at": ("Seized or acquired", "Saisie ou acquise le", "Sichergestellt oder erhoben", "ضُبطت أو حُصل عليها"),
    "legal_authorisation": ("Order or warrant", "Ordonnance ou mandat", "Anordnung oder Beschluss", "الأمر أو الإذن"),
    "legal_basis": ("Legal basis", "Base légale", "Rechtsgrundlage", "الأساس القانوني"),
    "method": ("Method", "Méthode", "Verfahrensweise", "الطريقة"),
    "tool": ("Tool and version", "Outil et version", "Werkzeug und Version", "الأداة وإصدارها"),
    "examiner": ("Acquired or examined by", "Acquise ou examinée par", "Erhoben oder untersucht von", "من حصل عليها أو فحصها"),
    "seal_number": ("Number of the seal", "Numéro du scellé", "Siegelnummer", "رقم الختم"),
    "parent": ("Derived from", "Tirée de", "Abgeleitet von", "مشتقة من"),
    "file": ("File", "Fichier", "Datei", "الملف"),
    "hash": ("SHA-256 when it was acquired", "SHA-256 lors de l’acquisition", "SHA-256 bei der Erhebung", "SHA-256 وقت الحصول عليها"),
}
"""What is said of the exhibit itself."""
SAID = {
    "title": (
        "Custody of exhibit {number}", "Conservation de la pièce {number}", "Verwahrung des Beweisstücks {number}",
        "حيازة مادة الإثبات {number}",
    ),
    "whole": (
        "All {count} entries are here, and their chain is whole.", "Les {count} inscriptions sont là, et leur chaîne est intacte.",
        "Alle {count} Einträge sind da, und ihre Kette ist unversehrt.", "القيود كلها هنا ({count})، وسلسلتها سليمة.",
    ),
    "broken": (
        "THE CHAIN IS BROKEN: an entry is not as it was written, or is missing.",
        "LA CHAÎNE EST ROMPUE : une inscription a été modifiée ou manque.",
        "DIE KETTE IST GEBROCHEN: Ein Eintrag ist nicht mehr, wie er geschrieben wurde, oder fehlt.",
        "السلسلة منقطعة: أحد القيود ليس كما كُتب أو مفقود.",
    ),
    "altered": (
        "INTEGRITY ALERT of {at}: the hash of the file is not the one that was recorded.",
        "ALERTE D’INTÉGRITÉ du {at} : l’empreinte du fichier n’est pas celle qui a été enregistrée.",
        "WARNUNG vom {at}: Der Hashwert der Datei ist nicht der erfasste.", "إنذار سلامة {at}: بصمة الملف ليست البصمة المسجّلة.",
    ),
    "transfer": ("From {one} to {other}", "De {one} à {other}", "Von {one} an {other}", "من {one} إلى {other}"),
    "open": (
        "OPEN: receipt is not confirmed", "EN COURS : réception non confirmée", "OFFEN: Empfang nicht bestätigt",
        "مفتوح: لم يُؤكَّد الاستلام",
    ),
    "by_server": ("By the server itself", "Par le serveur lui-même", "Durch den Server selbst", "من الخادم تلقائيًا"),
    "unopened": (
        "A part of the file is missing or altered, so it does not open.",
        "Une partie du fichier manque ou a été modifiée : il ne s’ouvre pas.",
        "Ein Teil der Datei fehlt oder ist verändert; sie lässt sich nicht öffnen.", "جزء من الملف مفقود أو معدّل، ولذلك لا يُفتح.",
    ),
    "infected": ("Found: {found}", "Trouvé : {found}", "Gefunden: {found}", "عُثر على: {found}"),
    "clean": ("Nothing was found.", "Rien n’a été trouvé.", "Nichts gefunden.", "لم يُعثر على شيء."),
    "place": ("Place", "Lieu", "Ort", "المكان"),
    "reason": ("Reason", "Motif", "Grund", "السبب"),
    "condition": ("Condition", "État", "Zustand", "الحالة"),
    "seal": ("Seal", "Scellé", "Siegel", "الختم"),
    "hash_before": ("SHA-256 before", "SHA-256 avant", "SHA-256 vorher", "SHA-256 قبل"),
    "hash_after": ("SHA-256 after", "SHA-256 après", "SHA-256 nachher", "SHA-256 بعد"),
    "sha512": ("SHA-512", "SHA-512", "SHA-512", "SHA-512"),
    "entry_hash": ("Hash of the entry", "Empreinte de l’inscription", "Hashwert des Eintrags", "بصمة القيد"),
    "viewed": (
        "Viewings: {times}, by people: {people}", "Consultations : {times}, par personnes : {people}",
        "Ansichten: {times}, durch Personen: {people}", "عدد مرات الاطلاع: {times}، عدد الأشخاص: {people}",
    ),
    "printed": (
        "Printed for {name}, {agency}, {at}", "Imprimé pour {name}, {agency}, {at}", "Gedruckt für {name}, {agency}, {at}",
        "طُبع لأجل {name}، {agency}، {at}",
    ),
    "page": ("Page {n} of {m}", "Page {n} sur {m}", "Seite {n} von {m}", "الصفحة {n} من {m}"),
}
"""The rest."""
# fmt: on


def words_of(language: str) -> dict[str, str]:
    """Return all words in a language, by their names above; English for one that is not spoken here."""
    at = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {name: said[at] for words in (HAPPENED, FACTS, SAID) for name, said in words.items()}

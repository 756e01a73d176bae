"""Concepts of the Art & Architecture Thesaurus that Linked Art asks for or proposes: (number, label)."""

from __future__ import annotations

from typing import NamedTuple


class Concept(NamedTuple):
    """A concept of the AAT with its English label."""

    number: str
    label: str

    @property
    def uri(self) -> str:
        """Its identifier."""
        return f"http://vocab.getty.edu/aat/{self.number}"


# what classifies a classification
TYPE_OF_WORK = Concept("300435443", "Type of Work")
BRIEF_TEXT = Concept("300418049", "Brief Text")
CULTURE = Concept("300055768", "Culture")

# names
PRIMARY_NAME = Concept("300404670", "Primary Name")
ALTERNATE_NAME = Concept("300264273", "Alternate Name")
FORMER_NAME = Concept("300435719", "Former Name")
TRANSLATED_TITLE = Concept("300417194", "Translated Title")
DISPLAY = Concept("300404669", "Display Title")

# numbers
ACCESSION_NUMBER = Concept("300312355", "Accession Number")
OWNER_ASSIGNED = Concept("300404621", "Owner-Assigned Number")
SYSTEM_ASSIGNED = Concept("300435704", "System-Assigned Number")

# texts
DESCRIPTION = Concept("300435416", "Description")
PHYSICAL = Concept("300435452", "Physical Statement")
SIGNIFICANCE = Concept("300435427", "Significance Statement")
CONTEXT = Concept("300435428", "Historical/Cultural Context")
NOTE = Concept("300027200", "Note")
MATERIALS = Concept("300435429", "Material Statement")
DIMENSIONS = Concept("300435430", "Dimension Statement")
PRODUCTION = Concept("300435436", "Production Statement")
EDITION = Concept("300435435", "Edition Statement")
CREDIT = Concept("300026687", "Credit Statement")
RIGHTS = Concept("300435434", "Copyright/License Statement")
CITATION = Concept("300311705", "Citation")
PROVENANCE = Concept("300435438", "Provenance Statement")
ACQUISITION = Concept("300435439", "Acquisition Statement")
ACCESS = Concept("300133046", "Access Statement")
CULTURES = Concept("300435431", "Culture Statement")
INSCRIPTION = Concept("300435414", "Inscription")
TRANSCRIBED = Concept("300028702", "Transcribed Inscription")
SIGNATURE = Concept("300028705", "Signature")
MARKINGS = Concept("300435420", "Markings")

# dimensions and units
KINDS = {
    "height": Concept("300055644", "Height"),
    "width": Concept("300055647", "Width"),
    "depth": Concept("300072633", "Depth"),
    "length": Concept("300055645", "Length"),
    "diameter": Concept("300055624", "Diameter"),
    "thickness": Concept("300055646", "Thickness"),
    "circumference": Concept("300055623", "Circumference"),
    "weight": Concept("300056240", "Weight"),
    "volume": Concept("300055649", "Volume"),
    "count": Concept("300404433", "Count"),
}
OTHER_KIND = Concept("300055642", "Unknown physical dimension")
COMPONENTS = Concept("300241583", "Components")
NUMBERS = Concept("300055665", "numbers")
UNITS = {
    "mm": Concept("300379097", "millimeters"),
    "cm": Concept("300379098", "centimeters"),
    "m": Concept("300379099", "meters"),
    "[in_i]": Concept("300379100", "inches"),
    "[ft_i]": Concept("300379101", "feet"),
    "g": Concept("300379225", "grams"),
    "kg": Concept("300379226", "kilograms"),
    "[oz_av]": Concept("300379229", "ounces"),
    "[lb_av]": Concept("300379254", "pounds"),
    "s": Concept("300379239", "seconds"),
    "min": Concept("300379240", "minutes"),
    "h": Concept("300379241", "hours"),
}
# what the AAT has no number for here: QUDT
OTHER_UNITS = {
    "dm": ("http://qudt.org/vocab/unit/DeciM", "decimeters"),
    "km": ("http://qudt.org/vocab/unit/KiloM", "kilometers"),
    "[yd_i]": ("http://qudt.org/vocab/unit/YD", "yards"),
    "mg": ("http://qudt.org/vocab/unit/MilliGM", "milligrams"),
    "t": ("http://qudt.org/vocab/unit/TON_Metric", "metric tons"),
    "mL": ("http://qudt.org/vocab/unit/MilliL", "milliliters"),
    "cL": ("http://qudt.org/vocab/unit/CentiL", "centiliters"),
    "L": ("http://qudt.org/vocab/unit/L", "liters"),
}

# attributions
ATTRIBUTIONS = {
    "attributed": Concept("300404269", "Attributed to"),
    "formerly": Concept("300404270", "Formerly attributed to"),
    "workshop": Concept("300404274", "Workshop of"),
    "circle": Concept("300404283", "Circle of"),
    "follower": Concept("300404282", "Follower of"),
    "school": Concept("300404284", "School of"),
    "style": Concept("300404285", "Style of"),
    "after": Concept("300404286", "After"),
    "copy": Concept("300404287", "Copyist of"),
}
CERTAINTIES = {"probable": Concept("300435721", "Probably"), "possible": Concept("300435722", "Possibly")}
OBSOLETE = Concept("300404908", "Obsolete")

# activities
PUBLISHING = Concept("300054686", "Publishing")
EXHIBITING = Concept("300054766", "Exhibiting")
PROVENANCE_ACTIVITY = Concept("300055863", "Provenance Activity")

# digital objects, groups
DIGITAL_IMAGE = Concept("300215302", "Digital Image")
WEB_PAGE = Concept("300264578", "Web Page")

LANGUAGES = {
    "af": "300387782", "ar": "300387843", "bg": "300388034", "bn": "300387971", "bs": "300388023", "ca": "300388072", "cs": "300388191",
    "cy": "300389555", "da": "300388204", "de": "300388344", "el": "300388361", "en": "300388277", "es": "300389311", "fa": "300388296",
    "fi": "300388299", "fr": "300388306", "ga": "300388467", "grc": "300387827", "gu": "300388371", "he": "300388401", "hi": "300388412",
    "hr": "300388185", "hu": "300388770", "id": "300388460", "is": "300388449", "it": "300388474", "ja": "300388486", "ka": "300388343",
    "ko": "300388633", "la": "300388693", "lt": "300388723", "mk": "300388760", "mr": "300388821", "nl": "300388256", "no": "300388992",
    "pa": "300389057", "pl": "300389109", "pt": "300389115", "ro": "300389157", "ru": "300389168", "sk": "300389290", "sl": "300389291",
    "sq": "300387803", "sr": "300389247", "sv": "300389336", "ta": "300389365", "te": "300389389", "th": "300389405", "tr": "300389470",
    "ur": "300389502", "zh": "300388113",
}  # fmt: skip

"""Read again, from the articles, all that a saved briefing prints besides its sentences."""

from briefing.rereading.beside import Rereading
from briefing.rereading.frame import Misprint, misprints
from briefing.rereading.older import not_given

__all__ = ["Misprint", "Rereading", "misprints", "not_given"]

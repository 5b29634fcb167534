"""Read again, from the articles, all that a saved briefing prints besides its sentences."""

from briefing.rereading.beside import Rereading
from briefing.rereading.frame import Misprint, misprints
from briefing.rereading.older import not_given
from briefing.rereading.record import Record

__all__ = ["Misprint", "Record", "Rereading", "misprints", "not_given"]

"""The proof of a due moment: counted line by line, written to a file, checked from the file."""

from motcua.kit.proof.checking import Difference, Part, Verdict, computed, verify
from motcua.kit.proof.paper import paper_of, paper_text
from motcua.kit.proof.reading import PaperBroken, PaperForeign, PaperTooNew, PaperUnreadable
from motcua.kit.proof.walking import Proof, Question, prove

__all__ = [
    "Difference",
    "PaperBroken",
    "PaperForeign",
    "PaperTooNew",
    "PaperUnreadable",
    "Part",
    "Proof",
    "Question",
    "Verdict",
    "computed",
    "paper_of",
    "paper_text",
    "prove",
    "verify",
]

"""Italian and European norms cited in a text: where they are, which they are, where to read them.

Names follow the URN of the "Norme in Rete" (circular AIPA/CR/35 of 6 November 2001, the scheme of
Normattiva's permanent addresses); European acts are read at their ELI address on EUR-Lex.
"""

from portal.core.norms.acts import act_label, act_url
from portal.core.norms.linking import linked
from portal.core.norms.recognition import NormReference, references

__all__ = ["NormReference", "act_label", "act_url", "linked", "references"]

from search.analysis.chain import Term, acronym_of, spans, terms

__all__ = ["Term", "acronym_of", "spans", "terms"]

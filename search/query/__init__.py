from search.query.parser import Query, parse
from search.query.tree import Clause, Phrase, Word

__all__ = ["Clause", "Phrase", "Query", "Word", "parse"]

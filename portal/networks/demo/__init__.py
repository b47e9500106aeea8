"""Demonstration texts of the networks, their service models and practices."""

from portal.networks.demo.texts import (
    ModelText,
    NetworkText,
    PracticeText,
    SectionText,
    VariantText,
    read_models,
    read_networks,
    read_practices,
)

__all__ = [
    "ModelText",
    "NetworkText",
    "PracticeText",
    "SectionText",
    "VariantText",
    "read_models",
    "read_networks",
    "read_practices",
]

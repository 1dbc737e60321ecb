"""The registry of fields as data: every field, kind of table and funding source once, with its Chinese names."""

from wenxiao.fields.form import BlockType, FormType
from wenxiao.fields.loading import registry_from, registry_with, standard_registry
from wenxiao.fields.registry import Field, FieldType, Kind, Registry, Source
from wenxiao.fields.wording import plain

__all__ = [
    "BlockType",
    "Field",
    "FieldType",
    "FormType",
    "Kind",
    "Registry",
    "Source",
    "plain",
    "registry_from",
    "registry_with",
    "standard_registry",
]

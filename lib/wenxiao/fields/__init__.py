"""The registry of fields as data: every field, kind of table and funding source once, with its Chinese names."""

from wenxiao.fields.loading import registry_from, standard_registry
from wenxiao.fields.registry import Field, FieldType, Kind, Registry, Source
from wenxiao.fields.wording import plain

__all__ = ["Field", "FieldType", "Kind", "Registry", "Source", "plain", "registry_from", "standard_registry"]

"""The merged files of a collection: the workbook among the project's tables, the tidy data, the lists."""

from __future__ import annotations

from wenxiao.collect.collection import Collection
from wenxiao.collect.comparison import comparison_workbook
from wenxiao.collect.lists import ListSheet, workbook_of
from wenxiao.collect.merged import Merged, read_collection
from wenxiao.collect.merged_workbook import merged_workbook
from wenxiao.collect.tidy import tidy_csv, tidy_parquet
from wenxiao.collect.unread import unread_list
from wenxiao.fields import Registry, standard_registry

_CHANGES = ("县区", "文件", "版本", "位置", "与样表不同之处")


def merge(collection: Collection, registry: Registry | None = None) -> Merged:
    """What was received so far, merged and written: 汇总.xlsx among the project's tables, the tidy data, the list of what was not read.

    Raises as `read_collection`, and OutputError where a file cannot be written.
    """
    known = standard_registry() if registry is None else registry
    with collection.alone():  # from reading on: what another receives meanwhile is of the next merge, whole
        merged = read_collection(collection, known)
        collection.write(collection.tidy_csv, tidy_csv(merged.values))
        collection.write(collection.tidy_parquet, tidy_parquet(merged.values))
        book = merged_workbook(
            collection.name, merged.counties, merged.values, merged.choices, merged.unread, merged.form, known
        )
        collection.write(collection.merged.with_name(f"{collection.merged.name}.yaml"), book.notes)
        collection.write(collection.merged, book.content)
        collection.write(collection.unread, unread_workbook(collection.name, merged))
        collection.write(collection.comparison, comparison_workbook(collection.name, merged))
    return merged


def unread_workbook(project: str, merged: Merged) -> bytes:
    """What was not read, and how the returned forms differ from the template (xlsx)."""
    changes = [(one.county, one.file, one.version, one.place, one.what) for one in merged.form_changes]
    return workbook_of(
        f"{project} 未读清单",
        [
            unread_list(merged.unread, merged.form.title),
            ListSheet(
                "与样表不同",
                f"与样表不同 · {merged.form.title}",
                _CHANGES,
                changes,
                "返回的表与发出的样表不同之处，内容照样读取",
            ),
        ],
    )

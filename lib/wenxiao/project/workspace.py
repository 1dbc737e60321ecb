"""The workspace (工作区): the folder that holds data, parameters, notebooks and outputs, found from anywhere in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from wenxiao.model.errors import Problem, ProjectError, nearest

ROOT_VARIABLE = "WENXIAO_ROOT"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one workspace; `root` is absolute.

    Where the workspace lies elsewhere, `origin` is its address and `root` a copy on this machine.

    >>> Workspace(Path("/w")).profiles.as_posix()
    '/w/parameters/profiles'
    """

    root: Path
    origin: str = ""

    @classmethod
    def at(cls, named: str) -> Workspace:
        """The workspace in a folder, or at an address that fsspec knows, of which a copy is made.

        Raises ProjectError if there is none.
        """
        from wenxiao.project.mirror import mirrored  # noqa: PLC0415 - loads fsspec, as below
        from wenxiao.project.place import address, local, place_of  # noqa: PLC0415

        place = place_of(named)
        folder = local(place)
        if folder is None:
            return cls(mirrored(place), address(place))
        if not folder.is_dir():
            raise ProjectError(
                Problem(
                    f"环境变量 {ROOT_VARIABLE} 所指的文件夹不存在",
                    value=named,
                    remedy=f"改正或删去 {ROOT_VARIABLE}",
                )
            )
        return cls(folder.resolve())

    @classmethod
    def find(cls, start: Path | None = None, *, own: bool = False) -> Workspace:
        """The workspace in use: `WENXIAO_ROOT`, else upward from `start` (the working directory), else the checkout.

        With `own` never the checkout: what makes something new asks for a workspace around it.
        WENXIAO_ROOT is a folder or an address that fsspec knows. Raises ProjectError if nothing is there, or if none of the three leads to a workspace.
        """
        named = os.environ.get(ROOT_VARIABLE)
        if named:
            return cls.at(named)
        below = (start or Path.cwd()).resolve()
        checkout = () if own else (Path(__file__).resolve().parents[3],)
        for folder in (below, *below.parents, *checkout):
            if is_workspace(folder):
                return cls(folder)
        raise ProjectError(
            Problem(
                "这里不是工作区" if own else "找不到工作区",
                file=str(below),
                rule="工作区含有 notebooks 文件夹，以及 parameters 或 data 文件夹",
                remedy=f"在空文件夹里先运行 wenxiao init，或进入工作区再运行，或设置环境变量 {ROOT_VARIABLE}",
            )
        )

    def project_folder(self, named: str | os.PathLike[str]) -> Path:
        """The folder of a project by its name or its path, from the root or else from here; ProjectError names the nearest."""
        given = Path(named)
        words = os.fspath(named).replace("\\", "/").strip("/")
        if not given.is_absolute() and words not in ("", ".") and ".." not in words.split("/"):
            places = (self.resolve(words), self.resolve(f"data/{words}"))
            inside = (place for place in places if place.parent.is_dir() and self.data in place.parents[1:])
            folder = next((place for place in places if place.is_dir()), None) or next(inside, given)
        else:
            folder = given
        if folder.is_dir() or (folder is not given and folder.parent.is_dir()):
            return (
                folder  # or a project of one form among several, which has a name in its folder and no folder
            )
        known = {each: each.removeprefix("data/") for each in self.projects}
        like = nearest(words.rpartition("/")[2], known.values())
        raise ProjectError(
            Problem(
                "没有这个项目文件夹",
                value=os.fspath(named),
                rule=f"工作区 {self.root} 里有 {'、'.join(known.values()) or '无'}",
                remedy=f"是否为“{like}”" if like else "改正名称，或先运行 wenxiao new",
            )
        )

    @property
    def data(self) -> Path:
        """Raw workbooks, one folder a project."""
        return self.root / "data"

    @property
    def parameters(self) -> Path:
        """Parameter files, one folder a notebook."""
        return self.root / "parameters"

    @property
    def profiles(self) -> Path:
        """The analyst's own rules of evaluation."""
        return self.parameters / "profiles"

    @property
    def notebooks(self) -> Path:
        """The notebooks."""
        return self.root / "notebooks"

    @property
    def outputs(self) -> Path:
        """What runs produce; that of a copy is at `outputs_address`."""
        return self.root / "outputs"

    @property
    def outputs_address(self) -> str:
        """Where the outputs lie: `outputs`, or beside the data at the workspace's own address."""
        if not self.origin:
            return str(self.outputs)
        from wenxiao.project.place import address, place_of  # noqa: PLC0415

        return address(place_of(self.origin) / "outputs")

    def resolve(self, relative: str) -> Path:
        """The absolute path of a path in parameters, which is relative to the root, on every machine the same.

        Raises ProjectError for an absolute path and for one that leads out of the workspace.
        """
        path = PurePosixPath(relative.replace("\\", "/"))
        foreign = path.is_absolute() or PureWindowsPath(relative).drive
        if foreign or ".." in path.parts:
            raise ProjectError(
                Problem(
                    "路径不在工作区之内",
                    value=relative,
                    rule="路径从工作区的根写起，如 data/mudan-2023",
                    remedy="把资料放进工作区的 data 文件夹，再写相对路径",
                )
            )
        return self.root / path

    def relative(self, path: Path) -> str:
        """A path as messages and parameters show it: relative to the root where it lies below, with slashes."""
        absolute = path.absolute()
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        return absolute.as_posix()

    @property
    def projects(self) -> tuple[str, ...]:
        """The project folders as parameters name them, sorted; one whose tables are still being collected is not among them."""
        if not self.data.is_dir():
            return ()
        return tuple(
            sorted(
                f"data/{folder.name}"
                for folder in self.data.iterdir()
                if folder.is_dir() and not folder.name.startswith((".", "_")) and not _is_awaited(folder)
            )
        )


def _is_awaited(folder: Path) -> bool:
    """Whether forms were sent out or came back and nothing has been merged yet: no table stands beside the collection."""
    words = (".md", ".yaml", ".yml")
    return (folder / "collect").is_dir() and not any(
        path.is_file() and path.suffix.lower() not in words and not path.name.startswith(".")
        for path in folder.iterdir()
    )


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds what makes a workspace: notebooks, and parameters or data."""
    return (folder / "notebooks").is_dir() and any(
        (folder / name).is_dir() for name in ("parameters", "data")
    )

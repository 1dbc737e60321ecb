#!/bin/sh
# 安装并打开问效工作台，不用网络。 sh start.sh        打开工作台
#                                  sh start.sh run    运行命令 wenxiao run
# 指定 Python： WENXIAO_PYTHON=/opt/python3.12/bin/python3.12 sh start.sh
cd "$(dirname "$0")" || exit 1

fits() { # whether a command is a Python of this version
  "$1" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$2')" >/dev/null 2>&1
}

if [ -n "$WENXIAO_PYTHON" ]; then
  if "$WENXIAO_PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exec "$WENXIAO_PYTHON" start.py "$@"
  fi
  echo "WENXIAO_PYTHON 所指的 $WENXIAO_PYTHON 不能运行，或低于 3.11。请改正后重新启动。" >&2
  exit 1
fi
for list in requirements-*.txt; do
  version=${list#requirements-}
  version=${version%.txt}
  for python in "python$version" python3 python; do
    if fits "$python" "$version"; then
      exec "$python" start.py "$@"
    fi
  done
done
cat python-needed.txt >&2
ls requirements-*.txt 2>/dev/null | sed 's/requirements-\(.*\)\.txt/    Python \1/' >&2
exit 1

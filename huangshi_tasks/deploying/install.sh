#!/bin/sh
# 离线安装：sh install.sh [文件夹，默认 /opt/ducha]。不需要网络；先核对，再写入。
# 用别处的 Python 时：PYTHON_PROGRAM=/opt/python3.11/bin/python3.11 sh install.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/ducha}
die() { printf '%s\n' "$*" >&2; exit 1; }
. "$here/about"

cd "$here"
sha256sum --quiet -c SHA256SUMS || die "安装包不完整或被改动，请重新复制。没有安装。"
[ "$(uname -m)" = "$MACHINE" ] || die "本机是 $(uname -m)，安装包是 $MACHINE 的。没有安装。"
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2) || glibc=
[ -n "$glibc" ] && [ "$(printf '%s\n' "$GLIBC" "$glibc" | sort -V | head -n 1)" = "$GLIBC" ] ||
  die "需要 glibc $GLIBC 或更高，本机是 ${glibc:-别的 C 库}。没有安装。"
python=${PYTHON_PROGRAM:-$(command -v "python$PYTHON" || true)}
[ -n "$python" ] || die "没有 python$PYTHON，请先安装，或用 PYTHON_PROGRAM 指出。没有安装。"
"$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$PYTHON')" ||
  die "$python 不是 Python $PYTHON。没有安装。"
"$python" -c 'import ensurepip, venv' 2>/dev/null || die "$python 缺少 venv（Debian 上是 python3-venv）。没有安装。"
[ ! -e "$target" ] || [ -z "$(ls -A "$target")" ] || die "$target 不是空的，请换一个文件夹。没有安装。"

mkdir -p "$target"
cp -R code/. "$target/"
"$python" -m venv "$target/.venv"
"$target/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
  --find-links wheels --require-hashes -r requirements.lock
cd "$target"
env -u DATABASE_URL -u REDIS_URL SECRET_KEY=only-for-collecting STATIC_MANIFEST=1 DATABASE_URL=sqlite:///:memory: \
  .venv/bin/python manage.py collectstatic --noinput --verbosity 0
chmod -R go=rX "$target"
cat <<DONE
已安装 $VERSION 到 $target。接下来（详见 运维手册.md）：
1. 设置环境变量，生成部署文件：$target/.venv/bin/python $target/manage.py deployment_files --for one deploy
2. 安装部署文件，建立数据库，运行 ducha migrate、ducha createsuperuser、ducha appoint_admin
3. systemctl enable --now ducha-web.socket ducha.target
DONE

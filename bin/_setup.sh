# Sourced by the commands beside it: finds or makes what they need. Messages go to stderr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Installs Debian packages as root; otherwise names the command and returns 1.
apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "缺少软件包，请先运行：sudo apt-get install $*"
    return 1
  fi
  say "正在安装：$*"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends)
  "${install[@]}" "$@" >/dev/null 2>&1 && return
  apt-get update -qq >&2 && "${install[@]}" "$@" >/dev/null && return
  say "没有装上：$*"
  return 1
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

make_venv() {
  local system
  system=$(find_python) || { apt_install python3 python3-venv && system=$(find_python); } ||
    die "需要 Python 3.11 或更高版本"
  "$system" -m venv --clear .venv >/dev/null 2>&1 && return
  local version
  version=$("$system" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  apt_install "$version" || apt_install python3-venv || exit 1
  "$system" -m venv --clear .venv || die "无法建立虚拟环境 .venv"
}

# setup_python FILE: the packages of FILE in .venv, when FILE changed since the last time.
setup_python() {
  "$python" -c '' 2>/dev/null || make_venv
  local wanted stamp=.venv/$1.stamp
  wanted=$(cat requirements.txt "$1" | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  say "正在安装 Python 软件包（$1）"
  "$python" -m pip install -qq --disable-pip-version-check -r "$1" >&2 || die "安装 $1 失败"
  echo "$wanted" >"$stamp"
}

# Node's npm with the arguments, the machine's or, where there is none, that of a Python package.
npm() {
  local found
  found=$(find_npm) || die "没有 npm，也装不上 requirements-node.txt"
  PATH=$(dirname "$found"):$PATH "$found" "$@"
}

find_npm() {
  if node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null && type -P npm; then
    return
  fi
  [ -x .venv/bin/npm ] || "$python" -m pip install -qq --disable-pip-version-check -r requirements-node.txt >&2
  PATH=$PWD/.venv/bin:$PATH type -P npm
}

# Front-end files in node_modules, when the lock changed since the last time; then our style sheet and
# script in build, when they did.
setup_front() {
  local wanted stamp=node_modules/.stamp
  wanted=$(sha256sum <package-lock.json)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say "正在安装前端文件"
    npm ci --ignore-scripts --no-audit --no-fund --silent >&2 || die "安装前端文件失败"
    echo "$wanted" >"$stamp"
  fi
  stamp=build/.stamp
  wanted=$(cat package.json package-lock.json static/css/*.css static/css/*/*.css static/js/*.js | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  npm run build --silent >&2 || die "生成前端文件失败"
  echo "$wanted" >"$stamp"
}

# Two commands that start together set up one after the other.
setup() {
  mkdir -p var
  exec 9>var/setup.lock
  flock 9
  setup_python "$1"
  setup_front
  exec 9>&-
}

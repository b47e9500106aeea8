#!/bin/sh
# Makes the virtual environment and installs the locked dependencies: prepare.sh PYTHON VENV LOCK…
set -u
python=$1 venv=$2
shift 2
fail() {
    echo "$1" >&2
    exit 1
}
command -v "$python" >/dev/null 2>&1 || fail "Python non trovato: serve Python 3.11 o successivo."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python è troppo vecchio ($("$python" -V 2>&1)): serve la versione 3.11 o successiva."
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    echo "[1/2] Ambiente Python"
    "$python" -m venv --clear "$venv" 2>"/tmp/portal-venv.$$" || {
        rm -f "/tmp/portal-venv.$$"
        fail "Non riesco a creare $venv: servono il modulo venv di Python e il permesso di scrivere qui."
    }
    rm -f "/tmp/portal-venv.$$"
fi
echo "[2/2] Dipendenze"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
# uv installs in a third of pip's time. Where pip was told of an index of its own, pip does it all.
if ! pip config list 2>/dev/null | grep -q index &&
    pip install --quiet --require-hashes -r requirements/uv.txt 2>/dev/null; then
    # shellcheck disable=SC2046
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes \
        --compile-bytecode $(printf ' -r %s' "$@") 2>/dev/null && exit 0
fi
for lock in "$@"; do
    pip install --quiet --require-hashes -r "$lock" ||
        fail "Non riesco a installare $lock: serve la rete al primo avvio."
done

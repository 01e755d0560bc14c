#!/usr/bin/env bash
# Downloads an archive of tokenform, verifies it, unpacks it and puts it on the PATH of later steps.
# Nothing is kept from one run to the next: what is not downloaded and verified is not used.
#
# It runs on macOS too, hence with bash 3.2 and the BSDs' programs.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
repository=tokenform/tokenform

fail() {
  # A line break would end the message, and what comes next could be a command of the runner's.
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '::error title=tokenform setup::%s\n' "${text//$'\n'/%0A}"
  exit 1
}

# Sets os to what the archives for this system have in their names; on another system it fails.
find_system() {
  os=$(uname -s)
  case $os in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *)
      fail "this action runs on Linux and macOS, and this runner has $os. On Windows, unpack tokenform-VERSION-windows-x64.zip of the release, and add its folder bin to GITHUB_PATH."
      ;;
  esac
}

# Sets arch to what the archives for this processor have in their names.
find_processor() {
  arch=$(uname -m)
  case $arch in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *)
      fail "there is no archive of tokenform for $arch with a Java of its own. Give the url and the sha256 of the archive without, tokenform-VERSION.tar.gz."
      ;;
  esac
}

# Prints the URL $1 without what may be a secret in it: the user with the password, and the query.
shown() {
  local url=${1%%[?#]*}
  local path=${url#*://}
  local host=${path%%/*}
  printf '%s%s%s\n' "${url%"$path"}" "${host##*@}" "${path#"$host"}"
}

# download URL FILE
download() {
  local protocols='=https' url
  url=$(shown "$1")
  case $1 in
    https://*) ;;
    file://*) protocols='=file' ;;
    # The checksum was given by hand, so how the bytes come does not matter.
    http://*)
      [[ -n $SHA256 ]] || fail "$url has to begin with https://, unless sha256 is given"
      protocols='=http,https'
      ;;
    *) fail "$url has to begin with https://" ;;
  esac
  curl --fail --silent --show-error --location --proto "$protocols" --proto-redir "$protocols" \
    --retry 3 --connect-timeout 30 --output "$2" -- "$1" || fail "could not download $url"
}

# Prints the SHA-256 of the file $1.
sha256_of() {
  if command -v sha256sum >/dev/null; then
    sha256sum <"$1" | cut -d ' ' -f 1
  else
    shasum -a 256 <"$1" | cut -d ' ' -f 1
  fi
}

# Prints the checksum of the file named $2 in the list $1, nothing if it has none or more than one.
listed() {
  NAME=$2 awk '
    # Each line but a comment is a checksum, a blank, a blank or an asterisk, and the name.
    !/^#/ && ($2 == ENVIRON["NAME"] || $2 == "*" ENVIRON["NAME"]) { sum = $1; count++ }
    END { if (count == 1) print sum }
  ' "$1"
}

lower() {
  tr '[:upper:]' '[:lower:]' <<<"$1"
}

is_sha256() {
  [[ $1 =~ ^[0-9a-f]{64}$ ]]
}

# With --repo alone, any workflow of the repository could have signed it, on any branch. What a url leads to
# may be of any release.
verify_attestation() {
  local workflow=https://github.com/$repository/.github/workflows/release.yml@refs/tags/v
  local signer=(--cert-identity "$workflow$VERSION")
  [[ -n $VERSION ]] || signer=(--cert-identity-regex "^${workflow//./[.]}")
  gh attestation verify "$archive" --repo "$repository" "${signer[@]}" >"$work/attestation" 2>&1 ||
    fail "$name has no valid attestation that the release workflow of $repository made it; nothing was installed. gh said: $(tail -n 5 "$work/attestation")"
  printf '%s: attested by %s\n' "$name" "$repository"
}

SHA256=$(lower "${SHA256-}")
VERSION=${VERSION-}
VERSION=${VERSION#v}
URL=${URL-}
ATTESTATION=${ATTESTATION:-auto}
releases=https://github.com/$repository/releases/download
RELEASES=${RELEASES:-$releases}
RELEASES=${RELEASES%/}
[[ -z $SHA256 ]] || is_sha256 "$SHA256" || fail "sha256 has to be 64 hexadecimal digits, and is \"$SHA256\""
case $ATTESTATION in
  auto | require | skip) ;;
  *) fail "attestation is auto, require or skip, and not \"$ATTESTATION\"" ;;
esac
case ${VERSION:+version}/${URL:+url} in
  version/)
    [[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] ||
      fail "version has to be that of a release, such as 1.2.3, and is \"$VERSION\""
    ;;
  /url) [[ -n $SHA256 ]] || fail "url needs sha256, the checksum of that archive" ;;
  /) fail "give version, the release to install, or url and sha256" ;;
  *) fail "give version or url, and not both" ;;
esac
find_system
[[ -n $URL ]] || find_processor

work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/tokenform-setup.XXXXXX")
archive=$work/tokenform.tar.gz
if [[ -n $URL ]]; then
  name=$(shown "$URL")
  name=${name##*/}
  from=$URL
else
  name=tokenform-$VERSION-$os-$arch.tar.gz
  from=$RELEASES/v$VERSION/$name
fi

# What the archive must be is settled before it is downloaded.
expected=$SHA256 source='the input sha256'
if [[ -z $expected ]]; then
  expected=$(listed "$here/checksums.txt" "$name")
  source='the checksum that this action knows'
fi
known=$expected
if [[ -z $expected ]]; then
  download "$RELEASES/v$VERSION/SHA256SUMS" "$work/SHA256SUMS"
  expected=$(listed "$work/SHA256SUMS" "$name")
  source='SHA256SUMS of the release'
  [[ -n $expected ]] || fail "SHA256SUMS of the release $VERSION has no checksum of $name"
fi
is_sha256 "$expected" || fail "$source is no SHA-256 of $name"

download "$from" "$archive"
actual=$(sha256_of "$archive")
[[ $actual == "$expected" ]] ||
  fail "$name from $(shown "$from") is not what was expected; nothing was installed. Its SHA-256 is $actual, and by $source it is $expected."
printf '%s: SHA-256 %s, as by %s\n' "$name" "$actual" "$source"

case $ATTESTATION in
  require)
    command -v gh >/dev/null || fail "attestation: require needs gh, which is not on this runner"
    verify_attestation
    ;;
  auto)
    cannot=''
    if ! command -v gh >/dev/null || ! gh attestation --help >/dev/null 2>&1; then
      cannot='gh 2.49 or newer is not on this runner'
    elif [[ -z ${GH_TOKEN-} ]]; then
      cannot='gh has no token'
    fi
    if [[ -n $known ]]; then
      : # The checksum was reviewed, wherever the bytes come from.
    elif [[ -z $cannot ]]; then
      verify_attestation
    elif [[ $RELEASES == "$releases" ]]; then
      printf '::notice title=tokenform setup::%s\n' "the provenance of $name was not verified: $cannot"
    else
      # Whoever can replace the archive there can replace SHA256SUMS too.
      fail "the provenance of $name from $(shown "$RELEASES") was not verified: $cannot. Give its sha256, or attestation: skip if you trust that server; nothing was installed."
    fi
    ;;
  skip) ;;
esac

home=$work/tokenform
mkdir "$home"
tar -xzf "$archive" -C "$home" --strip-components=1 || fail "$name could not be unpacked"
rm -f "$archive"
[[ -x $home/bin/tokenform ]] || fail "$name is no archive of tokenform: it has no bin/tokenform"
if [[ -x $home/runtime/bin/java ]]; then
  installed=$("$home/bin/tokenform" --version) ||
    fail "tokenform of $name does not run on this runner. Its Java needs glibc; for another libc give the url and the sha256 of the archive without Java."
  printf '%s\n' "$installed"
  [[ -z $VERSION || ${installed%%$'\n'*} == "tokenform $VERSION" ]] ||
    fail "$name has ${installed%%$'\n'*}"
  printf 'java=own\n' >>"$GITHUB_OUTPUT"
else
  printf 'java=none\n' >>"$GITHUB_OUTPUT"
fi
printf '%s\n' "$home/bin" >>"$GITHUB_PATH"

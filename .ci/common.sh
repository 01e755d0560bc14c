# shellcheck shell=bash
# What several scripts in here use.

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# need_version TEXT: it must be the version of a release.
need_version() {
  [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] ||
    fail "\"$1\" is not the version of a release, such as 1.2.3"
}

# open_image TAR FOLDER: unpacks an OCI image layout with one image into the new folder. Sets manifest and
# config to the paths of those blobs, and layers to those of the layers; each must have the digest that it
# is named by.
open_image() {
  local count digest
  mkdir "$2"
  tar -x -f "$1" -C "$2"
  [[ -f $2/index.json && -d $2/blobs ]] || fail "$1 is no OCI image layout"
  # An image stands there once for each of its tags.
  count=$(jq '[.manifests[].digest] | unique | length' "$2/index.json")
  ((count == 1)) || fail "$1 holds $count images and not one"
  digest=$(jq -r '.manifests[0].digest' "$2/index.json")
  manifest=$(blob "$2" "$digest")
  digest=$(jq -r .config.digest "$manifest")
  # shellcheck disable=SC2034 # for the caller
  config=$(blob "$2" "$digest")
  layers=()
  while read -r digest; do
    digest=$(blob "$2" "$digest")
    layers+=("$digest")
  done < <(jq -r '.layers[].digest' "$manifest")
}

# Prints the path of the blob with the digest $2 in the layout $1.
blob() {
  local file=$1/blobs/${2/:/\/} sum
  [[ $2 == sha256:* && -f $file ]] || fail "there is no blob $2"
  sum=$(sha256sum <"$file")
  [[ ${sum%% *} == "${2#sha256:}" ]] || fail "the blob $2 has another digest"
  printf '%s\n' "$file"
}

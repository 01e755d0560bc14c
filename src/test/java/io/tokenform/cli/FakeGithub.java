package io.tokenform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@code gh} that answers what a test says, filters as the real one does, and notes each write.
 */
final class FakeGithub {
  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      case "$1 $2" in
        "label create") echo "label create $3" >> "$FAKE_GITHUB/calls"; exit ;;
        "run download")
          [ "$4 $5 $6 $8" = "--repo $GITHUB_REPOSITORY --name --dir" ]
          mkdir -p "$9"
          cp "$FAKE_GITHUB/artifacts/$3/$7"/* "$9"
          exit ;;
        "api graphql")
          old= new=
          for field; do
            case $field in
              old=*) old=${field#*=} ;;
              new=*) new=${field#*=} ;;
            esac
          done
          [ -n "$new" ] || { echo "github-actions[bot]"; exit; }
          # As GitHub answers it: an expression of rev-parse's, null for what is not there.
          object() { git -C "$GITHUB_WORKSPACE" rev-parse --verify --quiet "$1" || echo null; }
          jq -nr --arg old "$(object "$old")" --arg new "$(object "$new")" \
            'def object: if . == "null" then null else {oid: .} end;
             {data: {repository: {old: $old | object, new: $new | object}}} | '"${!#}"
          exit ;;
      esac
      shift
      method=GET path= filter=. paginate= fields=
      while [ $# -gt 0 ]; do
        case $1 in
          --paginate) paginate=yes ;;
          --silent) ;;
          --method) method=$2; shift ;;
          --jq) filter=$2; shift ;;
          --field | --raw-field) fields+=" $2"; shift ;;
          -*) echo "no option $1" >&2; exit 2 ;;
          *) path=$1 ;;
        esac
        shift
      done
      if [ "$method" != GET ]; then
        echo "$method $path$fields" >> "$FAKE_GITHUB/calls"
        exit
      fi
      file=$FAKE_GITHUB/$(tr / _ <<< "${path%%\\?*}")
      # Without --paginate there is the first page alone.
      jq -r "$filter" "$file" | if [ -n "$paginate" ] || [ "$filter" != . ]; then cat; else jq -s '.[0]'; fi
      """;

  private final Path folder;

  private FakeGithub(Path folder) {
    this.folder = folder;
  }

  static FakeGithub in(Path folder) throws IOException {
    Path gh = Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("gh"), SCRIPT);
    if (!gh.toFile().setExecutable(true)) {
      throw new IOException(gh + " cannot be made executable");
    }
    return new FakeGithub(folder);
  }

  /** The variables with which a script finds it. */
  Map<String, String> environment() {
    return Map.of(
        "PATH",
        folder.resolve("bin") + ":" + System.getenv("PATH"),
        "FAKE_GITHUB",
        folder.toString());
  }

  /** What it answers from now on, a JSON document for each page. */
  void answer(String path, String pages) throws IOException {
    Files.writeString(folder.resolve(path.replace('/', '_')), pages);
  }

  /** What it was asked to write, in this order. */
  List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }
}
